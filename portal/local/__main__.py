"""python -m portal.local run | stop | reset | manage ARGS… | throwaway [--production] COMMAND…"""

import subprocess
import sys
from collections.abc import Sequence

from . import running, supervisor, throwaway
from .places import CannotStart


def with_throwaway(arguments: Sequence[str]) -> int:
    """Run a command on fresh servers that are gone afterwards; --production: with settings as in production."""
    production = arguments[:1] == ["--production"]
    command = arguments[1:] if production else arguments
    with supervisor.stoppable(), throwaway.throwaway() as found:
        return subprocess.run(
            command, check=False, env=throwaway.environment(found, production=production)
        ).returncode


def reset() -> None:
    for path in running.reset():
        supervisor.say(f"Deleted {path}")
    supervisor.say("`make run` starts afresh.")


def main(arguments: Sequence[str]) -> int:
    match list(arguments):
        case ["run"]:
            supervisor.run()
        case ["stop"]:
            running.stop()
        case ["reset"]:
            reset()
        case ["manage", *rest]:
            return running.manage(rest)
        case ["throwaway", *rest] if rest:
            return with_throwaway(rest)
        case _:
            supervisor.say(str(__doc__))
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as reason:
        sys.exit(str(reason))
    except (supervisor.Stopped, KeyboardInterrupt):
        sys.exit(130)
