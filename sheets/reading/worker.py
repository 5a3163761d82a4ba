"""The process in which one workbook is read: `python -m sheets.reading.worker EXTENSION LIMITS WANTED`."""

import importlib
import json
import os
import sys
from dataclasses import asdict
from types import ModuleType
from typing import Any

from papers.inspection.kinds import check_first_bytes
from papers.inspection.verdict import DAMAGED, Unacceptable
from papers.inspection.worker import leave_everything, limit

READERS = {"xlsx": "workbook", "csv": "csv_text"}


def main() -> None:
    extension, limits, wanted = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
    reader = importlib.import_module(f"sheets.reading.{READERS[extension]}")
    leave_everything()
    limit(limits)
    os.write(sys.stdout.fileno(), json.dumps(_answer(reader, extension, wanted)).encode())


def _answer(reader: ModuleType, extension: str, wanted: list[str]) -> dict[str, Any]:
    file = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    try:
        check_first_bytes(file, extension)
        file.seek(0)
        return asdict(reader.read(file, wanted))
    except Unacceptable as refused:
        return {"refused": str(refused)}
    except MemoryError:
        sys.exit(1)
    except Exception:  # a fault of the reader is the file's: what cannot be read is not taken
        return {"refused": DAMAGED}


if __name__ == "__main__":
    main()
