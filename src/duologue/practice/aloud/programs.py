"""Programs that make sound, as processes of their own: found on PATH, fed by a file, killed at once.

Text goes in over standard input and never through a shell or an argument, so that no word of it can be an option or a
command. What they say on standard error is kept for the one line that a person reads where they fail.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from duologue.practice.aloud.base import NoSound

Command = tuple[str, ...]
Pipe = tuple[Command, ...]  # commands of which each takes what the one before gives

_LOOK = 0.01  # seconds between two looks at whether they are done
_REAP = 5.0  # seconds that a killed process may take to be gone


def program(name: str, *, get: str) -> str:
    """The path of a program. Raises NoSound, saying how to `get` it, where it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise NoSound(f"{name} is not installed, and speaking aloud needs it", hint=get)
    return found


class Programs:
    """Pipes of programs, one after another, that say a text. A Speaking."""

    def __init__(self, name: str, text: str, pipes: Sequence[Pipe], *, folder: Path | None = None) -> None:
        """`folder`: removed when it is done. Raises NoSound where a program cannot be started."""
        self._name, self._folder = name, folder
        self._stopped = False
        self._left = list(pipes)
        self._running: list[subprocess.Popen[bytes]] = []
        # Files without a name, gone when closed: a pipe would have to be written and read while the programs run.
        self._text = tempfile.TemporaryFile()  # noqa: SIM115  they live as long as the programs
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        self._text.write(plain(text).encode() + b"\n")
        self._start()

    @property
    def done(self) -> bool:
        """Whether all of it was said, or it was stopped. Raises NoSound where a program failed."""
        while all(p.poll() is not None for p in self._running):
            if self._text.closed:
                return True
            trouble = self._trouble()
            if trouble is not None or self._stopped or not self._left:
                self._finish()
                if trouble is not None:
                    raise NoSound(
                        f"{self._name} could not speak ({trouble})", hint="Is there a loudspeaker it can use?"
                    )
                return True
            self._start()
        return False

    def wait(self) -> None:
        while not self.done:
            time.sleep(_LOOK)

    def stop(self) -> None:
        """Be silent at once."""
        self._stopped = True
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):
                process.kill()  # and not asked to end: what it holds is sound that nobody wants any more
        for process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_REAP)
        self._finish()

    def _start(self) -> None:
        pipe, self._running = self._left.pop(0), []
        self._text.seek(0)
        given = self._text
        try:
            for number, command in enumerate(pipe):
                last = number == len(pipe) - 1
                process = subprocess.Popen(
                    command,
                    stdin=given,
                    stdout=subprocess.DEVNULL if last else subprocess.PIPE,
                    stderr=self._said,
                )
                self._running.append(process)
                if number:
                    given.close()  # the next one holds it now, and its end has to be felt
                if process.stdout is not None:
                    given = process.stdout  # type: ignore[assignment]
        except OSError as error:
            self.stop()
            raise NoSound(f"{self._name} cannot be started ({error.strerror})", where=str(command[0])) from None

    def _trouble(self) -> str | None:
        """What went wrong, in the program's own last words; None where nothing did."""
        if self._stopped:
            return None
        self._said.seek(0)
        said = [line.strip() for line in self._said.read().decode(errors="replace").splitlines() if line.strip()]
        # espeak-ng 1.51 says "error: …" and ends with 0 where there is no sound device.
        errors = [line for line in said if line.lower().startswith("error")]
        if any(p.returncode for p in self._running):
            return (errors or said or ["it ended early"])[-1]
        return errors[-1] if errors else None

    def _finish(self) -> None:
        self._left = []
        self._text.close()
        self._said.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def plain(text: str) -> str:
    """The text as one line of what can be read out: no control characters, and no phonemes of espeak-ng ([[…]])."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.replace("[[", "[ [").split())
