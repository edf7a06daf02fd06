"""Errors are one line: what, where, what to do next."""

from __future__ import annotations

from duologue.errors import DuologueError, UnknownFormat, UnreadableInput


def test_an_error_is_one_line_that_moves_no_cursor() -> None:
    """What came from a file is shown, never obeyed."""
    error = UnreadableInput("no \x1b[2J words\nhere", where="a\rb.vtt", hint="Try another")
    assert str(error) == "a b.vtt: no  [2J words here. Try another"


def test_errors_are_the_builtins_that_a_caller_expects() -> None:
    """A library user may catch ValueError without knowing ours."""
    assert isinstance(UnknownFormat("x", candidates=("a",)), ValueError)
    assert isinstance(UnknownFormat("x"), DuologueError)


def test_the_place_is_filled_in_once() -> None:
    """The innermost place wins."""
    assert UnreadableInput("x", where="inner").at("outer").where == "inner"
    assert UnreadableInput("x").at("outer").where == "outer"
