"""Where a script's claims are from: a page as it stood, and what credits it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from domain.model import Frozen

CREDITS = "credits.txt"


class Source(Frozen):
    """One page that claims were taken from, at one revision."""

    title: str
    site: str = Field(description="its host, such as en.wikipedia.org")
    language: str = Field(description="BCP 47 tag of the page")
    revision: int = Field(ge=0, description="the page's own number of it")
    revised_at: str = Field(default="", description="when it was written, ISO 8601")
    url: str = Field(description="of that very revision")
    licence: str
    licence_url: str
    text: str = Field(
        default="", description="what was read of it; kept with the plot, nowhere else"
    )

    @property
    def named(self) -> Source:
        """The same without its text: enough to credit it."""
        return self.model_copy(update={"text": ""})


def credits_text(sources: Iterable[Source]) -> str:
    """`credits.txt`: what a film's words were adapted from, under which licence."""
    return "\n".join(_credit(source) for source in sources)


def _credit(source: Source) -> str:
    revised = f", as of {source.revised_at}" if source.revised_at else ""
    return (
        f"The words of this film are adapted from \u201c{source.title}\u201d ({source.site}), "
        f"revision {source.revision}{revised}, by its contributors.\n"
        f"{source.url}\n"
        "Changed: sentences were chosen, put in order and shortened.\n"
        f"Licence of the text, and of the words adapted from it: {source.licence}\n"
        f"{source.licence_url}\n"
    )
