"""What an object store's refusals mean, in a sentence: whose they are and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

from storage.errors import MissingArtifact, StorageAway, StorageError

MAX_REASON_CHARACTERS = 200
_KEYS = {
    "s3": "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS",
    "az": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
_ENDPOINT = {
    "s3": "AWS_ENDPOINT_URL",
    "gs": "GOOGLE_BASE_URL",
    "az": "AZURE_STORAGE_ENDPOINT",
}
_NO_BUCKET = "NoSuchBucket"
# Where the cloud's own machines ask for keys: nobody answers elsewhere.
_KEY_SERVERS = ("169.254.169.254", "169.254.170.2", "metadata.google.internal", "metadata/identity")


@contextmanager
def explained_bucket(action: str, url: str, sha256: str | None = None) -> Iterator[None]:
    """Turn an object store's error into `StorageError`, "not found" of a blob into its own.

    Without a hash it is the bucket that was not found.
    """
    try:
        yield
    except FileNotFoundError as exc:
        if sha256 is None or _NO_BUCKET in str(exc):
            raise _no_bucket(action, url) from None
        raise MissingArtifact(
            f"blob {sha256[:12]}… is gone from {url}: start the run again to make it anew"
        ) from None
    except BaseError as exc:
        if _NO_BUCKET in str(exc):
            raise _no_bucket(action, url) from None
        # The cause is left out: it holds requests, and what is signed in them.
        refused = isinstance(exc, PermissionDeniedError | UnauthenticatedError)
        kind = StorageError if refused else StorageAway
        raise kind(f"cannot {action} {url}: {_told(exc, url)}") from None


def _no_bucket(action: str, url: str) -> StorageError:
    return StorageError(
        f"cannot {action} {url}: there is no such bucket; make it, or set AUTOSHORTS_STORE"
    )


def _told(exc: BaseError, url: str) -> str:
    scheme, text = urlsplit(url).scheme, str(exc)
    keys, endpoint = _KEYS.get(scheme, "its keys"), _ENDPOINT.get(scheme, "its endpoint")
    if any(server in text for server in _KEY_SERVERS) or "must be specified" in text:
        return f"no keys for it are set: set {keys}"
    if isinstance(exc, PermissionDeniedError | UnauthenticatedError):
        return f"it refuses the keys ({_reason(text)}): check {keys}"
    if "error sending request" in text or "HTTP error" in text:
        return f"it does not answer: check the network and {endpoint}"
    return f"{_reason(text)}; check AUTOSHORTS_STORE, {keys}"


def _reason(text: str) -> str:
    """The service's own words without the requests and signatures around them."""
    code = re.search(r"<Code>([^<]*)</Code>", text)
    message = re.search(r"<Message>([^<]*)</Message>", text)
    if code:
        return f"{code[1]}: {message[1]}" if message else code[1]
    line = text.partition("Debug source")[0].strip().partition("\n")[0]
    line = re.sub(r"(https?://[^\s?]*)\?\S*", r"\1", line)
    return line[:MAX_REASON_CHARACTERS]
