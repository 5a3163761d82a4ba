"""The text people write: Markdown to safe HTML, block by block, with paragraphs numbered.

HTML that someone types is shown as text. Two guards stand one behind the other: Markdown that knows
no raw HTML, and an allow-list over what it gives.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import nh3
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.numbering import Numbers
from reports.print.fonts import coverage

INLINE_TAGS = {"strong", "em", "a", "br"}
BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
# Not known: pictures, code (a pasted indent would become it), rules and underlined headings,
# which would swallow what the writer typed.
NOT_KNOWN = ["image", "code", "fence", "hr", "lheading", "backticks", "reference"]

LIVE_LINE = re.compile(r"^[ \t]*\[\[([^\[\]\n]*)\]\][ \t]*$", re.MULTILINE)  # [[risks]]
TAG = re.compile(r"<[^>]*>")
LONG_WORD = 30  # characters
SHORT_TABLE = 8  # rows
SHORT_TEXT = 2_000  # characters, markup included

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
_markdown.enable("table").disable(NOT_KNOWN)


@dataclass(frozen=True)
class Block:
    """A piece of a section: `html` is safe; for a paragraph and a heading it is the inside only."""

    kind: Literal["paragraph", "heading", "minor", "other"]
    html: SafeString
    number: str = ""
    anchor: str = ""

    @property
    def is_short(self) -> bool:
        """A table that fits a page is not cut in two."""
        return self.html.count("<tr>") <= SHORT_TABLE and len(self.html) < SHORT_TEXT

    @property
    def has_long_word(self) -> bool:
        """A table with such a word keeps to the page only with columns of equal width."""
        return any(len(word) > LONG_WORD for word in TAG.sub(" ", self.html).split())


def blocks(
    text: str,
    numbers: Numbers,
    *,
    anchor: str,
    headings: bool = True,
    live: Mapping[str, Any] | None = None,
) -> list[Block]:
    """A section's text in order; `headings=False` where the text already stands under a subheading.

    `live` has, by its key, each live block that a line of the text may ask for; of what it does not have nothing is shown.
    """
    found: list[Block] = []
    for at, part in enumerate(LIVE_LINE.split(tidy(text))):
        if at % 2:
            found += _live((live or {}).get(key_of(part)), numbers)
        else:
            found += _written(part, numbers, f"{anchor}-{at}" if at else anchor, headings)
    return found


def key_of(line: str) -> str:
    """What stands between the brackets, as blocks are named."""
    return " ".join(line.split()).lower()


def _live(piece: Mapping[str, Any] | None, numbers: Numbers) -> list[Block]:
    """A sentence with its number, and under it the table or the list."""
    if piece is None:
        return []
    lead = Block("paragraph", inline(piece["lead"]), numbers.paragraph())
    if not piece["rows"] and not piece["lines"]:
        return [lead]
    return [lead, Block("other", render_to_string("reports/_live.html", {"piece": piece}))]


def _written(text: str, numbers: Numbers, anchor: str, headings: bool) -> list[Block]:
    found: list[Block] = []
    for group in _groups(_markdown.parse(text)):
        if group[0].type == "heading_open" and headings:
            name = f"{anchor}-{len(found) + 1}"
            found.append(Block("heading", _inside(group), numbers.heading(), name))
        elif group[0].type == "heading_open":
            found.append(Block("minor", _inside(group)))
        elif group[0].type == "paragraph_open":
            found.append(Block("paragraph", _inside(group), numbers.paragraph()))
        else:
            found.append(Block("other", _clean(_html(group), INLINE_TAGS | BLOCK_TAGS)))
    return found


def inline(text: str) -> SafeString:
    """One run of text without blocks: a recommendation, a title."""
    return _clean(str(_markdown.renderInline(tidy(text).strip())), INLINE_TAGS)


def tidy(text: str) -> str:
    """Composed characters (ŵ is one), one kind of line end, no byte-order mark, no direction override."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or not _is_unseen(each))


def _is_unseen(character: str) -> bool:
    # Soft hyphen and the joiners are meant; controls, marks of direction and variants are not.
    category = unicodedata.category(character)
    return (category in ("Cc", "Cf") and character not in "\u00ad\u200b\u200c\u200d") or (
        "\ufe00" <= character <= "\ufe0f"
    )


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Top-level blocks, each with all the tokens it encloses."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _inside(group: list[Token]) -> SafeString:
    return _clean(_html(group[1:-1]), INLINE_TAGS)


def _html(tokens: list[Token]) -> str:
    for token, inside, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type == "th_open" and inside.content.strip():
            token.attrSet("scope", "col")
        elif token.type == "th_open":  # the corner of a table heads nothing
            token.tag = end.tag = "td"
    return str(_markdown.renderer.render(tokens, _markdown.options, {}))


def _clean(html: str, tags: set[str]) -> SafeString:
    # nh3 keeps what the allow-list names
    return SafeString(  # nosec B703
        nh3.clean(
            html,
            tags=tags,
            attributes=ATTRIBUTES,
            attribute_filter=_known_attribute,
            url_schemes={"http", "https", "mailto"},
            url_relative="deny",
            link_rel="noopener noreferrer",
        )
    )


def _known_attribute(tag: str, name: str, value: str) -> str | None:
    # The list above adds to what nh3 lets pass on every tag (lang, title); this has the last word.
    # It sees nh3's own rel, too, and no other: raw HTML never gets here.
    return value if name == "rel" or name in ATTRIBUTES.get(tag, ()) else None


def unprintable(text: str) -> list[str]:
    """The characters the printed report's typeface cannot draw, each once, in order."""
    drawn = coverage()
    seen = dict.fromkeys(tidy(text))
    return [each for each in seen if ord(each) not in drawn and not _needs_no_glyph(each)]


def why_not_printable(text: str, place: str = "") -> str | None:
    """A sentence naming the first characters that cannot be printed, or None."""
    missing = unprintable(text)
    if not missing:
        return None
    where = f" in {place}" if place else ""
    named = ", ".join(f"“{each}” (U+{ord(each):04X})" for each in missing[:3])
    if len(missing) == 1:
        return f"The character {named}{where} cannot be printed. Replace it with words."
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"The characters {named}{more}{where} cannot be printed. Replace them with words."


def _needs_no_glyph(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) == "Cf"
