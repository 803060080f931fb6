"""Text files as they come: Unicode in any of its forms; anything else is named."""

from __future__ import annotations

import codecs

# The longer mark first: one begins with the other.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Legacy encodings: the commonest letters of a text in each, and what share of its letters beyond
# ASCII those usually are.
_LEGACY: tuple[tuple[str, str, float], ...] = (
    ("cp949", "이다는을가에고하의지은기로사리도나서를한어", 0.35),
    ("shift_jis", "のにはをたがでてとしれさいるなもっらすまく", 0.45),
    ("euc_jp", "のにはをたがでてとしれさいるなもっらすまく", 0.45),
    ("gb18030", "的一是不了人在有我他这中大来上国个们为和你地出也时要就", 0.25),
    ("big5", "的一是不了人在有我他這中大來上國個們為和你地出也時要就", 0.25),
    ("cp1251", "оеаинтсрвл", 0.65),
    ("koi8_r", "оеаинтсрвл", 0.65),
    ("cp1256", "اليمنرتبوه", 0.65),
    ("cp874", "านรอกเงมยลวดะ่้ี", 0.65),
    ("cp1253", "αοιετσνηυρ", 0.65),
)
_LATIN: tuple[tuple[str, str], ...] = (
    ("cp1252", "àâäçéèêëîïñóôöùûüßáíúãõìòœÀÉÖÜÄ¿¡’“”–«»"),
    ("cp1250", "ąćęłńśźżóĄĆĘŁŃŚŹŻčřšěžýáíéúů’“”–"),
    ("cp1254", "ğışçöüİŞĞÇÖÜâ’“”–"),
)
_LEAST_SHARE = 0.55
_SAMPLE_BYTES = 4000


class NotUnicode(ValueError):
    """Bytes that are no Unicode text; its text goes on after the file's name."""


def decoded(data: bytes) -> str:
    """The text of bytes in UTF-8, or in UTF-16 or UTF-32 with their mark, as PowerShell writes.

    Raises `NotUnicode`, naming the legacy encoding that it looks like.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        if encoding != "utf-8":
            raise NotUnicode(f"is no whole {encoding.upper()} text: {exc.reason}") from exc
        if legacy := _legacy(data):
            raise NotUnicode(
                f"is not UTF-8 text; it looks like {legacy}: save it as UTF-8"
            ) from exc
        raise NotUnicode(f"is not UTF-8 text: byte {exc.start} cannot be read") from exc


def _legacy(data: bytes) -> str | None:
    """The encoding in which the letters beyond ASCII are most like those of its language."""
    best, best_share = None, _LEAST_SHARE
    for name, letters, usual in (*_LEGACY, *((name, own, 1.0) for name, own in _LATIN)):
        text = data[:_SAMPLE_BYTES].decode(name, errors="replace").rstrip("\ufffd")
        beyond = [c for c in text if c > "\x7f"]
        plain = sum(c.isascii() and c.isalpha() for c in text)
        is_latin = usual == 1.0
        if "\ufffd" in beyond or not beyond or (plain > len(beyond)) != is_latin:
            continue
        share = sum(c in letters for c in beyond) / len(beyond) / usual
        if share > best_share:
            best, best_share = name, share
    return best
