"""A run's prompt, read before anything is asked of anybody."""

from __future__ import annotations

from domain.layout import MAX_FILM_SECONDS
from domain.reading.length import spoken_ms
from domain.reading.model import Reading, Unreadable
from domain.reading.prompt import read_prompt
from domain.run import RunSpec


def read_spec(spec: RunSpec) -> Reading:
    """The prompt of a spec. Raises `Unreadable` where no film can be made of it: nothing is said
    in it, or more than a film may hold."""
    reading = read_prompt(
        spec.prompt,
        mode=spec.mode,
        characters=spec.num_characters,
        language=spec.language,
        locale=spec.locale,
    )
    if reading.is_script:
        seconds = sum(spoken_ms(thought.text) for thought in reading.thoughts) / 1000
        if seconds > MAX_FILM_SECONDS:
            raise Unreadable(
                f"is a script that takes about {seconds / 60:.0f} minutes to say, and a film may "
                f"last {MAX_FILM_SECONDS / 60:.0f}: make several of it"
            )
    return reading
