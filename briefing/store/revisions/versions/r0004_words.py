"""The index of the archive's words: sought, and words in the form of each database; used by article.

What is stored already is indexed behind the last revision, by `opening`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables of the index."""
    op.create_table(
        "sought",
        sa.Column("number", _NUMBER, nullable=False, autoincrement=True),
        sa.Column("article", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_sought"),
    )
    op.create_index("ix_sought_article", "sought", ["article"], unique=True)
    op.create_index("ix_used_article", "used", ["article"])
    if op.get_context().dialect.name == "sqlite":
        # Of all characters beyond ASCII "ascii" makes words; places are needed, counts of words are not.
        op.execute("CREATE VIRTUAL TABLE words USING fts5(stems, tokenize = 'ascii', columnsize = 0)")
    else:
        op.create_table(
            "words",
            sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
            sa.Column("stems", sa.dialects.postgresql.TSVECTOR, nullable=False),
            sa.PrimaryKeyConstraint("number", name="pk_words"),
        )
        op.create_index("ix_words_stems", "words", ["stems"], postgresql_using="gin")
