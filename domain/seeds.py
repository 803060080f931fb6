"""Seeds: one run seed repeats a whole video, and no two pictures share one by accident."""

from __future__ import annotations

import hashlib

CHARACTER_BASE = 1001
BACKGROUND_BASE = 2000
MUSIC_BASE = 3000
SOUND_BASE = 4000
SEED_LIMIT = 2**32


def character_seed(run_seed: int, char_id: str) -> int:
    """Base 1001 + the character's number, moved by the run's seed."""
    number = int(char_id.rpartition("_")[2])
    return _spread(CHARACTER_BASE + number, run_seed, char_id, 0)


def background_seed(run_seed: int, sequence: int, revision: int) -> int:
    """Base 2000 + the scene's position, moved by the run's seed and the revision."""
    return _spread(BACKGROUND_BASE + sequence, run_seed, f"scene_{sequence}", revision)


def look_seed(run_seed: int) -> int:
    """One for all pictures of a video: what makes them belong together."""
    return _spread(BACKGROUND_BASE, run_seed, "look", 0)


def music_seed(run_seed: int, revision: int) -> int:
    return _spread(MUSIC_BASE, run_seed, "music", revision)


def sound_seed(run_seed: int, tag: str) -> int:
    return _spread(SOUND_BASE, run_seed, tag, 0)


def _spread(base: int, run_seed: int, what: str, revision: int) -> int:
    digest = hashlib.sha256(f"{run_seed}/{what}/{revision}".encode()).digest()
    return (base + int.from_bytes(digest[:4])) % SEED_LIMIT
