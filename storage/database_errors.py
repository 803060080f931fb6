"""What databases say when something is wrong, as sentences that tell what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import TimeoutError as PoolTimeout

_ELSEWHERE = "or set AUTOSHORTS_DATA_DIR to another disk"
_SQLITE: Mapping[str, str] = {
    "SQLITE_FULL": f"the disk is full: free some space, {_ELSEWHERE}",
    "SQLITE_READONLY": f"it is read-only: make it writable, {_ELSEWHERE}",
    "SQLITE_PERM": f"permission denied: make it writable, {_ELSEWHERE}",
    "SQLITE_CANTOPEN": f"it cannot be opened: make the folder writable, {_ELSEWHERE}",
    "SQLITE_IOERR": f"the disk failed: look at the system's log, {_ELSEWHERE}",
    "SQLITE_BUSY": "another program holds it locked: end that program, then try again",
    "SQLITE_LOCKED": "another program holds it locked: end that program, then try again",
    "SQLITE_CORRUPT": "the file is damaged: put back a copy of it, or move it away",
    "SQLITE_NOTADB": "the file is no database: move it away",
}
_SETTING = "look at AUTOSHORTS_DATABASE"
# Until there is a connection, PostgreSQL's client gives no code, only words.
_NO_CONNECTION: Mapping[str, str] = {
    "password authentication failed": f"the user or the password is wrong: {_SETTING}",
    "no password supplied": f"the server wants a password: {_SETTING}",
    "no pg_hba.conf entry": f"the server lets this user or this machine not in: {_SETTING}",
    "does not exist": f"the database or the user does not exist: create it, or {_SETTING}",
    "failed to resolve host": f"no server of that name is known: {_SETTING}",
    "too many clients": "the server has too many connections: raise its max_connections",
}
_AWAY = "the database server does not answer: start it, or look at AUTOSHORTS_DATABASE"
_UNDONE = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
_POSTGRESQL: Mapping[type[psycopg.Error], str] = {
    psycopg.errors.DiskFull: "the server's disk is full: free some space there",
    psycopg.errors.ReadOnlySqlTransaction: f"the server only lets read: {_SETTING}",
    psycopg.errors.InsufficientPrivilege: f"the user has too few rights: grant them, or {_SETTING}",
    psycopg.errors.LockNotAvailable: "another program holds rows locked: end it, then try again",
    psycopg.errors.DeadlockDetected: "two programs waited for each other: try again",
    psycopg.errors.SerializationFailure: "another program was faster: try again",
    psycopg.errors.TooManyConnections: "the server has too many connections: raise its limit",
    psycopg.errors.UndefinedTable: "its tables are missing: start AutoShorts anew, it makes them",
}


def sentence(error: BaseException, url: URL) -> str:
    """What is wrong and what to do; without the password of `url`."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, psycopg.Error):
        return _without_password(_of_postgresql(error), url)
    if isinstance(error, PoolTimeout):
        return "too much is asked of it at once: try again in a moment"
    return _without_password(_first_line(error), url)


def is_worth_repeating(error: BaseException | None, *, asked: bool) -> bool:
    """Whether the transaction was undone and would pass now; `asked`: its commit was sent."""
    if isinstance(error, _UNDONE):
        return True
    return not asked and isinstance(error, psycopg.OperationalError) and _was_cut(error)


def is_away(error: BaseException | None) -> bool:
    """Whether it is a matter of time: nobody answers, or too many ask."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    passing = (*_UNDONE, psycopg.errors.TooManyConnections, PoolTimeout)
    if isinstance(error, passing) or "too many clients" in str(error):
        return True
    broken = (psycopg.OperationalError, psycopg.InterfaceError)
    return isinstance(error, broken) and _was_cut(error)


def _of_sqlite(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for known, text in _SQLITE.items():
        if name.startswith(known):
            return text
    return _first_line(error)


def _of_postgresql(error: psycopg.Error) -> str:
    for kind, text in _POSTGRESQL.items():
        if isinstance(error, kind):
            return text
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        said = str(error)
        return next((text for words, text in _NO_CONNECTION.items() if words in said), _AWAY)
    return _AWAY if _was_cut(error) else _first_line(error)


def _was_cut(error: psycopg.Error) -> bool:
    """Whether a connection that was there broke: no code, or the server said it ends (57P…)."""
    if error.sqlstate is None:
        return not any(words in str(error) for words in _NO_CONNECTION)
    return error.sqlstate.startswith(("57P", "08"))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _without_password(text: str, url: URL) -> str:
    return text.replace(url.password, "***") if url.password else text
