"""A council's colour made safe to carry white text."""

import re

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
ENOUGH = 4.5  # WCAG 2.2, success criterion 1.4.3: contrast of text and its ground


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def darker(colour: str) -> str:
    channels = [int(int(colour[at : at + 2], 16) * 0.92) for at in (1, 3, 5)]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def readable(colour: str | None) -> str:
    """The colour, darkened until white text stands out on it; empty for anything that is no #rrggbb."""
    if not colour or not HEX.fullmatch(colour):
        return ""
    while contrast(colour, "#ffffff") < ENOUGH:
        colour = darker(colour)
    return colour.lower()
