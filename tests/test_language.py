"""Which language a conversation is in: stated, else told by its words, else not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duologue import Options, language, review
from duologue.language import ENGLISH_SHARE, english_share, is_english, language_of
from duologue.model import Conversation, Turn
from support import talk

# Two or three sentences each, written for this test.
OTHERS = {
    "de": "Wir haben am Montag angefangen, und danach ging nichts mehr. Der Nachtschicht "
    "hatte niemand etwas gesagt, und "
    "deshalb standen die Paletten bis zum Morgen im Hof. Was ist denn jetzt zu tun?",
    "nl": "We zijn op maandag begonnen en daarna ging het mis, want niemand had de "
    "nachtploeg iets verteld. Wat is er nu "
    "aan de hand met die pallets, en wie was daar dan voor verantwoordelijk?",
    "fr": "On a commencé lundi et ensuite plus rien ne marchait, parce que personne "
    "n'avait prévenu l'équipe de nuit. Je "
    "me demande ce que nous allons faire maintenant, et qui va payer.",
    "es": "Empezamos el lunes y después no funcionaba nada, porque nadie había avisado al "
    "turno de noche. Me pregunto qué "
    "vamos a hacer ahora y quién lo va a pagar.",
    "da": "Vi begyndte i mandags, og så gik det hele i stå, fordi ingen havde sagt noget "
    "til natholdet. Jeg ved ikke, hvad "
    "vi skal gøre nu, og hvem der skal betale for det.",
}  # fmt: skip


def spoken(text: str) -> Conversation:
    """One conversation whose turns are the sentences of a text."""
    one = talk("A: x", "B: y")
    parts = text.split(". ")
    return replace(one, turns=tuple(Turn(speaker="AB"[i % 2], text=p) for i, p in enumerate(parts)))


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_named(code: str) -> None:
    """Germanic neighbours share short words with English; none is taken for it."""
    assert english_share(OTHERS[code]) < 0.7 * ENGLISH_SHARE
    assert language_of(spoken(OTHERS[code])) == code


@pytest.mark.parametrize(
    "text",
    [
        "So we went live on the Monday and nobody had told the night shift. What would you have done if it were yours?",
        "so yeah um i think we we went live on monday and uh then the whole thing just "
        "fell over you know because nobody "
        "had told the night shift about it",
        "aye well it were right bad that we'd no idea when the lads would turn up an all "
        "so i just went and did it myself",
    ],
)
def test_english_is_told_without_a_library(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw recogniser output and dialect are English, and English never loads "
    "py3langid (the two seconds of the review)."""

    def never() -> None:
        raise AssertionError("py3langid was asked")

    monkeypatch.setattr(language, "_identifier", never)
    assert language_of(spoken(text)) == "en"


def test_too_few_words_are_not_known_and_read_as_english() -> None:
    """Under twenty words nobody can tell; the review goes on and says so."""
    few = talk("A: Ça va?", "B: Oui.")
    assert language_of(few) is None
    assert is_english(None)
    assert any("language" in n for n in review(few).notices)


def test_scripts_without_spaces_have_words_too() -> None:
    """A tokeniser sees few “words” in Japanese; the characters are enough to tell."""
    text = (
        "月曜日に始めたのですが、夜勤の人に誰も伝えていなかったので、"
        "すべてが止まってしまいました。これからどうしましょうか。"
    )
    assert language_of(spoken(text)) == "ja"


@pytest.mark.parametrize(
    "text",
    [
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor "
        "incididunt ut labore et dolore "
        "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip.",
        "so le dije que the whole thing fell over el lunes and nobody había avisado to "
        "the night shift y entonces we had "
        "to call everyone a las tres de la mañana",
        "4711 0x80070005 8443 1.3 1.25 8.2 10.11 12 6.1 16 512 8500 4711 12 13 14 15 16 17 18 19 20 21 22 23 24 25",
        "👍 👍 👍 " * 40,
    ],
)
def test_odd_texts_do_not_crash(text: str) -> None:
    """Dummy text, two languages in one sentence, numbers and emoji all get an answer or none."""
    assert review(spoken(text)).notices is not None


@pytest.mark.parametrize(
    ("stated", "code"),
    [("en-GB", "en-gb"), ("en_US", "en-us"), ("English", "en"), ("DE", "de"), ("pt-BR", "pt-br")],
)
def test_the_files_own_word_counts(stated: str, code: str) -> None:
    """What the file says goes before any guess, whatever its spelling."""
    assert language_of(replace(spoken(OTHERS["fr"]), language=stated)) == code


@pytest.mark.parametrize("stated", ["", "und", "auto", "multi", "unknown"])
def test_a_word_that_says_nothing_is_no_language(stated: str) -> None:
    """Recognisers write “auto” or “multi” where they did not decide."""
    assert language_of(replace(spoken(OTHERS["de"]), language=stated)) == "de"


def test_long_input_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most five thousand characters are looked at, from all over: a greeting in French decides nothing."""
    looked: list[int] = []
    own = language.english_share
    monkeypatch.setattr(language, "english_share", lambda text: looked.append(len(text)) or own(text))
    turns = [OTHERS["fr"]] * 3 + ["And then we went over what they would do about the cellar."] * 3000
    assert language_of(talk(*(f"{'AB'[i % 2]}: {t}" for i, t in enumerate(turns)))) == "en"
    assert looked and max(looked) <= language.SAMPLE


def test_what_is_not_english_is_withheld_and_said() -> None:
    """Measures are given; acts, moments, dials and questions are not, and the review says why."""
    got = review(spoken(OTHERS["de"]), Options())
    assert not got.acts and not got.moments and not got.next
    assert got.measures
    assert all(d.value is None and d.of == 0 and d.reason and "English" in d.reason for d in got.dials)
    assert sum("English" in n for n in got.notices) == 1
