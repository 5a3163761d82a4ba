"""The program that puts PDFs one behind the other: `python -I pdf_merger.py`, a line of JSON and the PDFs in, one PDF out.

The line says of each part how long it is in bytes and which of its pages are taken: [[length, first, last], …], counted
from 0, `last` not included, null for all. It runs apart from the web server with little memory and time, for a PDF is
somebody else's; it knows pikepdf only.
"""

import io
import json
import resource
import sys

from pikepdf import Pdf

MEMORY, SECONDS = 1024**3, 30


def merged(parts: list[tuple[bytes, int, int | None]]) -> bytes:
    with Pdf.new() as whole:
        opened = []  # pages are read from them until the whole is written
        for data, first, last in parts:
            part = Pdf.open(io.BytesIO(data))
            opened.append(part)
            whole.pages.extend(list(part.pages)[first:last])
        out = io.BytesIO()
        whole.save(out)
        for part in opened:
            part.close()
    return out.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    parts = [(sys.stdin.buffer.read(length), first, last) for length, first, last in asked]
    sys.stdout.buffer.write(merged(parts))


if __name__ == "__main__":
    main()
