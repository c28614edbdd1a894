"""What every test may use: the evaluation data beside the checkout, and a network that is shut."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session")
def shared() -> Path:
    """../shared; skipped where it is absent, but on CI it must be there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is missing, and on CI it must be there")
        pytest.skip("needs ../shared, which is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only servers on loopback may be asked."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test asked the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
