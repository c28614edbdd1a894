"""The way from an empty database to the tables of today: Alembic's script folder.

`briefing.store.opening` runs it on every open. One file in versions/ is one step; a released step
is never edited, since databases out there have taken it.
"""
