"""Rules for every test: no network, no settings of the machine's user, and no silent skips where nothing may skip."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from command_line import Ran, Run

# Deterministic: the same examples on every run, and no deadline (the machine's load is no property of the code).
settings.register_profile(
    "duologue", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("duologue")

_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("DUOLOGUE_NO_SKIPS") and _skipped and exitstatus == 0:
        print("\nThese tests skipped where none may:", *_skipped, sep="\n  ")
        session.exitstatus = 1


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or writes the settings of whoever runs it (P3)."""
    monkeypatch.setenv("DUOLOGUE_CONFIG", str(tmp_path / "config.json"))
    monkeypatch.setenv("DUOLOGUE_HOME", str(tmp_path / "home"))
    yield


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """P3: nothing of ours opens a socket. The browser tests speak to their browser, and to nobody else."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    from pytest_socket import disable_socket, enable_socket

    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in this process."""
    from duologue.cli import main

    def _run(*args: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["duologue", *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        done = capfd.readouterr()
        return Ran(status, done.out, done.err)

    return _run
