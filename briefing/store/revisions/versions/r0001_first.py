"""The first tables: articles, outcomes, editions, used."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table in an empty database."""
    _make_articles()
    _make_outcomes()
    _make_editions()


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("source", _KEY, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "text", "outlet", "kind")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("url", "author")),
        sa.Column("published", sa.Text),
        sa.Column("published_us", sa.BigInteger),
        sa.Column("day_only", sa.Boolean, nullable=False),
        sa.Column("updated", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("first_slot", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", "source", name="pk_articles"),
    )
    op.create_index("ix_articles_source_published_us", "articles", ["source", "published_us"])


def _make_outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("name", _KEY, nullable=False),
        sa.Column("address", _KEY, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("articles", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("misses", sa.Text, nullable=False),
        sa.Column("carried", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", "address", name="pk_outcomes"),
    )


def _make_editions() -> None:
    op.create_table(
        "editions",
        sa.Column("briefing", _KEY, nullable=False),
        sa.Column("slot", _KEY, nullable=False),
        sa.Column("edition", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("briefing", "slot", name="pk_editions"),
    )
    op.create_table(
        "used",
        sa.Column("briefing", _KEY, nullable=False),
        sa.Column("slot", _KEY, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("article", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("briefing", "slot", "position", name="pk_used"),
    )
