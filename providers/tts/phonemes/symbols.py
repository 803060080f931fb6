"""Kokoro's alphabet, and how any phonetic letter is written in it.

The 114 symbols and their numbers are the model's own (Kokoro-82M's `config.json`; hibari has
the same). A symbol that the model does not know would be passed over together with its sound,
so every letter of the International Phonetic Alphabet has a nearest one here.
"""

from __future__ import annotations

import logging
import unicodedata

_log = logging.getLogger(__name__)

# Runs of symbols whose numbers follow one another.
_RUNS = (
    (1, ";:,.!?"),
    (9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'),
    (31, "O"),
    (33, "Q"),
    (35, "ST"),
    (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (75, "βɔɕç"),
    (80, "ɖðʤə"),
    (85, "ɚɛɜ"),
    (90, "ɟ"),
    (92, "ɡ"),
    (99, "ɥ"),
    (101, "ɨɪʝ"),
    (110, "ɯɰŋɳɲɴø"),
    (118, "ɸθœ"),
    (123, "ɹ"),
    (125, "ɾɻ"),
    (128, "ʁɽʂʃʈʧ"),
    (135, "ʊʋ"),
    (138, "ʌɣɤ"),
    (142, "χʎ"),
    (147, "ʒʔ"),
    (156, "ˈˌː"),
    (162, "ʰ"),
    (164, "ʲ"),
    (169, "↓"),
    (171, "→↗↘"),
    (177, "ᵻ"),
)

SYMBOL_IDS = {symbol: first + n for first, run in _RUNS for n, symbol in enumerate(run)}
"""Each symbol of the alphabet and its number in the model."""

CLOSING = ",.!?…;:—"
"""The punctuation that may close a word; it is heard as a pause or a melody."""

_NEAREST = {
    # letters that IPA has and this alphabet writes otherwise
    "g": "ɡ",
    "ɝ": "ɜɹ",
    "ʷ": "w",
    "ˑ": "ː",
    "ʼ": "ʔ",
    # laterals and rhotics
    **dict.fromkeys("ɫɭɬɮʟ", "l"),
    **dict.fromkeys("ɺⱱ", "ɾ"),
    "ʀ": "ʁ",
    # stops, nasals and fricatives at the nearest place
    **dict.fromkeys("ɓʙ", "b"),
    "ɗ": "d",
    **dict.fromkeys("ɠʛɢ", "ɡ"),
    "ʄ": "ɟ",
    "ɱ": "m",
    **dict.fromkeys("ɦħʜ", "h"),
    **dict.fromkeys("ʑʐ", "ʒ"),
    **dict.fromkeys("ʕʢʡ", "ʔ"),
    "ɧ": "ʃ",
    "ʍ": "w",
    # vowels
    "ʉ": "u",
    "ʏ": "y",
    "ɵ": "o",
    "ɞ": "ɜ",
    "ɘ": "ɨ",
    "ɶ": "œ",
    # clicks, as the stops at their places
    "ʘ": "p",
    **dict.fromkeys("ǀǃ", "t"),
    "ǁ": "l",
    "ǂ": "c",
}
# Shades of a sound that the alphabet has no sign for: voicelessness, place, release, syllabicity,
# tone by number or letter. The sound itself stays.
_SHADES = frozenset("-^‿\u0361\u035c˞ˠˤˀˁ˭ˡⁿʴ0123456789˥˦˧˨˩'’") - frozenset(SYMBOL_IDS)


def in_alphabet(ipa: str, *, word: str) -> str:
    """`ipa` with only symbols of the alphabet; what has no nearest one is logged with its word."""
    result = []
    for letter in ipa:
        if letter in SYMBOL_IDS:
            result.append(letter)
        else:
            result.extend(_written(part, word) for part in unicodedata.normalize("NFD", letter))
    return " ".join("".join(result).split())


def _written(letter: str, word: str) -> str:
    if letter in SYMBOL_IDS:
        return letter
    if letter in _NEAREST:
        return _NEAREST[letter]
    if letter not in _SHADES and not unicodedata.combining(letter):
        _log.warning(
            "the voice has no symbol for %r in %r, so that sound is left out", letter, word
        )
    return ""
