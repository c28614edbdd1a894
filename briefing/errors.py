"""Every error that the program raises on purpose.

    BriefingError             something was asked that cannot be done     exit 1
    |-- ConfigError           feeds.yaml or the command line is wrong     exit 2
    |-- TemplateError         a page template is wrong or missing         exit 2
    |-- NoEdition             not one source answered                     exit 1
    |-- StoreError            the store cannot be read or written         exit 1
    |-- VerifyError           a statement is not where it says            exit 1
    |-- NotDelivered          the edition has not reached everyone        exit 5
    `-- Locked                another run is building this briefing       exit 4

A failure of one source, page or file is no error but a value (`model.Miss`): it travels with the
data and is printed in the edition. Errors become exits in one place, `cli.main`.
"""


class BriefingError(Exception):
    """The root. The message says what, where and what to do; `exit_code` is the process's."""

    exit_code = 1


class ConfigError(BriefingError):
    """feeds.yaml or the command line asks for something that does not exist."""

    exit_code = 2


class TemplateError(BriefingError):
    """A page template cannot be found, parsed or filled."""

    exit_code = 2


class NoEdition(BriefingError):
    """Every source failed: there is nothing that an edition could say."""


class StoreError(BriefingError):
    """The store is unreadable, newer than this program, or cannot be written."""


class VerifyError(BriefingError):
    """A statement's text does not stand in its article at its offsets."""


class Locked(BriefingError):
    """Another run holds the lock of this briefing."""

    exit_code = 4


class NotDelivered(BriefingError):
    """An edition was written, but somebody who should have it has not."""

    exit_code = 5
