"""The brief of a task as data, and how what comes back is put into a plot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from domain.plot import Plot, PlotRequest, PlotRow
from domain.reading.length import MAX_THOUGHT, WEIGHT_PER_SECOND
from domain.reading.text import cleaned
from providers.llm.draft import Unusable
from providers.llm.schemas import Bounds

AIM_SECONDS = 5.0
MAX_TITLE = 80
MAX_NAME, MAX_LOOKS, MAX_PICTURE = 24, 160, 300
# Of every answer that has such fields; what hangs on the request comes on top.
PICTURE = {"minLength": 20, "maxLength": MAX_PICTURE}
# A small model writes links and markup into strings, so its grammar has no letters for them.
# Words apart, and no full stop among them: that makes a file's name.
_WORD = "[A-Za-z0-9'-]{1,14}[,;]?"
PLAIN_PICTURE = {
    "minLength": 20,
    "maxLength": MAX_PICTURE,
    "pattern": rf"^[A-Z][a-z']{{0,13}}( {_WORD}){{4,18}}\.?$",
}
PLAIN_LOOKS = {"maxLength": MAX_LOOKS, "pattern": rf"^({_WORD}( {_WORD}){{2,9}}\.?)?$"}
# As ranges of a character class, which grammars know; a script that several languages share tells
# nothing of them, but keeps out all others.
_LETTERS = {
    "ko": "가-힣",
    "ja": "ぁ-ヿ一-鿿々",
    "zh": "一-鿿",
    **dict.fromkeys(("ru", "uk", "bg"), "Ѐ-ӿ"),
    **dict.fromkeys(("ar", "fa", "ur"), "؀-ۿ"),
    **dict.fromkeys(("hi", "mr", "ne"), "ऀ-ॿ"),
    "th": "฀-๿",
    "el": "Ͱ-Ͽ",
    "he": "֐-׿",
}
_SPOKEN_SIGNS = "0-9 ,.!?:;'…·%、。！？，：「」（）-"
_NO_SIGNS = r'[^"\\\[\]{}<>*#_|/@\n\r\t]'
TITLE = {"minLength": 2, "maxLength": MAX_TITLE}
CHARACTER: Bounds = {
    "Character.name": {"minLength": 1, "maxLength": MAX_NAME},
    "Character.looks": {"maxLength": MAX_LOOKS},
}


def common(request: PlotRequest, language: str) -> dict[str, Any]:
    """What every task is told."""
    return {
        "language": language,
        "mode": str(request.mode),
        "drawn_as": request.art_style,
        "music": request.music_genre,
        "letters_per_scene": letters_per_scene(language),
    }


def letters_per_scene(language: str) -> dict[str, int]:
    """How long what is said in one scene should be, and may be."""
    wide = language.split("-")[0].lower() in ("ko", "ja", "zh")
    per_letter = 1.8 if wide else 1.0
    return {
        "aim": round(AIM_SECONDS * WEIGHT_PER_SECOND / per_letter),
        "at_most": round(MAX_THOUGHT / per_letter * 0.85),
    }


def spoken_bounds(language: str, *, plain: bool = False) -> dict[str, Any]:
    """Of one line's text; a `plain` one is of the language's own letters where they tell it, and
    has no signs in it that cannot be said.
    """
    letters = letters_per_scene(language)
    bounds: dict[str, Any] = {"minLength": 2, "maxLength": letters["at_most"]}
    if plain:
        # Nearer to the aim: what may be longer goes on until it has to end.
        most = bounds["maxLength"] = (letters["aim"] + letters["at_most"]) // 2
        own = _LETTERS.get(language.split("-")[0].lower())
        kind = f"[{own}{_SPOKEN_SIGNS}]" if own else _NO_SIGNS
        bounds["pattern"] = f"^{kind}{{2,{most}}}$"
    return bounds


def line_of(row: PlotRow) -> dict[str, str]:
    return {"speaker": row.char_name, "text": row.text}


def by_scene(rows: Sequence[PlotRow]) -> list[tuple[int, list[PlotRow]]]:
    return [(number, list(group)) for number, group in groupby(rows, key=lambda r: r.sequence)]


def title_of(title: str, otherwise: str) -> str:
    """A title of at most `MAX_TITLE` letters."""
    words = " ".join(cleaned(title).split()) or " ".join(cleaned(otherwise).split())
    return words if len(words) <= MAX_TITLE else f"{words[: MAX_TITLE - 1].rstrip()}…"


def checked_plot(**fields: Any) -> Plot:
    """The plot. Raises `Unusable` where it breaks the plot's own rules."""
    try:
        return Plot.model_validate(fields)
    except ValidationError as exc:
        raise Unusable([str(item["msg"]) for item in exc.errors(include_url=False)]) from exc
