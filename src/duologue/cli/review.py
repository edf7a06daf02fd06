"""`duologue review`: one conversation in full, or several in a line each and then the whole."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duologue.cli.shared import emit, files_in, input_options, is_one, load_many, load_one, say

if TYPE_CHECKING:
    from duologue.compare import Comparison
    from duologue.model import Conversation, Review
    from duologue.reviewing import Options

FORMATS = ("text", "md", "html", "json")
_BY_EXTENSION = {".html": "html", ".htm": "html", ".md": "md", ".json": "json", ".jsonl": "json", ".txt": "text"}


@click.command("review")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@input_options
@click.option(
    "--format", "-f", "form", type=click.Choice(FORMATS), help="How to show it. Default: text, or by -o's extension."
)
@click.option("--output", "-o", type=click.Path(), help="Write to this file (a folder for several HTML pages).")
@click.option("--all", "everything", is_flag=True, help="All moments, also from detectors that are right less often.")
@click.option(
    "--compare", multiple=True, metavar="PATH", help="Your other conversations, to compare this one with. May repeat."
)
@click.option(
    "--disputes",
    "corrections",
    metavar="FILE",
    help="Your corrections, one JSON object a line: the review follows them and shows both.",
)
@click.option(
    "--export-labels",
    metavar="FILE",
    help="Write what --disputes says of sentences as labelled examples for training. The file holds people's words.",
)
@click.option(
    "--together", is_flag=True, help="Several talks with the same people: what was left in one and came back later."
)
@click.option("--recording", metavar="FILE", help="The recording of this transcript, for the page to play.")
@click.option("--ids", is_flag=True, help="Show every finding's id and every turn's number, to correct by.")
@click.option("--accurate", is_flag=True, help="The accurate model also for very long talk (slower).")
@click.option(
    "--floor-words",
    type=click.IntRange(20),
    default=180,
    show_default=True,
    help="Words that make a soliloquy, without times.",
)
@click.option(
    "--floor-seconds",
    type=click.FloatRange(5),
    default=75.0,
    show_default=True,
    help="Seconds that make one, with times.",
)
def command(
    *,
    paths: tuple[str, ...],
    form: str | None,
    output: str | None,
    everything: bool,
    compare: tuple[str, ...],
    corrections: str | None,
    export_labels: str | None,
    together: bool,
    recording: str | None,
    ids: bool,
    kind: str | None,
    floor_words: int,
    floor_seconds: float,
    accurate: bool,
    **reading: Any,
) -> None:
    """Look back on a conversation: what came to light, what to keep, what to work on, what to ask next time.

    FILE is a transcript, a chat export, an e-mail or a folder of them; "-" is standard input. Several give a line
    each, and then the whole.

    \b
    duologue review call.vtt --us "My Name"
    duologue review call.vtt --us "My Name" -o review.html
    duologue review calls/ --us "My Name"
    duologue review first.vtt second.vtt --us "My Name" --together
    """
    from duologue.acts import ALWAYS_ACCURATE, DEFAULT
    from duologue.reviewing import Options

    labeller = ALWAYS_ACCURATE if accurate else DEFAULT
    asked = Asked(
        reading=reading,
        options=Options(
            kind=kind,  # type: ignore[arg-type]
            floor_words=floor_words,
            floor_seconds=floor_seconds,
            labeller=labeller,
        ),
        form=form or _BY_EXTENSION.get(Path(output or "").suffix.lower(), "text"),
        output=output,
        everything=everything,
        compare=compare,
        corrections=corrections,
        export_labels=export_labels,
        recording=recording,
        ids=ids,
    )
    if recording:
        _check_recording(recording, paths)
    if export_labels and not corrections:
        raise click.UsageError("--export-labels writes what --disputes FILE says: give that too.")
    if corrections and not (len(paths) == 1 and is_one(paths[0])):
        raise click.UsageError("--disputes is about one conversation: give one FILE with it.")
    if together:
        _together(paths, asked)
    elif len(paths) == 1 and is_one(paths[0]):
        _one(paths[0], asked)
    else:
        _several(paths, asked)


def _check_recording(recording: str, paths: Sequence[str]) -> None:
    from duologue.errors import UnreadableInput
    from duologue.readers import load
    from duologue.recordings import path_is_recording

    if not (len(paths) == 1 and is_one(paths[0])):
        raise click.UsageError("--recording is of one conversation: give one FILE with it.")
    if not path_is_recording(recording):
        load(recording)  # says so where there is no such file
        raise UnreadableInput("this is no recording that is known", where=recording, hint="Give the sound of this talk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asked for. `reading`: what `load_one` takes."""

    reading: dict[str, Any]
    options: Options
    form: str
    output: str | None
    everything: bool
    compare: Sequence[str]
    corrections: str | None
    export_labels: str | None
    recording: str | None
    ids: bool


def _together(paths: Sequence[str], asked: Asked) -> None:
    from duologue.cli.together import show

    if asked.compare or asked.corrections or asked.ids:
        raise click.UsageError("--compare, --disputes and --ids are about one conversation: leave out --together.")
    show(
        paths,
        reading=asked.reading,
        options=asked.options,
        form=asked.form,
        output=asked.output,
        everything=asked.everything,
        color=asked.output is None and _color(),
    )


