"""What `make` says before anything is bought: what it understood, who makes it, what would help."""

from __future__ import annotations

from collections.abc import Callable

from cli.errors import BAD_USAGE, CliError
from cli.settings import CliSettings
from domain.offers import Chosen
from domain.outlook import Maker, hints, makers, who_speaks
from domain.reading.described import described
from domain.reading.model import Reading, Unreadable
from domain.reading.of_spec import read_spec
from domain.run import RunSpec
from domain.voices import Voice
from providers.errors import ProviderError

MOST_HINTS = 2


def understood(spec: RunSpec) -> Reading:
    """Raises `CliError` where no film can be made of the prompt."""
    try:
        return read_spec(spec)
    except Unreadable as exc:
        raise CliError(f"the prompt {exc}", BAD_USAGE) from exc


def say_reading(reading: Reading, say: Callable[[str], None]) -> None:
    """How the prompt is understood."""
    say(f"understood: {described(reading)}")


def say_makers(
    settings: CliSettings, spec: RunSpec, reading: Reading, say: Callable[[str], None]
) -> None:
    """Who makes the film, for how much; what leaves for it; what would make it better.

    Raises `CliError` where a provider cannot be used.
    """
    from providers.registry import ProviderRegistry

    registry = ProviderRegistry(settings.providers)
    try:
        chosen = registry.choose(spec.providers)
        usd = registry.estimate(chosen.providers)
        voice = registry.embedded_voice(spec.providers.voice)
    except ProviderError as exc:
        raise CliError(str(exc), BAD_USAGE) from exc
    tag = reading.language
    casts = {tag.lower(): voice.cast(tag)} if voice else {}
    made_by = makers(
        chosen.by_role, who_speaks(reading, spec, voice.voices if voice else (), casts)
    )
    say(f"{_who(made_by, reading)}: {_cost(usd, settings, spec)}")
    _say_what_leaves(chosen, say)
    better = [hint.text for hint in hints(reading, made_by, registry.offers())[:MOST_HINTS]]
    if better:
        say(f"better: {'; '.join(better)}")


def _who(made_by: tuple[Maker, ...], reading: Reading) -> str:
    """`plan by rules, pictures by painter, music by synth, voice by Heart (hibari)`"""
    by = {maker.role: maker for maker in made_by}
    kept = " (your words stay)" if reading.is_script else ""
    voices = by["voice"].voices
    said = " and ".join(map(_voice, voices)) or by["voice"].name
    return (
        f"plan by {by['planner'].name}{kept}, pictures by {by['images'].name}, "
        f"music by {by['music'].name}, voice{'s' if len(voices) > 1 else ''} by {said}"
    )


def _voice(voice: Voice) -> str:
    """`Heart (hibari)`; `Gongitsune (kokoro, Japanese accent)`"""
    if voice.name.lower().startswith(voice.engine):
        return voice.name
    accent = f", {voice.accent} accent" if voice.accent else ""
    return f"{voice.name} ({voice.engine}{accent})"


def _cost(usd: float, settings: CliSettings, spec: RunSpec) -> str:
    limit = spec.max_cost_usd if spec.max_cost_usd is not None else settings.max_cost_usd
    cost = f"about ${usd:.3f}" if usd else "free"
    return cost if limit is None else f"{cost}, at most ${limit:.2f}"


def _say_what_leaves(chosen: Chosen, say: Callable[[str], None]) -> None:
    for offer in chosen.by_role.values():
        if offer.sends:
            say(f"{offer.name}: {offer.sends}; with --offline nothing is")
