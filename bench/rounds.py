"""Timing in rounds: what is compared is measured side by side, in turn first and last."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from statistics import median

Timed = Callable[[], float]  # does it once and tells the seconds
WARM_UP = 2


@dataclass(frozen=True)
class Variant:
    """What is timed, and the state of the house that a block of it needs."""

    timed: Timed
    under: Callable[[], AbstractContextManager[None]] = nullcontext
    warm_up: int = WARM_UP

    def block(self, times: int) -> list[float]:
        """Seconds of each time, after some that do not count."""
        with self.under():
            for _ in range(self.warm_up):
                self.timed()
            return [self.timed() for _ in range(times)]


Blocks = list[list[float]]


def interleaved(variants: Mapping[str, Variant], *, rounds: int, times: int) -> dict[str, Blocks]:
    """The blocks of each variant, one a round: A B C, then C B A, so that a drift of the machine favours none."""
    found: dict[str, Blocks] = defaultdict(list)
    for number in range(rounds):
        order = list(variants.items())
        for name, variant in order if number % 2 == 0 else reversed(order):
            found[name].append(variant.block(times))
    return found


def medians(blocks: Blocks) -> list[float]:
    return [median(each) for each in blocks]


def tail(blocks: Blocks) -> float:
    """p95 ÷ p50 over all rounds: one round is too short for a percentile."""
    every = sorted(second for each in blocks for second in each)
    return every[int(len(every) * 0.95)] / median(every)


def in_ms(seconds: list[float]) -> str:
    low, high = (1000 * each for each in (min(seconds), max(seconds)))
    return f"{low:.0f} to {high:.0f} ms" if low >= 10 else f"{low:.2g} to {high:.2g} ms"
