"""The first tables of the records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()


def upgrade() -> None:
    _runs()
    _runs_indexes()
    _executions()
    _events()
    _assets()
    _film_assets()
    _calls()
    _settlements()
    _jobs()
    _leases()
    _pauses()
    _uploads()
    _idempotency_keys()
    _workers()
    _ended_sessions()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("execution_id", NAME),
        sa.Column("first_execution_id", NAME),
        sa.Column("state", NAME, nullable=False),
        sa.Column("outcome", NAME),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column(
            "prompt", sa.Text(), comment="its first letters, for lists; all of it is in `spec`"
        ),
        sa.Column("duration_ms", sa.BigInteger()),
        sa.Column("cost_usd", sa.Float(), nullable=False),
        sa.Column("has_video", sa.Boolean(), nullable=False),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("is_stopping", sa.Boolean(), nullable=False),
        sa.Column("owner", NAME),
        sa.Column("retry_of", NAME),
        sa.Column("folder", NAME, nullable=False),
        sa.Column("folder_folded", NAME, nullable=False, comment="`folder` where case is ignored"),
        sa.Column("spec", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
        sa.UniqueConstraint("folder_folded", name=op.f("uq_runs_folder_folded")),
    )


def _runs_indexes() -> None:
    op.create_index(op.f("ix_runs_created_at_run_id"), "runs", ["created_at", "run_id"])
    op.create_index(op.f("ix_runs_outcome_created_at"), "runs", ["outcome", "created_at"])
    op.create_index(op.f("ix_runs_owner_outcome"), "runs", ["owner", "outcome"])
    op.create_index(
        op.f("ix_runs_state_created_at_run_id"), "runs", ["state", "created_at", "run_id"]
    )


def _executions() -> None:
    op.create_table(
        "executions",
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "execution_id", name=op.f("pk_executions")),
        comment="every execution a run has had: one that was followed by another is heard no more",
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "seq", name=op.f("pk_events")),
    )


def _assets() -> None:
    op.create_table(
        "assets",
        sa.Column("kind", NAME, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("sha256", NAME, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_assets")),
    )
    op.create_index(op.f("ix_assets_key"), "assets", ["key"])
    op.create_index(op.f("ix_assets_sha256"), "assets", ["sha256"])


def _film_assets() -> None:
    op.create_table(
        "film_assets",
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("digest", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("sha256", NAME, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", "digest", name=op.f("pk_film_assets")),
    )
    op.create_index(op.f("ix_film_assets_kind_key"), "film_assets", ["kind", "key"])
    op.create_index(op.f("ix_film_assets_sha256"), "film_assets", ["sha256"])


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asset", NAME, nullable=False),
        sa.Column("provider", NAME, nullable=False),
        sa.Column("model", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=False, comment="estimated"),
        sa.Column("lease", NAME),
        sa.Column("owner", NAME, comment="of the lease"),
        sa.Column("fence", sa.BigInteger()),
        sa.Column("units", sa.Text(), nullable=False, comment="estimated"),
        sa.Column("price", sa.Text(), comment="per unit, when it was sent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("run_id", "key", "number", name=op.f("uq_calls_run_id_key_number")),
        comment="one row per call, written before it leaves; rows are never changed",
        sqlite_autoincrement=True,
    )


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("id", ID, nullable=False),
        sa.Column("call_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("outcome", NAME, nullable=False),
        sa.Column("cost_usd", sa.Float()),
        sa.Column("units", sa.Text()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_settlements_call_id_calls"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
        comment="what became of calls; a call's last row decides",
    )
    op.create_index(op.f("ix_settlements_call_id"), "settlements", ["call_id"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", ID, nullable=False),
        sa.Column("provider", NAME, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column(
            "is_over", sa.Boolean(), nullable=False, comment="this row says that the job has ended"
        ),
        sa.Column("call_id", ID, comment="of the call that began it, where it is known"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        comment="a row where a job begins and one where it ends; rows are never changed",
    )
    op.create_index(op.f("ix_jobs_call_id"), "jobs", ["call_id"])
    op.create_index(op.f("ix_jobs_provider_key"), "jobs", ["provider", "key"])


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", NAME, nullable=False),
        sa.Column("owner", NAME, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_index(op.f("ix_leases_expires_at"), "leases", ["expires_at"])


def _pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("service", NAME, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_pauses")),
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("name", NAME, nullable=False),
        sa.Column("sha256", NAME, nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", NAME, nullable=False),
        sa.Column("owner", NAME),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_owner_created_at"), "uploads", ["owner", "created_at"])
    op.create_index(op.f("ix_uploads_sha256"), "uploads", ["sha256"])


def _idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("key", NAME, nullable=False),
        sa.Column("digest", NAME, nullable=False),
        sa.Column("run_id", NAME, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"])
    op.create_index(op.f("ix_idempotency_keys_run_id"), "idempotency_keys", ["run_id"])


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("worker_id", NAME, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("queues", sa.Text(), nullable=False),
        sa.Column("capabilities", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_workers")),
    )


def _ended_sessions() -> None:
    op.create_table(
        "ended_sessions",
        sa.Column("session_id", NAME, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_ended_sessions")),
    )
    op.create_index(op.f("ix_ended_sessions_expires_at"), "ended_sessions", ["expires_at"])