def _one(path: str, asked: Asked) -> None:
    from duologue.reviewing import review

    conversation = load_one(path, ask=asked.form != "json", **asked.reading)
    if asked.corrections:
        result = _corrected(conversation, asked.corrections, asked.options)
    else:
        result = review(conversation, asked.options)
    if asked.export_labels:
        _export(result, asked.export_labels)
    emit(_render(result, asked, path, asked.output, _comparisons(result, asked)), asked.output)


def _corrected(conversation: Conversation, path: str, options: Options) -> Review:
    """The review with a person's corrections. Raises UnreadableInput that names the file and the line."""
    from duologue.disputes import parse
    from duologue.errors import UnreadableInput
    from duologue.reviewing import review

    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableInput(reason, where=path, hint="Give the file with your corrections to --disputes") from None
    except UnicodeDecodeError:
        raise UnreadableInput("this is no UTF-8 text", where=path, hint="Save it as UTF-8, a line each") from None
    try:
        return review(conversation, replace(options, disputes=parse(text, conversation)))
    except UnreadableInput as error:
        raise error.at(path) from None


def _export(result: Review, path: str) -> None:
    """What the corrections say of sentences, as labelled examples."""
    from duologue.files import write_atomic
    from duologue.labelled import lines

    text = lines(result)
    write_atomic(path, text.encode("utf-8"))
    count = text.count("\n")
    turns = "1 corrected turn" if count == 1 else f"{count} corrected turns"
    say(f"Written: {path} ({turns}; moments and speakers label no sentence). It holds people’s words.")


def _comparisons(result: Review, asked: Asked) -> tuple[Comparison, ...]:
    """This conversation beside the person's own other ones, where some were given."""
    if not asked.compare:
        return ()
    from duologue.compare import compare
    from duologue.reviewing import review

    def left_out(line: str, named: bool) -> None:
        click.echo(f"Not compared with {line}", err=True)

    ours = [s.name for s in result.conversation.speakers if s.side == "ours"]
    found = load_many(asked.compare, left_out, **{**asked.reading, "us": ours})
    others = [review(c, asked.options) for _, c in found if c is not None and c.id != result.conversation.id]
    return compare(result, others)


def _render(
    result: Review, asked: Asked, path: str, output: str | None, comparisons: tuple[Comparison, ...] = ()
) -> str:
    if asked.form == "json":
        from duologue.reports import json

        return json.render(result)
    if asked.form == "html":
        from duologue.reports import html

        played = _from_page(asked.recording or path, output)
        return html.render(result, all=asked.everything, comparisons=comparisons, ids=asked.ids, recording=played)
    if asked.form == "md":
        from duologue.reports import markdown

        return markdown.render(result, all=asked.everything, comparisons=comparisons, ids=asked.ids)
    from duologue.reports import terminal

    return terminal.render(
        result,
        all=asked.everything,
        comparisons=comparisons,
        ids=asked.ids,
        width=min(100, shutil.get_terminal_size((88, 24)).columns),
        color=asked.output is None and _color(),
    )


def _from_page(recording: str, output: str | None) -> str | None:
    """Where the recording lies, seen from the page; None where the input is a transcript and none was given."""
    from duologue.recordings import path_is_recording

    if not path_is_recording(recording):
        return None
    page = Path() if output is None or output == "-" else Path(output).parent
    try:
        return Path(os.path.relpath(recording, page)).as_posix()
    except ValueError:  # on another drive there is no way from here to there
        return Path(recording).resolve().as_posix()


def _color() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _several(paths: Sequence[str], asked: Asked) -> None:
    from duologue.errors import UnreadableInput, UnwritableOutput
    from duologue.reviewing import review

    if asked.form == "html" and asked.output is None:
        raise UnwritableOutput("several pages need a folder to go to", hint="Add -o FOLDER")
    named_problem = False

    def on_problem(line: str, named: bool) -> None:
        nonlocal named_problem
        named_problem = named_problem or named
        click.echo(f"Left out: {line}", err=True)

    done: list[tuple[str, Review]] = []
    with _progress(len(files_in(paths))) as step:
        for path, conversation in load_many(paths, on_problem, **asked.reading):
            if conversation is not None:
                done.append((path, review(conversation, asked.options)))
            step()
    if not done:
        raise UnreadableInput("none of the files could be read", hint="`duologue formats` lists what can be")
    _emit_several(done, asked)
    if named_problem:
        # What could be reviewed was; a script still has to see that something it named was not.
        raise SystemExit(2)


def _emit_several(done: list[tuple[str, Review]], asked: Asked) -> None:
    results = [r for _, r in done]
    if asked.form == "json":
        from duologue.reports import json

        emit("".join(json.render(r, compact=True) for r in results), asked.output)
    elif asked.form == "html":
        _pages(done, asked)
    else:
        from duologue.reports import summary

        names = [Path(p).name for p, _ in done]
        lines = [summary.line(n, r) for n, r in zip(names, results, strict=True)]
        emit("\n".join(lines) + "\n\n" + summary.whole(results, names), asked.output)


def _pages(done: list[tuple[str, Review]], asked: Asked) -> None:
    from duologue.errors import UnwritableOutput

    folder = Path(asked.output or ".")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(
            "this cannot be made a folder", where=str(folder), hint="Several pages need one: -o FOLDER"
        ) from error
    taken: set[str] = set()
    for path, result in done:
        name, n = Path(path).stem, 2
        while name in taken:
            name, n = f"{Path(path).stem}-{n}", n + 1
        taken.add(name)
        page = str(folder / f"{name}.html")
        emit(_render(result, asked, path, page), page)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error where a person is watching; nothing otherwise."""
    if total < 3 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading and reviewing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
