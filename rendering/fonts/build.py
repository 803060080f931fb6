"""Make the caption fonts from their sources (README.md beside this file says which).

    python rendering/fonts/build.py SOURCES

SOURCES is a folder that holds, anywhere below it, the files named in `FONTS`. Needs
fontTools and emoji. Writes the subset fonts, `emoji.zip` and `coverage.json` beside this script.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import emoji
import uharfbuzz as hb
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from PIL import Image

HERE = Path(__file__).parent
WEIGHT = 800
EMOJI_SOURCE = "NotoColorEmoji.ttf"
EMOJI_PX = 96

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Font:
    """One vendored font: where it comes from, what is kept, what it is called here."""

    source: str
    file: str
    family: str
    ranges: tuple[tuple[int, int], ...]
    encodings: tuple[str, ...] = ()


# In the order in which a character is looked for.
FONTS = (
    Font("Inter[opsz,wght].ttf", "latin.ttf", "AutoShorts Sans", ((0x20, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x20BF), (0x2100, 0x214F))),
    Font("NotoSansCJKjp-Bold.otf", "cjk.otf", "AutoShorts Sans CJK", ((0x20, 0x7E), (0x2010, 0x2027), (0x2030, 0x203B), (0x3000, 0x30FF), (0x3130, 0x318F), (0x3200, 0x33FF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF)), ("shift_jis", "gb2312", "big5", "euc_kr")),
    Font("NotoSansArabic[wdth,wght].ttf", "arabic.ttf", "AutoShorts Sans Arabic", ((0x20, 0x7E), (0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF), (0x200C, 0x200F))),
    Font("NotoSansHebrew[wdth,wght].ttf", "hebrew.ttf", "AutoShorts Sans Hebrew", ((0x20, 0x7E), (0x590, 0x5FF), (0xFB1D, 0xFB4F), (0x200C, 0x200F))),
    Font("NotoSansDevanagari[wdth,wght].ttf", "devanagari.ttf", "AutoShorts Sans Devanagari", ((0x20, 0x7E), (0x900, 0x97F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF), (0x200C, 0x200D), (0x25CC, 0x25CC))),
    Font("NotoSansThai[wdth,wght].ttf", "thai.ttf", "AutoShorts Sans Thai", ((0x20, 0x7E), (0xE00, 0xE7F), (0x25CC, 0x25CC))),
    Font("NotoSansBengali[wdth,wght].ttf", "bengali.ttf", "AutoShorts Sans Bengali", ((0x20, 0x7E), (0x980, 0x9FF), (0x964, 0x965), (0x200C, 0x200D))),
    Font("NotoSansTamil[wdth,wght].ttf", "tamil.ttf", "AutoShorts Sans Tamil", ((0x20, 0x7E), (0xB80, 0xBFF), (0x200C, 0x200D))),
    Font("NotoSansTelugu[wdth,wght].ttf", "telugu.ttf", "AutoShorts Sans Telugu", ((0x20, 0x7E), (0xC00, 0xC7F), (0x200C, 0x200D))),
    Font("NotoSansSymbols2-Regular.ttf", "symbols.ttf", "AutoShorts Symbols", ((0x2190, 0x2BFF),)),
)  # fmt: skip


def main(sources: Path) -> None:
    """Build every font and the coverage table."""
    table = []
    for font in FONTS:
        made = _built(font, sources)
        path = HERE / font.file
        made.save(path)
        table.append(_entry(font, TTFont(path)))
        logger.info("%s: %d KiB", font.file, path.stat().st_size // 1024)
    _write_emoji(sources)
    (HERE / "coverage.json").write_text(json.dumps(table, separators=(",", ":")) + "\n")


def _found(name: str, sources: Path) -> Path:
    found = sorted(sources.rglob(_glob(name)))
    if not found:
        raise SystemExit(f"{name} is not below {sources}")
    return found[0]


def _built(font: Font, sources: Path) -> Any:
    source = TTFont(_found(font.source, sources))
    if "fvar" in source:
        axes = {axis.axisTag for axis in source["fvar"].axes}
        limits = {"wght": WEIGHT, "wdth": 100, "opsz": 32}
        source = instancer.instantiateVariableFont(
            source, {tag: value for tag, value in limits.items() if tag in axes}
        )
    # A CJK font's alternates (vertical, regional) would treble it, and captions use none.
    features = [] if font.encodings else ["*"]
    options = subset.Options(
        hinting=False, layout_features=features, name_IDs=["*"], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(_wanted(font)))
    subsetter.subset(source)
    _rename(source, font.family)
    return source


def _wanted(font: Font) -> Iterator[int]:
    yield from chain.from_iterable(range(low, high + 1) for low, high in font.ranges)
    for encoding in font.encodings:
        yield from _characters_of(encoding)


def _characters_of(encoding: str) -> Iterable[int]:
    # The second level of Big5 holds rare characters: thirty per cent of the size for nothing.
    for lead in range(0x81, 0xC7 if encoding == "big5" else 0x100):
        for trail in range(0x40, 0x100):
            try:
                character = bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(character) == 1:
                yield ord(character)


def _rename(font: Any, family: str) -> None:
    """The Open Font License asks for another name."""
    names = font["name"]
    postscript = family.replace(" ", "")
    for name_id, value in (
        (1, family),
        (2, "Bold"),
        (4, f"{family} Bold"),
        (6, f"{postscript}-Bold"),
        (16, family),
        (17, "Bold"),
    ):
        names.removeNames(nameID=name_id)
        names.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x41) | 0x20
    font["head"].macStyle = 1


def _entry(font: Font, made: Any) -> dict[str, Any]:
    codepoints = sorted(made.getBestCmap())
    ranges: list[list[int]] = []
    for codepoint in codepoints:
        if ranges and ranges[-1][1] == codepoint - 1:
            ranges[-1][1] = codepoint
        else:
            ranges.append([codepoint, codepoint])
    return {"file": font.file, "family": font.family, "ranges": ranges}


def _write_emoji(sources: Path) -> None:
    """Small pictures of all emoji, named by their code points.

    Skin tones are kept for single people and hands; groups and professions in every tone
    would double the size, and are shown without.
    """
    path = _found(EMOJI_SOURCE, sources)
    font = TTFont(path)
    strike, names = font["CBDT"].strikeData[0], font.getGlyphOrder()
    shaper = hb.Font(hb.Face(hb.Blob.from_file_path(path)))
    with zipfile.ZipFile(HERE / "emoji.zip", "w", zipfile.ZIP_STORED) as archive:
        for sequence in sorted({name.replace("\ufe0f", "") for name in emoji.EMOJI_DATA}):
            tones = sum("\U0001f3fb" <= c <= "\U0001f3ff" for c in sequence)
            glyph = _single_glyph(sequence, shaper, names, strike)
            if glyph and tones <= ("\u200d" not in sequence):
                key = "-".join(f"{ord(c):x}" for c in sequence)
                archive.writestr(zipfile.ZipInfo(key), _small(strike[glyph].imageData))


def _single_glyph(
    sequence: str, shaper: hb.Font, names: list[str], strike: dict[str, Any]
) -> str | None:
    """The one glyph with a picture that a sequence becomes; variation selectors may be beside."""
    buffer = hb.Buffer()
    buffer.add_str(sequence)
    buffer.guess_segment_properties()
    hb.shape(shaper, buffer)
    indices = [info.codepoint for info in buffer.glyph_infos]
    drawn = [names[index] for index in indices if names[index] in strike]
    return drawn[0] if len(drawn) == 1 and 0 not in indices else None


def _small(png: bytes) -> bytes:
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    size = (EMOJI_PX, round(EMOJI_PX * picture.height / picture.width))
    buffer = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(
        buffer, "WEBP", quality=50, alpha_quality=60, method=6
    )
    return buffer.getvalue()


def _glob(name: str) -> str:
    return name.replace("[", "[[]") if "[" in name else name


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(Path(sys.argv[1]))
