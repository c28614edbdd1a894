"""One target under atheris, in a process of its own: libFuzzer ends the process that it runs in.

python -m fuzzing.child TARGET [libFuzzer's options and folders]
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import Any

SLOWEST = 2  # seconds of the processor for one document: the bound that script/bench holds real ones to


def main() -> None:
    """Instrument the reader and what it reads with, then feed it until libFuzzer has had enough."""
    atheris: Any = import_module("atheris")  # publishes no types, and has no wheel for every system
    name = sys.argv[1]
    from fuzzing.targets import TARGETS, caller, seeds  # names no reader before the hook is in place

    with atheris.instrument_imports(include=["briefing.read", *TARGETS[name].libraries]):
        for library in TARGETS[name].libraries:
            import_module(library)
        call = caller(name)
        import_module("briefing.read.when")

    def one(data: bytes) -> None:
        start = time.process_time()  # the machine may be busy with something else
        call(data)
        if time.process_time() - start > SLOWEST:
            raise TimeoutError(f"one document took more than {SLOWEST} s")

    for content in seeds(name):  # libraries and languages are loaded before any document is timed
        call(content)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
