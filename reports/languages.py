"""Passages in another language than the report's: between a line `::: cy` and a line `:::`."""

import re
from collections.abc import Iterator

LANGUAGES = {
    "cy": "Welsh",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "kw": "Cornish",
    "en": "English",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "lt": "Lithuanian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "so": "Somali",
    "sq": "Albanian",
    "tr": "Turkish",
}
OPENS = re.compile(r"[ \t]*:::[ \t]*(\S.*?)[ \t]*")
CLOSES = re.compile(r"[ \t]*:::[ \t]*")


def passages(text: str) -> Iterator[tuple[str, str]]:
    """The text in order, each stretch with its language, empty for the report's own.

    A passage that has no end goes to the end of the text; a language not known here is no passage.
    """
    language, lines = "", list[str]()
    for line in text.split("\n"):
        opens = OPENS.fullmatch(line)
        begins = not language and opens is not None and opens[1].lower() in LANGUAGES
        if begins or (language and CLOSES.fullmatch(line)):
            yield language, "\n".join(lines)
            language, lines = opens[1].lower() if begins and opens else "", []
        else:
            lines.append(line)
    yield language, "\n".join(lines)


def why_not_passages(text: str) -> str | None:
    """A sentence on the first passage with an unknown language or without an end, or None."""
    language = ""
    for line in text.splitlines():
        opens = OPENS.fullmatch(line)
        if opens and language:
            return f"The passage in {language} has no end. Close it with a line of three colons."
        if opens and opens[1].lower() not in LANGUAGES:
            known = ", ".join(f"{code} for {name}" for code, name in LANGUAGES.items())
            return f"“{opens[1]}” is no language that a passage can have. There are {known}."
        if opens:
            language = LANGUAGES[opens[1].lower()]
        elif CLOSES.fullmatch(line):
            if not language:
                return "A line of three colons closes a passage, and none is open there."
            language = ""
    return f"The passage in {language} has no end. Close it with a line of three colons." if language else None  # fmt: skip
