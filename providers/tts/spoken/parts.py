"""The spoken form of a line, and which shown units each part of it belongs to."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.words import caption_units, is_unspaced
from providers.tts.spoken.draft import Claim, Draft
from providers.tts.spoken.language import Language, language_of
from providers.tts.spoken.normal import plain
from providers.tts.spoken.rules import rules_of
from providers.tts.spoken.scripts import runs

_SPEAKABLE = re.compile(r"[^\W_]")
_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"[*_`^\\|{}\[\]<>~=+#@/•·→←↑↓⇒]+")
# A mark that stands by itself, as in French, belongs to the word before it.
_CLOSING = re.compile(r"[.,!?;:…。！？؟،।]{1,3}\Z")
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[,.!?;:…。、！？؟،])(?![.,]\w)")


@dataclass(frozen=True)
class SpokenPart:
    """What is said for one or more neighbouring shown units of a line.

    `units` are indexes into the shown units; the parts of a line cover all of them in order, none
    twice. A part with no units of its own (an empty range) goes on with the last unit of the part
    before it: the Korean particle of a Latin name. `text` has no digits or signs left that a voice
    would spell; "" is shown and not said. `language` is the BCP 47 tag of the words.
    """

    units: range
    text: str
    language: str


def spoken_parts(units: Sequence[str], language: str) -> tuple[SpokenPart, ...]:
    """The spoken form of a line given in its shown `units` (`domain.words.caption_units`)."""
    spoken = language_of(language)
    unspaced = spoken.joined and not spoken.parted_units
    line, begins = _line([plain(unit) for unit in units], unspaced=unspaced)
    draft = Draft(line, spoken)
    draft.apply(rules_of(spoken))
    claims = sorted(draft.claims, key=lambda claim: claim.start)
    parts: list[SpokenPart] = []
    for first, last, inside in _groups(begins, claims):
        end = begins[last] if last < len(begins) else len(line)
        pieces = list(_pieces(line, begins[first], end, inside))
        made = list(_parts(range(first, last), _in_languages(pieces, spoken), language))
        closing = line[begins[first] : end].strip()
        if _CLOSING.match(closing):
            _close(parts, closing)
        parts += made
    return tuple(parts)


def _close(parts: list[SpokenPart], mark: str) -> None:
    """A mark that stands apart ends the last words before it."""
    for index in reversed(range(len(parts))):
        if parts[index].text:
            parts[index] = replace(parts[index], text=_tidy(parts[index].text + mark))
            return


def spoken_text(text: str, language: str) -> str:
    """The spoken form of a whole text, its parts joined as the language joins words."""
    units = caption_units(text, language)
    said = ""
    for part in spoken_parts(units, language):
        touches = said and part.text and is_unspaced(said[-1] + part.text[0])
        goes_on = not part.units and language_of(language).joined
        glue = "" if not said or not part.text or touches or goes_on else " "
        said += glue + part.text
    return said


def spoken_by_unit(units: Sequence[str], language: str) -> list[str]:
    """The words said while each shown unit is lit; the words of a part are shared out in order."""
    shares = [""] * len(units)
    last = 0
    for part in spoken_parts(units, language):
        last = part.units[-1] if part.units else last
        words, count = part.text.split(" "), max(len(part.units), 1)
        if count == 1:
            shares[last] = f"{shares[last]}{part.text}"
            continue
        for place, index in enumerate(part.units):
            begin, end = (len(words) * edge // count for edge in (place, place + 1))
            shares[index] = " ".join(words[begin:end])
    return shares


def is_speakable(text: str) -> bool:
    """Whether there is a letter or digit in it."""
    return bool(_SPEAKABLE.search(text))


def _line(units: list[str], *, unspaced: bool) -> tuple[str, list[int]]:
    """The units as one text, and where each begins in it.

    In a language without spaces only Latin words and numbers are parted by one.
    """
    text, begins = [], []
    length = 0
    for index, unit in enumerate(units):
        before = units[index - 1] if index else ""
        if before and unit and _are_parted(before, unit, unspaced=unspaced):
            text.append(" ")
            length += 1
        begins.append(length)
        text.append(unit)
        length += len(unit)
    return "".join(text), begins


def _are_parted(before: str, after: str, *, unspaced: bool) -> bool:
    last, first = before[-1], after[0]
    if is_unspaced(last) or is_unspaced(first):
        return False
    if unspaced and last in ",.":
        return not re.match(r"\d{3}(?!\d)", after)
    return not unspaced or (last.isalnum() and first.isalnum())


def _groups(begins: list[int], claims: list[Claim]) -> Iterator[tuple[int, int, list[Claim]]]:
    """Runs of units [first, last) that no claim crosses the ends of, with the claims inside."""
    first, at = 0, 0
    while first < len(begins):
        last, inside = first + 1, []
        while at < len(claims) and (last >= len(begins) or claims[at].start < begins[last]):
            inside.append(claims[at])
            last = max(last, bisect_left(begins, claims[at].end))
            at += 1
        yield first, last, inside
        first = last


def _pieces(line: str, begin: int, end: int, claims: list[Claim]) -> Iterator[Claim]:
    """Everything from `begin` to `end`: the claims, and the text between them as it is."""
    for claim in claims:
        if begin < claim.start:
            yield Claim(begin, claim.start, line[begin : claim.start], "")
        yield claim
        begin = claim.end
    if begin < end:
        yield Claim(begin, end, line[begin:end], "")


def _in_languages(pieces: list[Claim], language: Language) -> list[tuple[str, str]]:
    """The pieces' words as (text, language), neighbours of one language joined."""
    said: list[tuple[str, str]] = []
    for piece in pieces:
        is_text = piece.language == ""
        text = _quiet(piece.said) if is_text else _written(piece, language)
        spoken = [(text, piece.language)] if piece.language else list(runs(text, language.tag))
        for run, name in spoken:
            assert name is not None
            if said and (said[-1][1] == name or not is_speakable(run)):
                said[-1] = (_glued(said[-1][0], run, language, number_first=is_text), said[-1][1])
            elif said and not is_speakable(said[-1][0]):
                said[-1] = (said[-1][0] + run, name)
            else:
                said.append((run, name))
    return said


