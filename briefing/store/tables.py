"""The tables of today. A change here needs a revision beside it: a test compares the two.

Text that is compared or ordered is compared by code point on every database: SQLite does so by
itself, PostgreSQL is told to (collation "C"), or slots would sort by the rules of a language there.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData(
    # Named constraints can be changed by later revisions; nameless ones cannot be found again.
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"}
)

Key = Text().with_variant(Text(collation="C"), "postgresql")

# One row for each source that carried an article: a newspaper's two feeds may state other times.
articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source", Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("published", Text),  # as the source gave it: 2026-11-23T06:00:00+02:00[Europe/Kyiv]
    Column("published_us", BigInteger),  # the same moment in microseconds since 1970 UTC, for windows
    Column("day_only", Boolean, nullable=False),
    Column("updated", Text),
    Column("language", Text, nullable=False),
    Column("notes", Text, nullable=False),  # JSON list of strings
    Column("first_slot", Key, nullable=False),
    Index(None, "source", "published_us"),
)

# The number of each article in the index of the archive's words; the index itself is no common SQL: dialects.
sought = Table(
    "sought",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("article", Key, nullable=False),
    Index(None, "article", unique=True),
)

# The last fetch of each source.
outcomes = Table(
    "outcomes",
    metadata,
    Column("name", Key, primary_key=True),
    Column("address", Key, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("misses", Text, nullable=False),  # JSON list of [source, address, reason]
    Column("carried", Text, nullable=False),  # JSON list of the ids of the articles it carried
)

# The last request for each address on the network: model.Visit. Times are text as in `articles`.
visits = Table(
    "visits",
    metadata,
    Column("address", Key, primary_key=True),
    Column("tried", Text, nullable=False),
    Column("answered", Text),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("moved", Text, nullable=False),
    Column("not_before", Text),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
)

# What each document held when it was last read: model.Carried.
carried = Table(
    "carried",
    metadata,
    Column("source", Key, primary_key=True),
    Column("address", Key, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("articles", Text, nullable=False),  # JSON list of ids
    Column("misses", Text, nullable=False),  # JSON list of [source, address, reason]
)

# Every fetch of every source, for as long as its habits are of interest: model.Attempt.
attempts = Table(
    "attempts",
    metadata,
    Column("source", Key, primary_key=True),
    Column("at_us", BigInteger, primary_key=True, autoincrement=False),  # since 1970 UTC, for windows
    Column("at", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("error", Text, nullable=False),
)

# What the page of an article gave, of which its feed has an excerpt: model.FullText.
pages = Table(
    "pages",
    metadata,
    Column("article", Key, primary_key=True),
    Column("url", Key, nullable=False),
    Column("at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("fuller", Key, nullable=False),
    Column("tries", Integer, nullable=False),
    Index(None, "url"),
    Index(None, "fuller"),
)

editions = Table(
    "editions",
    metadata,
    Column("briefing", Key, primary_key=True),
    Column("slot", Key, primary_key=True),
    Column("edition", LargeBinary, nullable=False),  # edition.json, byte for byte
)

# Which articles an edition used, in its own order.
used = Table(
    "used",
    metadata,
    Column("briefing", Key, primary_key=True),
    Column("slot", Key, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("article", Key, nullable=False),
    Index(None, "article"),
)

# The ledger: what became of each edition that was due. Times are text as in `articles`.
issues = Table(
    "issues",
    metadata,
    Column("briefing", Key, primary_key=True),
    Column("date", Key, primary_key=True),  # local, ISO 8601
    Column("edition", Key, primary_key=True),  # the name of the rule; "" where there is one a day
    Column("slot", Key, nullable=False),
    Column("due", Text, nullable=False),
    Column("built", Text),
    Column("late", Text),
    Column("delivered", Text),
    Column("tries", Integer, nullable=False),  # builds that failed
    Column("next_try", Text),
    Column("error", Text, nullable=False),
    Column("missed", Boolean, nullable=False),
)

# What became of each edition on its way to each address.
deliveries = Table(
    "deliveries",
    metadata,
    Column("briefing", Key, primary_key=True),
    Column("slot", Key, primary_key=True),
    Column("channel", Key, primary_key=True),
    Column("address", Key, primary_key=True),
    Column("state", Text, nullable=False),  # sending, sent, later, refused
    Column("detail", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Column("next_try", Text),
)

# When something that repeats was last done, such as fetching.
marks = Table(
    "marks",
    metadata,
    Column("briefing", Key, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("at", Text, nullable=False),
)
