"""The wordings of the questions for next time, by what they come from; `{}` stands for the quote.

Each is one open question in the user's voice. They say what happened without blame, and ask.
"""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "invitation.more": (
        "You asked {}, and I would like to do that justice: what about it would be most useful for you to hear?",
        "When you asked {}, what had caught your interest?",
        "What were you hoping that I would go into when you asked {}?",
    ),
    "invitation.why": (
        "When you asked {}, how did the matter look from where you are?",
        "You asked {}, and I would like to come back to that: what made you wonder?",
        "What was behind it for you when you asked {}?",
    ),
    "invitation.meaning": (
        "When you asked {}, what was unclear in the way that I had put it?",
        "You asked {}, and I would like to say it better: what does the word mean where you work?",
        "How did my words sound to you when you asked {}?",
    ),
    "invitation.look_for": (
        "You asked {}: what have you noticed so far that made you ask?",
        "When you asked {}, what did you have in mind at your end?",
        "You wanted to know {}, and that deserves an answer: where would you look first?",
    ),
    "invitation.basis": (
        "When you asked {}, what kind of evidence would have meant something to you?",
        "You asked {}, and I would like to answer it properly: what would you want to see first?",
        "You asked where it comes from in your words {}: what have you seen yourself that points another way?",
    ),
    "asked": (
        "You asked {}, and I still owe you an answer: what hangs on it for you?",
        "What were you hoping to learn when you asked {}?",
        "Coming back to your question {}, what would a useful answer give you?",
    ),
    "concern": (
        "You said {}: what would have to be different for that to trouble you less?",
        "When you said {}, what did you picture happening?",
        "What lies behind it for you when you say {}?",
    ),
    "concern.asked": (
        "You asked {}: what worries you most about that?",
        "When you asked {}, what had you been through that made you ask?",
        "What would you need to know to feel settled about your question {}?",
    ),
    "disclosure.issue": (
        "You mentioned {}: how has that been since we spoke?",
        "I would like to go back to what you told me, {}: how does that play out on an ordinary day?",
        "Going back to your words {}, how did it come to that?",
        "When you told me {}, what had you already tried?",
    ),
    "disclosure.personal_impact": (
        "You said {}: what is that like for you at the moment?",
        "When you told me {}, what was the hardest part of it?",
        "Your words {} have stayed with me: how are you with that now?",
    ),
    "disclosure.goal": (
        "You said {}: what would that make possible?",
        "You spoke of what you are after, {}: what stands in the way of it today?",
        "When you said {}, how would you know that you had got there?",
    ),
    "disclosure.personal_goal": (
        "You said {}: what makes that matter to you?",
        "When you said {}, how did you picture it?",
        "Your words {} have stayed with me: what would be a first sign of it?",
    ),
    "assumed": (
        "I said {} without having asked you: how is it really for you?",
        "When I said {}, what did I get right, and what did I miss?",
        "I took something for granted when I said {}: how do you see it?",
    ),
}
