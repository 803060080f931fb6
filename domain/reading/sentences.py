"""Sentences of a text: sentencex's, with the few rules of ours that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

_CLOSING = "\"'”’»«“›」』）)】]"
# A quotation and the words that report it are one sentence; so are short parts in brackets.
_REPORTS: dict[str, re.Pattern[str]] = {
    "ko": re.compile(r"(?:이?라고|이?라며|이?라는|이?란|하고|하며|고\s)"),
    "ja": re.compile(r"(?:と|って|という|との)"),
    "tr": re.compile(r"(?:diye|dedi|dediler|der|demiş|diyor)\b", re.IGNORECASE),
}
_LOWER_REPORT = re.compile(r"[—–-]\s?[^\W\d_]")
# What a full stop follows within a sentence, where sentencex does not know it.
_ABBREVIATIONS: dict[str, str] = {
    "ar": "د أ م ص ج ت",
    "de": "ca bzgl evtl inkl Nr Str Abb Bd Jh",
    "es": "Sr Sra Srta Dr Dra Ud Uds pág núm av c p a d EE UU etc",
    "fr": "M MM Mme Mlle Dr Pr St Ste av apr env p art n° tél",
    "hi": "डॉ श्री प्रो पं मो कि मी रु सं",
    "id": "Jl Rp No Dr Drs Ir H Hj Bpk Sdr Tn Ny PT CV Prof hlm tgl dll dsb dst",
    "it": "pag pagg sig sigg dott ing avv prof art fig ecc ca es St S",
    "nl": "dhr mw mevr drs ir bijv d.w.z o.a m.n t.a.v i.p.v a.s nr blz ca St",
    "pl": "dr hab prof mgr inż np tj tzn ul nr r w ur zm św str godz al im ok",
    "pt": "Sr Sra Dr Dra Av pág págs núm Prof Profa ex etc R",
    "ru": "г гг т д п др пр ул стр см рис им св проф акад тыс млн млрд руб коп",
    "tr": "Dr Prof Sn No vb vs bkz örn s Av Cad Sok",
    "uk": "р рр ст м вул див рис ім св проф акад тис млн млрд грн стор",
    "vi": "TS ThS GS PGS BS TP Tp Q P Ô St Mr Mrs",
}
_LAST_WORD = re.compile(r"(?:^|[\s(\"“„«'])([^\s\"“„«'(]{1,8})\.$")
# "Am 3. | Mai", "die 2. | Klasse"; but "Es war 1945. | Dann".
_ORDINAL: dict[str, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:de[rmns]|die|das|am|im|vom|zum|beim|bis|jede[rmns]?|ein(?:e[nmrs]?)?|zur|seit)\s+"
        r"(?:\w+\s+)?\d{1,2}\.$",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?:^|\s)\d{1,2}\.$"),
    "pl": re.compile(r"\b(?:do|od|na|w|z|dnia)\s+\d{1,2}\.$", re.IGNORECASE),
}
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]")
# Between Thai, Lao or Khmer words; a number or a Latin name stays with what is beside it.
_UNSPACED_END = re.compile(
    r"(?<=[\u0e00-\u0e4e\u0e80-\u0eff\u1780-\u17ff\"”’»])\s+(?=[\"“‘«(]?[\u0e00-\u0eff\u1780-\u17ff])"
)
_SHORT_UNSPACED = 10


def sentences(text: str, language: str) -> list[str]:
    """Sentences of a text in a BCP 47 `language`, each with its own closing marks; a line never
    belongs to two. Joined they give the text, but for its white space."""
    primary = language.split("-")[0].lower()
    found = [
        sentence
        for line in text.split("\n")
        if line.strip()
        for sentence in _joined(_pieces(line, primary), primary)
    ]
    return [sentence for sentence in (s.strip() for s in found) if sentence]


def _pieces(line: str, language: str) -> Iterator[str]:
    for piece in segment(language, line):
        if _UNSPACED.search(piece):
            yield from _at_spaces(piece)
        else:
            yield piece


def _at_spaces(piece: str) -> Iterator[str]:
    """Thai, Lao and Khmer sentences end at spaces; a word or two is no sentence."""
    carried = ""
    for part in _UNSPACED_END.split(piece):
        carried = f"{carried} {part}" if carried else part
        if len(carried) >= _SHORT_UNSPACED:
            yield carried + " "
            carried = ""
    if carried:
        yield carried


def _joined(pieces: Iterator[str], language: str) -> Iterator[str]:
    parts: list[str] = []
    for piece in pieces:
        if parts and not _ends(parts[-1].rstrip(), piece.lstrip(), language):
            parts.append(piece)
            continue
        if parts:
            yield "".join(parts)
        parts = [piece]
    if parts:
        yield "".join(parts)


def _ends(before: str, after: str, language: str) -> bool:
    """Whether a sentence ends between the two."""
    if not after or not any(c.isalnum() for c in after):
        return False
    is_quoted = before[-1:] in _CLOSING
    if is_quoted and (report := _REPORTS.get(language)) and report.match(after):
        return False
    if after[0].islower() and (is_quoted or before[-1:] == ".") and not before.islower():
        return False
    if _LOWER_REPORT.match(after) and after.lstrip("—–- ")[:1].islower():
        return False
    return not (before.endswith(".") and _is_abbreviated(before, language))


def _is_abbreviated(before: str, language: str) -> bool:
    tail = before[-40:]
    word = _LAST_WORD.search(tail)
    if word and word[1].lower() in _ABBREVIATIONS.get(language, "").lower().split():
        return True
    ordinal = _ORDINAL.get(language)
    return bool(ordinal and ordinal.search(tail))
