"""Coverage-guided fuzzing of briefing.read: documents that nobody would write, and what they must not do.

    promise    what reading promises of any bytes whatever
    targets    the readers, and how bytes become a document for each
    child      one target in a process of its own, under atheris
    __main__   the command: every target in turn, a table, an exit code

Property tests (tests/read/test_fuzz.py) hold the same promise over documents that are almost right.
"""
