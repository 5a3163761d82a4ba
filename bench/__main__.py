"""python -m bench [--boroughs 33|350] [--rounds N] [--record] [--strict]

Measures the portal on servers of its own; docs/benchmarks.md says what and how.
"""

import argparse
import subprocess
import sys
import time

from portal.local.places import CannotStart
from portal.local.supervisor import Stopped, stoppable

from .servers import Bench, bench

COUNTED = "bench_counted"  # one borough with many rows, one with few: for counting statements
ONE = "bench_one"
MANY = "bench_many"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--boroughs", type=int, default=33, help="held against one: 33 or 350")
    parser.add_argument("--rounds", type=int, default=7, help="at least 5")
    parser.add_argument("--record", action="store_true", help="write the table into docs")
    parser.add_argument("--strict", action="store_true", help="fail when a bar is missed")
    return parser.parse_args()


def say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")


def run(house: Bench, told: argparse.Namespace) -> None:
    say("Preparing databases")
    house.prepare()
    house.fill(ONE, 1)
    house.fill(COUNTED, 1, few=1)
    house.fill(MANY, told.boroughs)
    with house.web(MANY) as big, house.web(ONE) as small:
        say("Measuring")
        house.manage(
            house.app_url(COUNTED),
            "bench_measure",
            *(f"--big={big}", f"--small={small}"),
            *(f"--app-url={house.app_url(MANY)}", f"--owner-url={house.owner_url(MANY)}"),
            *(f"--boroughs={told.boroughs}", f"--rounds={max(5, told.rounds)}"),
            *(["--record"] if told.record else []),
            *(["--strict"] if told.strict else []),
        )
    say("Done")


if __name__ == "__main__":
    try:
        with stoppable(), bench() as house:
            run(house, arguments())
    except CannotStart as reason:
        sys.exit(str(reason))
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
    except (Stopped, KeyboardInterrupt):
        sys.exit(130)
