"""Markdown and HTML as a reader would hear them: lines of words, headings, what is only seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

_HAS_MARKUP = re.compile(r"[*_`<>~&\\|\[]|^#{1,6}\s|^[-*_=]{3,}$", re.MULTILINE)
_RULE = re.compile(r"[-*_=~#·•—–]{3,}|[-*_=] ?[-*_=] ?[-*_=]")
# What is left of emphasis that CommonMark's rules do not see, as between Japanese letters.
_STRAY = re.compile(r"(?<!\d)\*\*(?!\d)")
# Lists, headings that are underlined and code that is indented are not told from words safely.
_RULES = (
    "heading fence hr html_block table blockquote paragraph emphasis strikethrough backticks link"
    " image autolink html_inline entity escape newline balance_pairs fragments_join text"
).split()
_SILENT_TAGS = frozenset({"script", "style", "head", "template", "svg", "code", "pre"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})
_INLINE_TAGS = frozenset(
    "a abbr b bdi bdo big cite em font i ins kbd mark q rb rp rt ruby s samp small span strong sub"
    " sup time tt u var emphasis prosody say-as phoneme w lang c".split()
)
_BLOCK_TAGS = frozenset(
    "address article aside blockquote body br dd div dl dt footer header hr html li main nav ol p"
    " section table tbody td th thead tr ul speak voice audio break pre code script style head"
    " template svg img meta link figure figcaption center details summary video iframe input"
    " button form label select option textarea v".split()
)

Kind = Literal["words", "heading", "seen", "pause"]


@dataclass(frozen=True)
class Line:
    """A line of a text: words, a heading, what is only seen, or a rest."""

    text: str
    kind: Kind = "words"


def lines_of(text: str) -> list[Line]:
    """The lines of a cleaned text, in order, without its markup. Empty lines are kept as such."""
    if not _HAS_MARKUP.search(text):
        return [Line(line) for line in text.split("\n")]
    return [line for block in _blocks(text) for line in block]


def _blocks(text: str) -> Iterator[list[Line]]:
    rows: list[list[str]] | None = None
    is_heading = False
    for token in _parser().parse(text):
        if token.type in ("heading_open", "heading_close"):
            is_heading = token.type == "heading_open"
        elif token.type == "table_open":
            rows = []
        elif token.type == "table_close":
            yield [Line(said) for said in _said_rows(rows or [])]
            rows = None
        elif rows is not None:
            _fill(rows, token)
        else:
            yield _lines(token, is_heading=is_heading)


def _fill(rows: list[list[str]], token: Token) -> None:
    if token.type == "tr_open":
        rows.append([])
    elif token.type == "inline":
        rows[-1].append(" ".join(line.text for line in _inline(token)))


def _lines(token: Token, *, is_heading: bool) -> list[Line]:
    match token.type:
        case "paragraph_close":
            return [Line("")]
        case "hr":
            return [Line("", "pause")]
        case "fence":
            return _fenced(token)
        case "html_block":
            return list(_html_lines(token.content))
        case "inline":
            lines = list(_inline(token))
            return [Line(x.text, "heading") for x in lines if x.text] if is_heading else lines
        case _:
            return []


def _fenced(token: Token) -> list[Line]:
    """Code is seen; a text that somebody has put between fences is none."""
    kind = token.info.strip().lower()
    if kind in ("", "text", "txt", "markdown", "md", "plain", "script") and _is_prose(
        token.content
    ):
        return [Line(line) for line in token.content.split("\n")]
    return [Line(kind or "code", "seen")]


def _is_prose(text: str) -> bool:
    words = sum(c.isalpha() or c.isspace() for c in text)
    return bool(text.strip()) and words / len(text) > 0.88


def _inline(token: Token) -> Iterator[Line]:
    """The lines of a paragraph; what is only seen of them stands alone."""
    for children in _by_line(token.children or []):
        text: list[str] = []
        for child in children:
            if child.type == "image":
                yield from _words("".join(text))
                text = []
                yield Line(child.content, "seen")
            else:
                text.append(_tag(child.content) if child.type == "html_inline" else child.content)
        words = _STRAY.sub("", "".join(text)).strip()
        if _is_aside(children, words):
            yield Line(words, "seen")
        else:
            yield from _words(words)


def _by_line(children: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        else:
            line.append(child)
    yield line


def _words(text: str) -> Iterator[Line]:
    return (Line(part.strip()) for part in text.split("\n"))


def _is_aside(children: Sequence[Token], text: str) -> bool:
    """`*sighs*` alone on its line, which is how a direction is often written."""
    inner = [child for child in children if child.type != "text" or child.content]
    is_whole = len(inner) == 3 and inner[0].type == "em_open" and inner[-1].type == "em_close"
    is_short = len(text.split()) <= 5 and text[-1:] not in (*".!?。！？…।؟",)
    return is_whole and is_short and not text[:1].isupper()


def _tag(tag: str) -> str:
    """What an inline tag becomes: nothing, a line's end, or a direction such as `<laughs>`."""
    found = re.match(r"</?\s*([A-Za-z][\w:-]*)", tag)
    name = found[1].lower() if found else ""
    if name == "break" or name in ("br", "p", "div", "li", "tr"):
        return "\n[pause]\n" if name == "break" else "\n"
    is_known = name in _INLINE_TAGS or name in _BLOCK_TAGS or name in _HEADING_TAGS
    bare = re.fullmatch(r"<([A-Za-z][A-Za-z ]*)>", tag)
    return f"[{bare[1]}]" if bare and not is_known else ""


def _html_lines(source: str) -> Iterator[Line]:
    reader = _HtmlReader()
    reader.feed(source)
    reader.close()
    yield from reader.lines()


class _HtmlReader(HTMLParser):
    """Collects what is read of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Line] = []
        self._text: list[str] = []
        self._silent = 0
        self._kind: Kind = "words"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT_TAGS:
            self._silent += 1
        elif tag in _HEADING_TAGS:
            self._end_line()
            self._kind = "heading"
        elif tag == "img" and (seen := dict(attrs).get("alt")):
            self._end_line()
            self._done.append(Line(seen, "seen"))
        elif tag in ("hr", "break"):
            self._end_line()
            self._done.append(Line("", "pause"))
        elif tag in _BLOCK_TAGS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT_TAGS:
            self._silent = max(self._silent - 1, 0)
        elif tag in _HEADING_TAGS or tag in _BLOCK_TAGS:
            self._end_line()
            self._kind = "words"

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def lines(self) -> list[Line]:
        self._end_line()
        return self._done

    def _end_line(self) -> None:
        for part in "".join(self._text).split("\n"):
            if words := " ".join(part.split()):
                self._done.append(Line(words, self._kind))
        self._text = []


def _said_rows(rows: list[list[str]]) -> Iterator[str]:
    """A table row by row: what it is about, then each cell with its column's name."""
    header, *body = rows or [[]]
    for row in body:
        first, *cells = row or [""]
        if len(cells) == 1:
            said = f"{first}: {cells[0]}"
        else:
            said = ", ".join(
                [first, *(_cell(n, c) for n, c in zip(header[1:], cells, strict=False))]
            )
        if said.strip(" :,"):
            yield said if said[-1] in ".!?。！？" else f"{said}."


def _cell(name: str, value: str) -> str:
    return f"{name} {value}".strip() if value else ""


def is_rule(line: str) -> bool:
    """Whether a line only divides."""
    return bool(_RULE.fullmatch(line))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": True}).enable(_RULES, ignoreInvalid=True)
