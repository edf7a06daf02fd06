"""The wordings of the questions for next time, by what they come from.

Each is one open question in the user's voice. They say what happened without blame, and ask. `{recall}` stands for the
words as they are said back ("you said you keep getting paged at two"; in pool "assumed" one's own: "I said …"),
`{Recall}` for the same at the start of a sentence, `{term}` for a term of theirs. The first that fits and was not used
is taken; the last of each pool holds no words, for what cannot be said back in a clause.
"""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "invitation.more": (
        "{Recall}, and I would like to do that justice: what about it would be most useful for you to hear?",
        "When {recall}, what had caught your interest?",
        "What were you hoping that I would go into when {recall}?",
        "There was something that you wanted to hear more about: what was it that had caught your interest?",
    ),
    "invitation.why": (
        "When {recall}, how did the matter look from where you are?",
        "{Recall}, and I would like to come back to that: what made you wonder?",
        "What was behind it for you when {recall}?",
        "You wanted to know why, and I went past it: what made you wonder?",
    ),
    "invitation.meaning": (
        "When {recall}, what was unclear in the way that I had put it?",
        "{Recall}, and I would like to say it better: how would you put it where you are?",
        "How did my words sound to you when {recall}?",
        "There was something in my words that you wanted to be clear about: how did they sound to you?",
    ),
    "invitation.look_for": (
        "{Recall}: what have you noticed so far that made you ask?",
        "When {recall}, what did you have in mind at your end?",
        "{Recall}, and that deserves an answer: where would you look first?",
        "You wanted to know what to look for: what have you noticed so far?",
    ),
    "invitation.basis": (
        "When {recall}, what kind of evidence would have meant something to you?",
        "{Recall}, and I would like to answer it properly: what would you want to see first?",
        "{Recall}: what have you seen yourself that points another way?",
        "You wanted to know where I had it from: what would you want to see first?",
    ),
    "asked": (
        "{Recall}, and I still owe you an answer: what hangs on it for you?",
        "What were you hoping to learn when {recall}?",
        "When {recall}, what would a useful answer have given you?",
        "There was a question of yours that I went past: what hangs on it for you?",
    ),
    "concern": (
        "{Recall}: what would have to be different for that to trouble you less?",
        "When {recall}, what did you picture happening?",
        "{Recall}: what lies behind that for you?",
        "What about {term} troubles you most?",
        "There was a doubt that you brought up, and I went past it: how does it look to you today?",
    ),
    "concern.asked": (
        "{Recall}: what worries you most about that?",
        "When {recall}, what had you been through that made you ask?",
        "What would you need to know to feel settled about it, given that {recall}?",
        "There was a question of yours with a worry in it: what would you need to know to feel settled about it?",
    ),
    "disclosure.issue": (
        "{Recall}: how has that been since we spoke?",
        "I would like to go back to something: {recall}. How does that play out on an ordinary day?",
        "{Recall}: how did it come to that?",
        "How has it been with {term} since we spoke?",
        "When {recall}, what had you already tried?",
        "There was something that you told me about, and I did not take it up: how has that been since?",
    ),
    "disclosure.personal_impact": (
        "{Recall}: what is that like for you at the moment?",
        "When {recall}, what was the hardest part of it?",
        "{Recall}, and that has stayed with me: how are you with it now?",
        "You told me what it is like for you, and I did not take it up: how are you with it now?",
    ),
    "disclosure.goal": (
        "{Recall}: what would that make possible?",
        "{Recall}: what stands in the way of it today?",
        "When {recall}, how would you know that you had got there?",
        "You told me what it is that you are after: what stands in the way of it today?",
    ),
    "disclosure.personal_goal": (
        "{Recall}: what makes that matter to you?",
        "When {recall}, how did you picture it?",
        "{Recall}, and that has stayed with me: what would be a first sign of it?",
        "You told me what you would like for yourself: what would be a first sign of it?",
    ),
    "assumed": (
        "{Recall}, and you had not told me so: how is it really for you?",
        "When {recall}, what did I get right, and what did I miss?",
        "I took something for granted when {recall}: how do you see it?",
        "I took something for granted there: how is it really for you?",
    ),
}
