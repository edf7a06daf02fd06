"""The package as a whole: version, weight, privacy."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import duologue
from duologue.version import VERSION
from support import ROOT


def test_the_version_is_the_literal_in_pyproject() -> None:
    """One version, said in two places that cannot drift apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION == duologue.__version__


def test_three_lines_are_enough() -> None:
    """The three-line library of the README."""
    conversation = duologue.read(ROOT / "examples" / "discovery-call.vtt", us="Nora Feld")
    result = duologue.review(conversation)
    assert result.conversation is conversation
    assert [s.side for s in conversation.speakers] == ["ours", "theirs"]


def test_help_loads_no_heavy_library() -> None:
    """`--help` stays under 0.3 s on this ground: what is slow to load is loaded by the command that needs it."""
    code = (
        "import sys; sys.argv = ['duologue', '--help']\n"
        "try:\n import duologue.cli; duologue.cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'docx', 'lxml', 'numpy', 'pyarrow', 'py3langid', 'mailparser_reply', 'email', 'zipfile'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("LOADED []"), done.stdout[-300:]


def test_a_review_opens_no_socket() -> None:
    """P3: nothing leaves without being told to. Every way to a socket raises here, in a process of its own."""
    code = (
        "import socket\n"
        "def no(*a, **k): raise AssertionError('a socket was opened')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = no\n"
        "import sys\n"
        "sys.argv = ['duologue', 'review', 'examples/discovery-call.vtt', '--us', 'Nora Feld', '--format', 'html']\n"
        "from duologue.cli import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert "<html" in done.stdout
