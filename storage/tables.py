"""The tables of the records: every column of every row that AutoShorts keeps.

Values that nobody filters by are JSON documents in `Text`; moments are microseconds since 1970
(`Moment`), so that SQLite and PostgreSQL sort and compare them alike. Columns that lists read
stand before the documents: SQLite reads a row from its front.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as whole microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Raises ValueError for a time that does not say its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: records keep UTC")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


# Names sort by code point on both, as Python sorts them: cursors and merges depend on it.
Name = Text().with_variant(Text(collation="C"), "postgresql")
# SQLite counts up only what it calls INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Name, primary_key=True),
    Column("execution_id", Name),
    Column("first_execution_id", Name),
    Column("state", Name, nullable=False),
    Column("outcome", Name),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("title", Text),
    Column("prompt", Text, comment="its first letters, for lists; all of it is in `spec`"),
    Column("duration_ms", BigInteger),
    Column("cost_usd", Float, nullable=False),
    Column("has_video", Boolean, nullable=False),
    Column("has_thumbnail", Boolean, nullable=False),
    Column("is_stopping", Boolean, nullable=False),
    Column("owner", Name),
    Column("retry_of", Name),
    Column("folder", Name, nullable=False),
    Column("folder_folded", Name, nullable=False, comment="`folder` where case is ignored"),
    Column("spec", Text),
    Column("status", Text),
    UniqueConstraint("folder_folded"),
    Index(None, "created_at", "run_id"),
    Index(None, "state", "created_at", "run_id"),
    Index(None, "owner", "outcome"),
    Index(None, "outcome", "created_at"),
)

executions = Table(
    "executions",
    metadata,
    Column("run_id", Name, nullable=False),
    Column("execution_id", Name, nullable=False),
    PrimaryKeyConstraint("run_id", "execution_id"),
    comment="every execution a run has had: one that was followed by another is heard no more",
)

events = Table(
    "events",
    metadata,
    Column("run_id", Name, nullable=False),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    Column("execution_id", Name, nullable=False),
    Column("document", Text, nullable=False),
    PrimaryKeyConstraint("run_id", "seq"),
)

assets = Table(
    "assets",
    metadata,
    Column("kind", Name, nullable=False),
    Column("key", Name, nullable=False),
    Column("sha256", Name, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
    Index(None, "key"),
    Index(None, "sha256"),
)

film_assets = Table(
    "film_assets",
    metadata,
    Column("run_id", Name, nullable=False),
    Column("name", Name, nullable=False),
    Column("digest", Name, nullable=False),
    Column("kind", Name, nullable=False),
    Column("key", Name, nullable=False),
    Column("sha256", Name, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
    PrimaryKeyConstraint("run_id", "name", "digest"),
    Index(None, "sha256"),
    Index(None, "kind", "key"),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("run_id", Name, nullable=False),
    Column("key", Name, nullable=False),
    Column("number", Integer, nullable=False),
    Column("asset", Name, nullable=False),
    Column("provider", Name, nullable=False),
    Column("model", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Column("cost_usd", Float, nullable=False, comment="estimated"),
    Column("lease", Name),
    Column("owner", Name, comment="of the lease"),
    Column("fence", BigInteger),
    Column("units", Text, nullable=False, comment="estimated"),
    Column("price", Text, comment="per unit, when it was sent"),
    UniqueConstraint("run_id", "key", "number"),
    comment="one row per call, written before it leaves; rows are never changed",
    # A late word on a call of a run that was deleted must not meet another call of that number.
    sqlite_autoincrement=True,
)

settlements = Table(
    "settlements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Name, nullable=False),
    Column("cost_usd", Float),
    Column("units", Text),
    Column("message", Text, nullable=False),
    Index(None, "call_id"),
    comment="what became of calls; a call's last row decides",
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("provider", Name, nullable=False),
    Column("key", Name, nullable=False),
    Column("job", Text, nullable=False),
    Column("is_over", Boolean, nullable=False, comment="this row says that the job has ended"),
    Column("call_id", Id, comment="of the call that began it, where it is known"),
    Column("at", Moment, nullable=False),
    Index(None, "provider", "key"),
    Index(None, "call_id"),
    comment="a row where a job begins and one where it ends; rows are never changed",
)

leases = Table(
    "leases",
    metadata,
    Column("name", Name, primary_key=True),
    Column("owner", Name, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "expires_at"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("service", Name, primary_key=True),
    Column("until", Moment, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("name", Name, primary_key=True),
    Column("sha256", Name, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("media_type", Name, nullable=False),
    Column("owner", Name),
    Column("created_at", Moment, nullable=False),
    Index(None, "owner", "created_at"),
    Index(None, "sha256"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key", Name, primary_key=True),
    Column("digest", Name, nullable=False),
    Column("run_id", Name, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "run_id"),
    Index(None, "created_at"),
)

workers = Table(
    "workers",
    metadata,
    Column("worker_id", Name, primary_key=True),
    Column("reported_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("queues", Text, nullable=False),
    Column("capabilities", Text, nullable=False),
)

ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("session_id", Name, primary_key=True),
    Column("expires_at", Moment, nullable=False),
    Index(None, "expires_at"),
)
