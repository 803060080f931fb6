"""Keys and sessions: what opens, what does not, and what a wrong one costs."""

from __future__ import annotations

import time

import pytest
from pydantic import SecretStr

from gateway import sessions
from gateway.problems import Problem
from gateway.sessions import MAX_FAILURES, Keys, Patience
from gateway.settings import GatewaySettings


def _keys(key: str) -> Keys:
    return Keys(GatewaySettings(api_key=SecretStr(key)))


def test_a_session_ends_with_its_key_and_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    session = _keys("the-first-of-the-keys").new_session()
    assert _keys("the-first-of-the-keys").is_session(session)
    assert not _keys("the-second-of-the-keys").is_session(session)
    later = time.time() + sessions.SESSION_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert not _keys("the-first-of-the-keys").is_session(session)


@pytest.mark.parametrize(
    "forged", ["", ".", "..", "x.y.z", "9" * 500, "é.é", "\0", "1.2." + "a" * 64]
)
def test_a_forged_session_is_none(forged: str) -> None:
    assert not _keys("the-first-of-the-keys").is_session(forged)


def test_a_key_of_any_script_is_known_by_its_bytes() -> None:
    key = "열여섯 글자가 넘는 열쇠입니다 진짜로"
    assert _keys(key).is_key(key.encode())
    assert not _keys(key).is_key(key.encode()[:-1])


def test_wrong_keys_from_one_address_lock_out_no_other() -> None:
    patience = Patience()
    for n in range(MAX_FAILURES):
        patience.require(f"2001:db8::{n:x}")
        patience.note_failure(f"2001:db8::{n:x}")
    with pytest.raises(Problem) as refused:
        patience.require("2001:db8::ffff")
    assert refused.value.status == 429
    assert 0 < int((refused.value.headers or {})["Retry-After"]) <= 61
    patience.require("2001:db8:0:1::1")
    patience.require("192.0.2.1")


def test_no_more_addresses_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MAX_ADDRESSES", 3)
    patience = Patience()
    for n in range(9):
        patience.note_failure(f"192.0.2.{n}")
    assert len(patience._failures) == 3