def _written(piece: Claim, language: Language) -> str:
    own = piece.language is None and language.written is not None
    return language.written(piece.said) if own and language.written else piece.said


def _glued(first: str, second: str, language: Language, *, number_first: bool) -> str:
    """Two pieces of one language, parted by a space where two words would touch."""
    touch = first and second and _is_word(first[-1]) and _is_word(second[0])
    if not touch or language.joined:
        return first + second
    if not number_first and language.joined_before and first[-1] in language.joined_before:
        return first + second
    return f"{first} {second}"


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _parts(units: range, said: list[tuple[str, str]], language: str) -> Iterator[SpokenPart]:
    texts = [(_tidy(text), name) for text, name in said]
    spoken = [(text, name) for text, name in texts if is_speakable(text)]
    if not spoken:
        yield SpokenPart(units, "", language)
        return
    for text, name in spoken:
        yield SpokenPart(units, text, name)
        units = range(units.stop, units.stop)


def _quiet(text: str) -> str:
    """Text without what is not said: pictures, controls, and the signs of markup."""
    if text == "-":
        return " "
    kept = "".join(character if _can_be_said(character) else " " for character in text)
    return _MARKUP.sub(" ", kept)


def _can_be_said(character: str) -> bool:
    if character.isascii():
        return character.isprintable() or character.isspace()
    category = unicodedata.category(character)
    hidden = category in ("So", "Sk", "Sm", "Sc", "Cc", "Cf", "Co", "Cn", "Cs", "Me")
    joins = "\ufe00" <= character <= "\ufe0f"
    return character in "\u200c\u200d" or not (hidden or joins)


def _tidy(text: str) -> str:
    spaced = _SPACES.sub(" ", text).strip()
    return unicodedata.normalize("NFC", _SPACE_BEFORE_MARK.sub("", spaced))
