"""Settings of the planner that looks things up, and which edition has which language."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from providers.errors import InvalidProviderRequest
from providers.service import Address, ServiceSettings, read_settings

OFFICIAL = "https://{language}.wikipedia.org/w/api.php"
PLACE = "{language}"
# Where an edition's name is not its language's.
_EDITIONS = {"nb": "no", "fil": "tl", "cmn": "zh", "yue": "zh-yue", "iw": "he", "in": "id"}


def _template(value: str) -> str:
    if value.replace(PLACE, "").count("{"):
        raise ValueError(f"only {PLACE} may stand in braces, in {value!r}")
    return value


def _contact(value: str) -> str:
    if not value.isascii() or not value.isprintable() or set(value) & set("()"):
        raise ValueError("must be an address of a page or of mail, without brackets")
    return value.strip()


class WikipediaSettings(ServiceSettings):
    """Whether the net may be asked, and whom."""

    online: bool = Field(
        default=False, description="whether open sources on the net may be asked without a key"
    )
    wikipedia_url: Annotated[Address, AfterValidator(_template)] = Field(
        default=OFFICIAL, description="of the API; {language} is the edition, such as en"
    )
    wikipedia_contact: Annotated[str, AfterValidator(_contact)] | None = Field(
        default=None, description="whom Wikipedia can reach about these requests: a page or mail"
    )
    wikipedia_credit: Literal["card", "line"] = Field(
        default="card", description="where a film names the article: on its end card, or aloud"
    )

    @property
    def service(self) -> str:
        return "wikipedia"

    @property
    def places(self) -> int:
        """One request at a time is what Wikipedia asks of everybody."""
        return 1

    @property
    def configured_by(self) -> str | None:
        return f"no key needed: {self.sends}" if self.online else None

    @property
    def sends(self) -> str:
        return f"the words of a topic are sent to {self.host}, those of a script are not"

    @property
    def how(self) -> str:
        return "Wikipedia (AUTOSHORTS_ONLINE=1)"

    @property
    def lacks(self) -> str | None:
        if self.online:
            return None
        return "the net may not be asked: leave --offline out, or set AUTOSHORTS_ONLINE=1"

    @property
    def host(self) -> str:
        """Whom words are sent to, for people."""
        return urlsplit(self.wikipedia_url.replace(PLACE + ".", "")).netloc

    def url_of(self, language: str) -> str:
        """The API's address of a language's edition; `language` is a BCP 47 tag."""
        return self.wikipedia_url.replace(PLACE, edition_of(language))


def edition_of(language: str) -> str:
    """The edition that is written in a language."""
    primary = language.split("-")[0].lower()
    return _EDITIONS.get(primary, primary)


def variant_of(language: str) -> str | None:
    """The script that an edition in two scripts is to answer in."""
    parts = language.lower().split("-")
    if parts[0] != "zh":
        return None
    is_traditional = {"hant", "tw", "hk", "mo"} & set(parts[1:])
    return "zh-tw" if is_traditional else "zh-cn"


def is_set() -> bool:
    """Whether somebody said, one way or the other, if the net may be asked."""
    try:
        return "online" in read_settings(WikipediaSettings).model_fields_set
    except InvalidProviderRequest:
        # What is wrong is told by whoever uses it; it is not taken for a yes.
        return True
