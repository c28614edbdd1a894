"""What is remembered between runs: articles, how sources fared, and the editions of earlier slots.

opening    open_store: find or make the database, bring it to this program's tables, or say why not
archive    Store: the questions that a run asks, one transaction each
ledger     Ledger: which editions were built, and which address has them
search     Search: the index of the archive's words, and questions to it; terms: what a word is there
sources    Sources: how sources were asked, what their documents held, and their history
retention  Retention: what is forgotten, and what never
pages      Pages: what the pages of articles gave, and which text stands in for which excerpt
tables     the tables of today; revisions/ holds the way there from an empty database
rows       an Article as a row and back, so that value and zone of every time come back equal
dialects   all that differs between SQLite and PostgreSQL
failures   what a database says, as a StoreError that says what to do
lock       one run at a time for a briefing
"""

from briefing.store.archive import Store
from briefing.store.lock import holder, lock
from briefing.store.opening import IN_MEMORY, existing, open_store, open_to_read, sqlite_url

__all__ = ["IN_MEMORY", "Store", "existing", "holder", "lock", "open_store", "open_to_read", "sqlite_url"]
