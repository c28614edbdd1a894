"""The ledger: issues, deliveries, marks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of the ledger."""
    op.create_table(
        "issues",
        *(sa.Column(name, _KEY, nullable=False) for name in ("briefing", "date", "edition", "slot")),
        sa.Column("due", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("built", "late", "delivered")),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Text),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("missed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("briefing", "date", "edition", name="pk_issues"),
    )
    op.create_table(
        "deliveries",
        *(sa.Column(name, _KEY, nullable=False) for name in ("briefing", "slot", "channel", "address")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "detail")),
        sa.Column("tries", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("first", "last")),
        sa.Column("next_try", sa.Text),
        sa.PrimaryKeyConstraint("briefing", "slot", "channel", "address", name="pk_deliveries"),
    )
    op.create_table(
        "marks",
        *(sa.Column(name, _KEY, nullable=False) for name in ("briefing", "name")),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("briefing", "name", name="pk_marks"),
    )
