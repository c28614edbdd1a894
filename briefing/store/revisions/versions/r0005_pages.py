"""What the pages of articles gave, of which their feeds have excerpts: pages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table of the pages."""
    op.create_table(
        "pages",
        *(sa.Column(name, _KEY, nullable=False) for name in ("article", "url", "fuller")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "outcome", "note", "digest")),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_pages"),
    )
    op.create_index("ix_pages_url", "pages", ["url"])
    op.create_index("ix_pages_fuller", "pages", ["fuller"])
