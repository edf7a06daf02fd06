"""`duologue scenario`: check and new, as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_new_then_check(run: Run, here: Path) -> None:
    """What `new` writes passes `check` as it stands, and says what comes next."""
    done = run("scenario", "new", "My Partner")
    assert done.status == 0
    assert "duologue scenario check my-partner.yaml" in done.err
    checked = run("scenario", "check", "my-partner.yaml")
    assert (checked.status, checked.out) == (0, "my-partner.yaml: ready (4 layers, 3 temperaments).\n")
    assert "name: my-partner" in (here / "my-partner.yaml").read_text("utf-8")


def test_an_error_is_a_line_and_status_2(run: Run, here: Path) -> None:
    run("scenario", "new", "mine")
    path = here / "mine.yaml"
    path.write_text(path.read_text("utf-8").replace("after: [evenings]", "after: [nowhere]"), encoding="utf-8")
    done = run("scenario", "check", "mine.yaml")
    assert done.status == 2
    first, last = done.out.splitlines()[0], done.out.splitlines()[-1]
    assert first.startswith(
        "mine.yaml: error: layer “races”, after: it comes after “nowhere”, and there is no such layer."
    )
    assert "There are: backlog, promise, evenings, races" in first
    assert last == "mine.yaml: 1 thing to mend before anybody can talk with this partner."


def test_several_files_and_json(run: Run, here: Path) -> None:
    """One that cannot be read does not hide the others; programs get the same as people."""
    run("scenario", "new", "mine")
    (here / "broken.yaml").write_text("format: [", encoding="utf-8")
    done = run("scenario", "check", "mine.yaml", "broken.yaml", "nowhere.yaml", "--format", "json")
    assert done.status == 2
    rows = json.loads(done.out)
    assert [(r["file"], r["ok"]) for r in rows] == [
        ("mine.yaml", True),
        ("broken.yaml", False),
        ("nowhere.yaml", False),
    ]
    assert rows[0]["findings"] == []
    assert all(set(f) == {"level", "where", "what", "next"} for r in rows for f in r["findings"])
    assert rows[1]["findings"][0]["level"] == "error"


def test_a_partner_of_the_package_by_name(run: Run) -> None:
    done = run("scenario", "check", "warehouse-vp")
    assert done.status == 0
    assert done.out.splitlines()[-1].startswith("warehouse-vp: ready (8 layers")


def test_nothing_is_written_over(run: Run, here: Path) -> None:
    (here / "mine.yaml").write_text("mine", encoding="utf-8")
    done = run("scenario", "new", "mine")
    assert done.status == 2
    assert "--force" in done.err
    assert (here / "mine.yaml").read_text("utf-8") == "mine"
    assert run("scenario", "new", "mine", "--force").status == 0
    assert (here / "mine.yaml").read_text("utf-8") != "mine"


def test_standard_output(run: Run, here: Path) -> None:
    done = run("scenario", "new", "mine", "-o", "-")
    assert done.status == 0
    assert done.out.startswith("# A partner of your own.")
    assert list(here.glob("*.yaml")) == []


@pytest.mark.parametrize("as_review", [False, True])
def test_from_a_real_conversation(run: Run, here: Path, *, as_review: bool) -> None:
    """From a transcript or its review: names are gone, what could not be known is said, and it can be checked."""
    source = str(EXAMPLES / "discovery-call.vtt")
    us = ["--us", "Nora Feld"]
    if as_review:
        run("review", source, *us, "-o", "review.json")
        source, us = "review.json", []
    done = run("scenario", "new", "returns", "--from", source, *us)
    assert done.status == 0, done.err
    whole = (here / "returns.yaml").read_text("utf-8")
    for name in ("Nora", "Feld", "Idris", "Bello", "Petra"):
        assert name not in whole, name
    assert "The parcels that hurt have no label at all." in " ".join(whole.split())
    for said in ("Not known: who the two of you are", "Taken out:", "look it through"):
        assert said in done.err
    assert run("scenario", "check", "returns.yaml").status == 0


def test_a_review_with_other_sides_is_reviewed_anew(run: Run, here: Path) -> None:
    """Seen from the other side, the partner is the other person."""
    source = str(EXAMPLES / "discovery-call.vtt")
    run("review", source, "--us", "Nora Feld", "-o", "review.json")
    done = run("scenario", "new", "seller", "--from", "review.json", "--us", "Idris Bello")
    if done.status == 0:
        assert "name: N." in (here / "seller.yaml").read_text("utf-8")
    else:
        assert "tells nothing of their own" in done.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("new", "warehouse-vp"), "comes with the package"),
        (("new", "../../etc"), "cannot be the name"),
        (("new", "x", "--us", "Nora"), "--from FILE"),
        (("new", "x", "--from", "nowhere.vtt"), "nowhere.vtt"),
        (("new", "x", "--from", str(EXAMPLES / "outreach.eml")), "only one person"),
        (("new", "x", "--from", str(EXAMPLES / "one-to-one.txt")), "which of them is you"),
        (("new", "x", "-o", "no/such/folder/x.yaml"), "folder does not exist"),
        (("check", "nowhere.yaml"), "no such file"),
    ],
)
def test_what_goes_wrong_is_one_line(run: Run, here: Path, args: tuple[str, ...], says: str) -> None:
    done = run("scenario", *args)
    assert done.status == 2
    assert says in done.out + done.err
    assert "Traceback" not in done.err
    assert list(here.glob("*")) == []


def test_a_damaged_review(run: Run, here: Path) -> None:
    (here / "review.json").write_text('{"format": "duologue.review/1", "version": 3', encoding="utf-8")
    done = run("scenario", "new", "x", "--from", "review.json")
    assert done.status == 2
    assert "review.json: this is not a duologue.review/1 document" in done.err
    assert not (here / "x.yaml").exists()
