"""python -m bench.meter < report.html: processor seconds of each printing, and the most memory one took; JSON."""

import json
import os
import resource
import sys
from pathlib import Path

from reports import pdf

TIMES = 5
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of_press() -> float:
    """Seconds that the press and the children it has buried have had (proc(5), fields 14 to 17)."""
    press = pdf._press
    if press is None:
        return 0.0
    fields = Path(f"/proc/{press.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def main() -> None:
    html = sys.stdin.read()
    pdf.render(html)
    cpu = []
    for _ in range(TIMES):
        before = cpu_of_press()
        pdf.render(html)
        cpu.append(cpu_of_press() - before)
    pdf.stop()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    sys.stdout.write(json.dumps({"cpu": cpu, "megabytes": most}))


if __name__ == "__main__":
    main()
