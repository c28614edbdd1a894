"""How sources are asked and what they held: visits, carried, attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of the sources."""
    op.create_table(
        "visits",
        sa.Column("address", _KEY, nullable=False),
        sa.Column("tried", sa.Text, nullable=False),
        sa.Column("answered", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("etag", "modified", "moved")),
        sa.Column("not_before", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_visits"),
    )
    op.create_table(
        "carried",
        *(sa.Column(name, _KEY, nullable=False) for name in ("source", "address")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reader", "digest", "articles", "misses")),
        sa.PrimaryKeyConstraint("source", "address", name="pk_carried"),
    )
    op.create_table(
        "attempts",
        sa.Column("source", _KEY, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "status")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("articles", "new")),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source", "at_us", name="pk_attempts"),
    )
