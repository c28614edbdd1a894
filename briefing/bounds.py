"""What a source, a server or a file may cost at most: every bound against hostile input, in one place.

Requirement: whatever comes in ends in bounded time and memory, with an article that is cut and says so, or
with a Miss that says why. A bound is set well above what honest sources were seen to need and well below
what hurts; docs/operations.md, Security, tells the chief ones. What depends on the
machine or on taste is an option of feeds.yaml instead (`network:`); what is a method's parameter stays with
its method.

The rule for every reader: linear in what it is given, or refused before the part that is not.
"""

from __future__ import annotations

from typing import Final

# --- an answer over the network (fetch)
CONNECT_SECONDS: Final = 10.0  # until a connection stands: beyond, nobody is there
READ_SECONDS: Final = 20.0  # between two pieces of an answer; a whole request: `network: request:`
MAX_ANSWER: Final = 10_000_000  # bytes, decompressed: the largest feeds of agencies have two million
MAX_ROBOTS: Final = 512_000  # bytes of robots.txt: RFC 9309, section 2.5, asks for 500 KiB at least
MAX_REDIRECTS: Final = 5  # hops; browsers follow 20, honest chains have two or three

# --- a file (fetch): a parser holds a document in memory several times over, lines of text are held once
MAX_FILE: Final = 20_000_000  # bytes of .html, .xml, .json, .eml
MAX_TEXT_FILE: Final = 100_000_000  # bytes of .txt, .md, .jsonl; a text that is too long is cut

# --- a page that is watched (fetch)
MAX_LINKS: Final = 10_000  # tags of links that are looked at; the largest front pages have 2,000
MAX_WATCHED: Final = 300  # links of a listing that fit
MAX_WATCHED_ANEW: Final = 30  # of them, pages a run that are not at hand: half a minute at one server

# --- a mailbox (fetch)
MAX_MAIL: Final = 10_000_000  # bytes of one mail: many servers take no larger one
MAX_MAILS: Final = 200  # the newest of a mailbox; two weeks of a dozen newsletters a day
MAX_MBOX_END: Final = 50_000_000  # bytes at the end of an mbox, where the newest mails are
MAX_POST: Final = 1_000  # mails of a source, of all the mailboxes in its folder
MAX_POST_SIZE: Final = 100_000_000  # bytes of them, in files
IMAP_SECONDS: Final = 120.0  # from the connection to the last mail
MAX_IMAP: Final = 150_000_000  # bytes that a server says: the largest mails, and what is said of them
MAX_IMAP_LINES: Final = 20_000  # lines of it; 200 mails need some 1,000

# --- the pages of articles of which a feed has an excerpt (pipeline)
MAX_SOURCE_PAGES: Final = 60  # of one source in a run: a busy agency has as many reports in two hours
MAX_ALL_PAGES: Final = 400  # of a run: at a second each seven minutes, if one host had all of them
MAX_TRIES: Final = 5  # of a page that fails: with backoff, most of a night

# --- a document (read)
MAX_ENTRIES: Final = 2_000  # of one document: a month of a large agency; an archive is not the night's news
MAX_ROWS: Final = (
    20_000  # articles of one .json or .jsonl file: an archive of the reader's own, five busy weeks
)
MAX_OBJECTS: Final = 500_000  # objects and lists of a .json: each takes 200 bytes, however short it is
MAX_AUTHORS: Final = 50  # of an entry; what is kept of their names is shorter
MAX_OPEN_TAGS: Final = 2_000  # never closed; feedparser is quadratic in them
# Parsers are quadratic in the attributes of a tag. Of 3,176 pages and feeds the most crowded came to 500: a
# script, in which "<" means "less than".
MAX_ATTRIBUTES: Final = 1_000
MAX_CROWD: Final = 10_000  # attributes of all long tags together
MAX_MARKUP: Final = 150_000  # tags and entities of a feed, a page or a text; the fullest seen has 18,000
MAX_LINES: Final = 1_000_000  # of a feed; the longest seen has 30,000
MAX_PAGE_MARKUP: Final = 40_000  # of a page: to find the article takes five times as long as to parse it
MAX_INLINE: Final = 10_000  # tags of a page between two of blocks; finding is quadratic in them
MAX_PAGE: Final = 4_000_000  # characters of a web page; the largest seen has 400,000
MAX_LINKED_DATA: Final = 500_000  # characters of one JSON-LD block
MAX_TIMES: Final = 20  # <time> elements looked at: an article's own stand near its top
MAX_FRONT: Final = 10_000  # characters of front matter; it is a few lines
MAX_FRONT_BRACKETS: Final = 50  # of nested YAML; front matter has none, and thousands take seconds
# Python-Markdown is quadratic in the marks, and in the lines, of one block; prose has few, so a text with
# more is read as plain text.
MAX_MARKS: Final = 1_000
MAX_MARKS_SQUARED: Final = 5_000_000  # summed up over the blocks of a text

MAX_MAIL_PARTS: Final = 200  # boundaries that a mail names; parsing takes their number times its lines
MAX_DELIMITERS: Final = 10_000  # lines that begin with "--": boundaries, and rules of plain texts
MAX_HEADER: Final = 1_000_000  # bytes of a mail's header; servers refuse a tenth of it
MAX_MAIL_TEXT: Final = 1_000_000  # characters of a part of one, markup and all; newsletters have 100,000
MAX_MAILS_IN_MAILS: Final = 3  # levels
MAX_FIELD: Final = 10_000  # characters of a mail's header field; a mail to hundreds has more in "To"

# --- a list of feeds (config: OPML)
MAX_LIST: Final = 5_000_000  # bytes: some 20,000 feeds, twice what a feeds.yaml may hold
MAX_FOLDERS: Final = 64  # folders in folders: beyond that the file is broken or an attack

# --- an article (read)
MAX_CHARACTERS: Final = 200_000  # of one text: a long report; more is a dump
MAX_RAW: Final = 1_000_000  # of one before it is in normal form, without its tags: what is cut away costs too
MAX_RAW_LINE: Final = 20_000  # of a title or name, tags and all
MAX_MARKS_ON_A_LETTER: Final = 30  # Unicode's Stream-Safe Text Format (UAX 15, section 13)
MAX_TITLE: Final = 500  # characters; longer "titles" are whole posts
MAX_NAME: Final = 200  # characters of an outlet or author
MAX_ADDRESS: Final = 2_000  # characters: the customary limit of browsers and proxies
MAX_DATE: Final = 100  # characters; no date is longer, and the patterns stay quick
MAX_QUOTED: Final = 40  # characters of a date that is told in a note

# --- the PDF (render): set by a process of its own; 134 pages were measured at 6 s and 200 MB
PDF_SECONDS: Final = 120  # of the processor; of the clock three times as many
PDF_MEMORY: Final = 2_000_000_000  # bytes of addresses, of which a page like ours uses a tenth
PDF_PAGES: Final = 500

# --- who is told (send)
MAX_TALK: Final = 10_000_000  # bytes that a mail server says on one connection
MAX_WORDS: Final = 300  # characters of its answer that are repeated: some bring a page of their policy
