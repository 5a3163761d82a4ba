"""The text people write: Markdown to safe HTML, block by block, with paragraphs numbered.

HTML that someone types is shown as text. Two guards stand one behind the other: Markdown that knows
no raw HTML, and an allow-list over what it gives.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import nh3
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reports.charts import drawing_of
from reports.languages import passages
from reports.numbering import Numbers
from reports.print.fonts import coverage
from reports.references import ASKED, MARK, NOTE, Notes, References, Target, without_notes

INLINE_TAGS = {"strong", "em", "a", "br", "sup"}
BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "id"}, "ol": {"start"}, "th": {"scope"}}
WITHIN = re.compile(r"#(section|place|recommendation|appendix|note)-[a-z0-9_-]+")
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
    name: str = ""  # by which the text may refer to it
    lang: str = ""  # where it is another than the report's
    is_wide: bool = False  # over the whole width, not only beneath the numbered text
    leads: bool = False  # to what stands on the same page beneath it

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
    references: References | None = None,
) -> list[Block]:
    """A section's text in order; `headings=False` where the text already stands under a subheading.

    `live` has, by its key, each live block that a line of the text may ask for; of what it does not have nothing is shown.
    `references` are shared by the texts of one report; a place that they do not know shows as it was typed.
    """
    text, said = without_notes(tidy(text))
    env = {"places": references or References(), "notes": Notes(said)}
    found: list[Block] = []
    for at, (lang, is_live, part) in enumerate(_stretches(text)):
        if is_live:
            found += _live((live or {}).get(key_of(part)), numbers)
        else:
            here = f"{anchor}-{at}" if at else anchor
            own = _written(part, numbers, here, headings, env)
            found += [replace(block, lang=lang) for block in own] if lang else own
    return [*found, *_notes(env)]


def _stretches(text: str) -> Iterator[tuple[str, bool, str]]:
    """The language of each, whether it is a line that asks for a live block, and what stands there."""
    for lang, passage in passages(text):
        for at, part in enumerate(LIVE_LINE.split(passage)):
            yield lang, bool(at % 2), part


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
    lead = replace(lead, leads=True)
    charts = [drawing_of(chart) for chart in piece.get("charts", ())]
    shown = render_to_string("reports/_live.html", {"piece": piece, "charts": charts})
    return [lead, Block("other", shown, is_wide=piece.get("is_wide", False))]


def _written(
    text: str, numbers: Numbers, anchor: str, headings: bool, env: dict[str, Any]
) -> list[Block]:
    found: list[Block] = []
    for group in _groups(_markdown.parse(text, env)):
        name = _take_name(group)
        place = f"place-{name}" if name else ""
        if group[0].type == "heading_open" and headings:
            place = place or f"{anchor}-{len(found) + 1}"
            found.append(Block("heading", _inside(group, env), numbers.heading(), place, name))
        elif group[0].type == "heading_open":
            found.append(Block("minor", _inside(group, env), "", place, name))
        elif group[0].type == "paragraph_open":
            found.append(Block("paragraph", _inside(group, env), numbers.paragraph(), place, name))
        else:
            found.append(Block("other", _clean(_html(group, env), INLINE_TAGS | BLOCK_TAGS)))
    return found


def _notes(env: dict[str, Any]) -> list[Block]:
    """What the notes of a text say, beneath it."""
    if not (notes := env["notes"].in_order()):
        return []
    quiet = {"places": env["places"]}  # a note has no notes
    said = [(n, _clean(str(_markdown.renderInline(text, quiet)), INLINE_TAGS)) for n, text in notes]
    return [Block("other", render_to_string("reports/_notes.html", {"notes": said}))]


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


def _take_name(group: list[Token]) -> str:
    """Of a paragraph or heading that ends in {#name}; it is not printed."""
    if group[0].type not in ("paragraph_open", "heading_open") or len(group) != 3:
        return ""
    words = group[1].children or []
    found = MARK.search(words[-1].content) if words and words[-1].type == "text" else None
    if found is None:
        return ""
    words[-1].content = words[-1].content[: found.start()]
    return found[1].lower()


def _inside(group: list[Token], env: dict[str, Any]) -> SafeString:
    return _clean(_html(group[1:-1], env), INLINE_TAGS)


def _html(tokens: list[Token], env: dict[str, Any]) -> str:
    for token, inside, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type == "th_open" and inside.content.strip():
            token.attrSet("scope", "col")
        elif token.type == "th_open":  # the corner of a table heads nothing
            token.tag = end.tag = "td"
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = list(_led(token.children, env["places"].known))
    return str(_markdown.renderer.render(tokens, _markdown.options, env))


# -- References and notes in a line -----------------------------------------------------------------
def _led(tokens: Sequence[Token], known: Mapping[str, Target]) -> Iterator[Token]:
    """`[see](#risk-plan)` leads to the place and ends in its number; one that leads nowhere is only its words."""
    inside: Target | None = None
    dropped = False
    for token in tokens:
        href = str(token.attrGet("href") or "")
        if token.type == "link_open" and href.startswith("#") and not token.meta:
            inside = known.get(href[1:].lower())
            dropped = inside is None or not inside.anchor
            if inside:
                token.attrSet("href", f"#{inside.anchor}")
        elif token.type == "link_close" and inside:
            yield _words(f" {inside.number}" if inside.number else "")
        if not (dropped and token.type in ("link_open", "link_close")):
            yield token
        if token.type == "link_close":
            inside, dropped = None, False


def _words(text: str) -> Token:
    return Token("text", "", 0, content=text)


def _link(state: StateInline, words: str, href: str, **more: str) -> None:
    opened = state.push("link_open", "a", 1)
    opened.attrs, opened.meta = {"href": href, **more}, {"led": True}
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def _reference(state: StateInline, silent: bool) -> bool:
    """{@risk-plan}: the number of the place, as a link to it."""
    found = ASKED.match(state.src, state.pos)
    known = state.env["places"].known if "places" in state.env else {}
    if found is None or (place := known.get(found[1].lower())) is None:
        return False
    if not silent and place.anchor:
        _link(state, place.said, f"#{place.anchor}")
    elif not silent:
        state.push("text", "", 0).content = place.said
    state.pos = found.end()
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """[^1]: a raised number that leads to the note; each note leads back to where it was first referred to."""
    found = NOTE.match(state.src, state.pos)
    notes: Notes | None = state.env.get("notes")
    if found is None or notes is None or (label := found[1]) not in notes.said:
        return False
    if not silent:
        first = label not in notes.numbers
        if first:
            notes.numbers[label] = state.env["places"].next_note()
        number = notes.numbers[label]
        state.push("sup_open", "sup", 1)
        _link(
            state,
            str(number),
            f"#note-{number}",
            **({"id": f"note-{number}-from"} if first else {}),
        )
        state.push("sup_close", "sup", -1)
    state.pos = found.end()
    return True


_markdown.inline.ruler.before("link", "note", _note)
_markdown.inline.ruler.push("reference", _reference)


# -- The allow-list -----------------------------------------------------------------------------------
def _clean(html: str, tags: set[str]) -> SafeString:
    # nh3 keeps what the allow-list names
    return SafeString(  # nosec B703
        nh3.clean(
            html,
            tags=tags,
            attributes=ATTRIBUTES,
            attribute_filter=_known_attribute,
            url_schemes={"http", "https", "mailto"},
            url_relative=lambda url: url if WITHIN.fullmatch(url) else None,
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
