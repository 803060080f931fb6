"""Every way in which OpenAI's SDK says that there is no answer, as an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import httpx2
import openai

from providers import http
from providers.errors import (
    InvalidProviderRequest,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
)
from providers.llm.manner import Refusal
from providers.llm.sdk_client import as_httpx, as_request
from providers.llm.stream import Silence
from providers.openai_api import explain


class Refused(Exception):
    """A request that the server will not take, and the error where nothing else can be tried."""

    def __init__(self, refusal: Refusal, error: InvalidProviderRequest) -> None:
        super().__init__(str(error))
        self.refusal = refusal
        self.error = error


@contextmanager
def sdk_failures(name: str, url: httpx2.URL, *, seconds: float) -> Iterator[None]:
    """Raise ours for whatever goes wrong inside with a server that is called `name`, which may be
    silent for `seconds`; `Refused` for what it will not take.
    """
    try:
        yield
    except openai.APIStatusError as exc:
        raise _by_status(name, as_httpx(exc.response)) from exc
    except (openai.APITimeoutError, TimeoutError, Silence) as exc:
        raise _silent(name, exc, seconds) from exc
    except openai.APIConnectionError as exc:
        raise _broken(name, url, exc.__cause__, seconds) from exc
    except (httpx2.TransportError, ValueError) as exc:
        raise _broken(name, url, exc, seconds) from exc
    except openai.APIError as exc:
        raise _inside(name, exc) from exc


def _by_status(name: str, response: httpx.Response) -> Exception:
    error = explain(response, name) or http.by_status(name, response)
    if isinstance(error, InvalidProviderRequest):
        return Refused(Refusal.of(response, http.said(response)), error)
    return error


def _inside(name: str, error: openai.APIError) -> ProviderError:
    """What a server says in the middle of its answer, or instead of one."""
    body = error.body if isinstance(error.body, dict) else {"message": str(error)}
    answer = httpx.Response(200, json={"error": body}, request=as_request(error.request))
    return explain(answer, name) or ProviderUnavailable(f"{name}: {error}")


def _silent(name: str, error: Exception, seconds: float) -> ProviderError:
    if isinstance(error.__cause__, httpx2.ConnectTimeout):
        return ProviderTimeout(f"{name} cannot be reached in time")
    return ProviderTimeout(
        f"{name} wrote nothing for {seconds:g} s (AUTOSHORTS_OPENAI_SECONDS)",
        may_have_charged=True,
    )


def _broken(
    name: str, url: httpx2.URL, cause: BaseException | None, seconds: float
) -> ProviderError:
    match cause:
        case ProviderError():
            return cause
        case httpx2.TimeoutException():
            return _silent(name, Silence(), seconds)
        case httpx2.UnsupportedProtocol():
            return InvalidProviderRequest(
                f"{name}: {str(url)!r} is no address: it must begin with http:// or https://"
            )
        case httpx2.ConnectError():
            where = f"{url.host}:{url.port or url.scheme}"
            return ProviderUnavailable(f"{name} cannot be reached at {where}")
    return ProviderUnavailable(
        f"{name} broke off its answer ({type(cause).__name__})", may_have_charged=True
    )
