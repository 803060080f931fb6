"""Moods and genres as a composer means them: tempo, mode, chords, instruments."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)


@dataclass(frozen=True)
class Mood:
    """What a mood asks of the music. Chords are scale degrees from 0, one per bar."""

    bpm: tuple[int, int]
    mode: tuple[int, ...]
    progressions: tuple[tuple[int, ...], ...]
    roots: tuple[int, ...]
    brightness: float
    drums: bool


MOODS: dict[str, Mood] = {
    "calm": Mood(
        (64, 78), MAJOR, ((0, 5, 3, 4), (0, 2, 3, 0), (3, 0, 4, 5), (0, 4, 5, 3)), (48, 50, 53), 0.5, False
    ),
    "upbeat": Mood(
        (108, 122), MAJOR, ((0, 4, 5, 3), (3, 4, 0, 5), (0, 3, 5, 4), (5, 3, 0, 4)), (48, 50, 52, 55), 0.8, True
    ),
    "dark": Mood(
        (70, 84), MINOR, ((0, 5, 3, 4), (0, 3, 5, 6), (0, 6, 5, 4), (0, 5, 2, 6)), (45, 46, 48, 50), 0.35, False
    ),
    "epic": Mood(
        (84, 98), MINOR, ((0, 5, 2, 6), (0, 2, 5, 6), (0, 6, 5, 6), (5, 6, 0, 2)), (45, 48, 50), 0.65, True
    ),
    "lofi": Mood(
        (72, 84), DORIAN, ((1, 4, 0, 5), (0, 3, 1, 4), (3, 2, 1, 0), (0, 5, 1, 4)), (48, 50, 53), 0.45, True
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Band:
    """Who plays. `lead` and `comp` name instruments; `drums` a kit, or none."""

    pad: str
    comp: str
    lead: str
    bass: str
    drums: str | None
    sevenths: bool = False
    swing: float = 0.0


BANDS: dict[str, Band] = {
    "ambient": Band("warm", "bell", "soft", "sub", None),
    "piano": Band("warm", "piano", "piano", "sub", None),
    "cinematic": Band("strings", "pluck", "strings", "low", "timpani"),
    "lofi": Band("warm", "epiano", "soft", "round", "lofi", sevenths=True, swing=0.16),
    "electronic": Band("saw", "pluck", "saw", "round", "club"),
    "rock": Band("saw", "guitar", "guitar", "round", "kit"),
    "jazz": Band("warm", "epiano", "piano", "round", "brushes", sevenths=True, swing=0.2),
    "acoustic": Band("warm", "guitar", "guitar", "round", "brushes"),
    "classical": Band("strings", "piano", "strings", "low", None),
}

_GENRE_WORDS: tuple[tuple[str, str], ...] = (
    (r"lo-?fi|hip-?hop|chill|rap|로파이|힙합|칠|ローファイ|ヒップホップ|嘻哈", "lofi"),
    (r"jazz|swing|bossa|blues|재즈|블루스|보사노바|ジャズ|爵士", "jazz"),
    (r"rock|metal|punk|록|락|메탈|ロック|摇滚", "rock"),
    (r"acoustic|folk|country|guitar|어쿠스틱|포크|기타|통기타|アコースティック|民谣", "acoustic"),
    (r"classic|baroque|waltz|클래식|왈츠|クラシック|古典", "classical"),
    (r"cinema|orchestr|epic|trailer|film|시네마|오케스트라|영화|웅장|オーケストラ|映画|电影|史诗", "cinematic"),
    (r"piano|피아노|ピアノ|钢琴", "piano"),
    (r"edm|electro|techno|house|synth|dance|pop|trance|전자|일렉|댄스|팝|電子|ポップ|电子|流行", "electronic"),
    (r"ambient|drone|meditat|sleep|calm|앰비언트|명상|잔잔|アンビエント|氛围", "ambient"),
)  # fmt: skip
_MOOD_BANDS = {
    "calm": ("ambient", "piano"),
    "upbeat": ("electronic", "acoustic"),
    "dark": ("ambient", "cinematic"),
    "epic": ("cinematic",),
    "lofi": ("lofi",),
}


def choose_band(genre: str, mood: str, rng: random.Random) -> Band:
    """By the words of the genre; where they say nothing, by the mood."""
    for pattern, name in _GENRE_WORDS:
        if re.search(pattern, genre, re.IGNORECASE):
            return BANDS[name]
    return BANDS[rng.choice(_MOOD_BANDS.get(mood, ("ambient",)))]


def degree_to_midi(root: int, mode: tuple[int, ...], degree: int) -> int:
    """The MIDI note of a scale degree counted from 0, through as many octaves as it needs."""
    octave, step = divmod(degree, len(mode))
    return root + 12 * octave + mode[step]


def voiced_chord(
    root: int, mode: tuple[int, ...], degree: int, previous: tuple[int, ...], *, sevenths: bool
) -> tuple[int, ...]:
    """A chord on a degree, each voice as near as can be to the chord before."""
    steps = (0, 2, 4, 6) if sevenths else (0, 2, 4)
    notes = [degree_to_midi(root + 12, mode, degree + step) for step in steps]
    center = sum(previous) / len(previous) if previous else root + 18
    return tuple(sorted(_nearest_octave(note, center) for note in notes))


def _nearest_octave(note: int, center: float) -> int:
    return min((note + 12 * shift for shift in (-2, -1, 0, 1)), key=lambda n: abs(n - center))
