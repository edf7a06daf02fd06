"""The words of each moment to work on (`-`): why it is shown, and the invitation: an open question, and one concrete
way it could have gone, in words that a person would say.

Fields are described in `wording.py`; of those tables the ones are used whose fields are all at hand, the plain ones
(no words of the conversation) where nothing else is. No two in one review share their frame before all are used up.
Nothing here assumes a customer: it has to fit a manager, a helper and a kitchen table as well (S4.3).
"""

from __future__ import annotations

WHY: dict[str, tuple[str, ...]] = {
    "deflected_invitation": (
        "{they} opened a door with “{theirs}”, then the reply began with “{ours}”.",
        "“{theirs}” asked for what stands behind the claim, and “{ours}” came instead.",
        "“{theirs}” is an interest of {their} own, and what followed was “{ours}”.",
        "“{theirs}” was an opening, and what followed was about another matter.",
        "{they} wanted to hear more, and what followed was about another matter.",
    ),
    "dodged_question": (
        "{they} asked “{theirs}”, and the reply was “{ours}”: {answered} of {asked} answered at that point.",
        "“{theirs}” was a direct question, and “{ours}” came in its place ({answered} of {asked} answered).",
        "{they} asked directly, and something else came in its place ({answered} of {asked} answered).",
    ),
    "soliloquy": (
        "{held} passed between “{ours}” and the next words of {theirs_own}.",
        "From “{ours}” on one voice held the floor: {held}.",
        "{held} ran on from “{ours}”, and what {they} made of it stayed unsaid.",
        "One voice held the floor: {held}.",
    ),
    "premature_solution": (
        "“{ours}” was put forward {explored}, and “{theirs}” had only just been named.",
        "“{theirs}” met “{ours}” {explored}.",
        "The answer “{ours}” came {explored}, before {their} own picture of “{theirs}” was on the table.",
        "“{theirs}” met a solution {explored}.",
        "“{ours}” was put forward {explored}.",
        "A solution came {explored}, before {their} own picture of the matter was on the table.",
    ),
    "assumed": (
        "“{ours}” was said as a fact about {them}, then {they} said “{theirs}”.",
        "{they} had not said “{ours}” before, and what came after was “{theirs}”.",
        "“{ours}” is a claim about {their} side of things, and “{theirs}” does not confirm it.",
        "“{ours}” was said as a fact about {them}, and nothing after it confirms it.",
        "Something was said as a fact about {them}, then {they} said “{theirs}”.",
        "Something was said as a fact about {them}, and nothing after it confirms it.",
    ),
    "wall": (
        "{they} said “{theirs}”, and “{ours}” stood against it with nothing of {theirs_own} in it.",
        "“{theirs}” met “{ours}”, and there was room for one of the two only.",
        "After “{theirs}” came “{ours}”, and {their} view had no place in the reply.",
        "“{theirs}” met a view that stood against it, with nothing of {theirs_own} in it.",
        "“{ours}” stood against what {they} had said, with nothing of {theirs_own} in it.",
        "The reply stood against what {they} had said, with nothing of {theirs_own} in it.",
    ),
    "argument": (
        "{walls} turns in a row set one view against the other, from “{first}” to “{last}”.",
        "From “{first}” on each side answered a wall with a wall, up to “{last}”.",
        "{walls} turns in a row set one view against the other.",
    ),
    "dropped_thread": (
        "{they} brought out “{theirs}”, and the next words were about another matter: “{ours}”.",
        "“{theirs}” was left where it lay, then came “{ours}”.",
        "With “{theirs}” {they} showed what is at stake, and “{ours}” went elsewhere.",
        "“{theirs}” was left where it lay, and another matter came.",
        "{they} brought something out, and the next words were about another matter.",
    ),
    "put_off": (
        "“{ours}” came first, then {they} pulled back: “{theirs}”.",
        "{they} said “{theirs}” right after “{ours}”.",
        "Then “{theirs}”: after “{ours}” there was less of {them} in the talk.",
        "Right before it, {they} had heard “{ours}”; then there was less of {them} in the talk.",
        "Then “{theirs}”: there was less of {them} in the talk.",
        "Then {they} pulled back: there was less of {them} in the talk.",
    ),
    "went_cold": (
        "After “{ours}” came “{theirs}”, and it stayed like that to the end. Where it began is not sure: somewhere "
        "between {between}.",
        "Up to here {they} took part with words of {their} own; then, with “{theirs}”, little came. Where it began is "
        "not sure: somewhere between {between}.",
        "At first {they} took part with words of {their} own; then, from somewhere between {between} on, little came.",
        "Up to here {they} took part with words of {their} own; then, from “{theirs}” on, little came.",
        "After “{ours}” the talk changed: “{theirs}”, and it stayed like that to the end.",
        "Up to here {they} took part with words of {their} own; then little came, to the end.",
    ),
    "gimmick": (
        "“{ours}” asks for a yes by another road than the matter itself.",
        "“{ours}” leans towards a yes, and {their} own reasons were not heard at that point.",
        "With “{ours}” the wish for a yes came in beside the matter, and the choice stayed with {them}.",
        "The wish for a yes came in beside the matter here, and the choice stayed with {them}.",
    ),
    "broadcast_review": (
        "{count} times {they} heard what is missing or has to be done, from “{ours}” on, and {their} own view was not "
        "asked.",
        "“{ours}” tells what has to happen, and {their} own view of it had no place in that stretch.",
        "{count} times {they} heard what is missing or has to be done, and {their} own view was not asked.",
    ),
}

INVITATIONS: dict[str, tuple[str, ...]] = {
    "deflected_invitation": (
        "What may {they} have hoped to hear, with “{theirs}”? One way is the plain answer, and then a check: “That is "
        "what I go by. Does it meet what you asked?”",
        "What would the honest answer be, if nothing else had to be said? One way: “{Recall}. I cannot say for "
        "certain, and I can tell you what I have seen myself.”",
        "How much did {they} need to hear before anything else could follow? One way: “{Recall}, and you will have my "
        "answer first. Then tell me what it leaves open.”",
        "What may have made {them} ask just then? One way to learn it, once “{theirs}” has its answer: “What have you "
        "noticed at your end that made you ask?”",
        "Where might an example have said more than “{ours}”? One way: “Take the one case that I know best. This is "
        "what happened there, and you judge whether it fits.”",
        "How would a good friend have taken “{theirs}”? One way: “In two sentences: this is where I have it from, "
        "and this is what I do not know.”",
        "What might {they} have made of {term_theirs}, with time to ask on? One way: “Before anything else, {term}. "
        "What would you most like to know about it?”",
        "What did the question ask for, in {their} own terms? One way: “Let me answer that first. Then tell me what "
        "made you ask.”",
        "What is the shortest honest answer to what {they} wanted to know? One way: “I do not know that yet, and I "
        "would like to find out with you.”",
    ),
    "dodged_question": (
        "What would {they} do with an answer to “{theirs}”? One way, once it is given: “What hangs on that for you?”",
        "If there is no good answer yet, how could that be said? One way: “{Recall}, and I do not have that yet. I "
        "will find out and tell you.”",
        "What could have come before “{ours}”? One way: “{Recall}. You will have the answer, or the honest gap, "
        "before I say more.”",
        "How would it have been to go back one step? One way: “{Recall}, and I went past it. Here is what I know.”",
        "Having asked “{theirs}”, what may {they} have taken from the reply? One way to check: “Did that answer you? "
        "If not, do ask me again.”",
        "Which part of “{theirs}” can be answered today? One way: “One half of that I can tell you now, the other I "
        "cannot. Which matters more to you?”",
        "What is the short answer to what {they} asked? One way is that answer in five words, and then: “What else "
        "would you need to know?”",
        "What may have made the question a hard one to take? One way to say so: “That is a fair thing to ask, and I "
        "would like a moment to answer it well.”",
    ),
    "soliloquy": (
        "Where might {they} have wanted to come in? One way, right after “{ours}”: “Let me stop there. What does that "
        "bring up for you?”",
        "Which two sentences of it would {they} have needed? One way, from “{ours}” on: those two, and then “What "
        "would you like to hear more about?”",
        "What was going through {their} mind around “{middle}”? One way to learn it: “I will stop at this point. How "
        "does it compare with what you see?”",
        "What would {they} have asked, given the floor? One way, in place of what came after “{ours}”: “There is more, "
        "and it can wait. Where shall I begin for you?”",
        "How much of this did {they} know already? One way to find out, before “{middle}”: “What of this is new to "
        "you, and what is not?”",
        "What would a pause have brought after “{middle}”? One way is three quiet breaths, and then: “What are you "
        "thinking?”",
        "Where might {they} have wanted to come in? One way: “I have said a lot. What do you make of it so far?”",
        "Which part of it was for {them}? One way to find out at the start: “I could tell you three things. Which one "
        "is of use to you?”",
    ),
    "premature_solution": (
        "What was not known yet at this point? One way to find out first: “{Recall}. What makes that hard for you?”",
        "What had been tried already? One way to begin there: “{Recall}. What have you done about it so far, and what "
        "came of it?”",
        "How would it have been to give it back in one sentence? One way, and then a pause: “So {claim}. Have I got "
        "that right?”",
        "What would a way out have to do for {them}? One way to ask, before “{ours}”: “If this were gone tomorrow, "
        "what would be different for you?”",
        "Whose idea would {they} rather follow? One way: “{Recall}, and I have a thought on it. Would it help to hear "
        "it, or shall we look at it a little longer?”",
        "Who else is touched by it, and how? One way to widen the picture: “{Recall}. Who else notices that, and what "
        "do they do?”",
        "What does {term_theirs} look like on an ordinary day? One way to see it first: “Take me through the last "
        "time with {term}. What happened?”",
        "How close is “{ours}” to what {they} had thought of already? One way to hear that first: “What would you do, "
        "if it were up to you alone?”",
        "What was not known yet at this point? One way to find out: “Before I say what I would do, what have you "
        "tried, and what came of it?”",
        "When would {they} call it solved? One way to ask: “How would you notice, in a month, that this had got "
        "better?”",
    ),
    "assumed": (
        "What had {you} heard from {them} that pointed to “{ours}”? As a question it leaves room: “How is it with "
        "that at your end?”",
        "Who knows best how that is? One way: “My guess is that {guess}, and I may be off. What is it like for you?”",
        "Which words of {their} own might stand where “{ours}” stands? One way to hear them: “I would rather ask than "
        "guess. How does that go with you?”",
        "What did “{theirs}” add to the picture? One way to go on from there: “I had it another way. Tell me how it "
        "is.”",
        "How might it have sounded as a question? One way: “I have been picturing that {guess}. Is that anything like "
        "your own picture?”",
        "What else could be the case? One way to leave room for it: “{I_said}, and I had not heard it from you. How is "
        "it from your side?”",
        "What would it take to be sure of “{ours}”? One way to check first: “There is something that I have been "
        "taking for granted, and I would like to hear it from you.”",
        "Who knows best how that is? One way: “I am guessing here. What is it really like for you?”",
        "What had {they} said about it before? One way to hear it first: “Before I go by my own picture, what "
        "is yours?”",
    ),
    # The AND form: both views side by side, and neither has to win.
    "wall": (
        "What could be seen from where {they} stood? The AND form: “As you see it, {claim}, AND as I see it, {mine}. "
        "What would fit both?”",
        "How could both be so? The AND form: “You see that {claim}, AND I see that {mine}. Where do the two meet?”",
        "What is right in “{view}”? The AND form, with {their} part first: “{Told}, AND beside that I would put this: "
        "{mine}. What do you make of the two together?”",
        "What would {they} have needed to hear first? The AND form: “{Told}, AND I want to keep that in view. What I "
        "see is that {mine}. How do you see the two together?”",
        "If nobody had to be right, what would the two views make together? The AND form: “{Claim}, AND {mine}. What "
        "would we do if both hold?”",
        "What could the next step take from each side? The AND form: “{Told}, AND from my side {mine}. What would a "
        "step look like that takes in both?”",
        # Where our own words are a bare "no", there is nothing to lay beside theirs yet.
        "What stands behind “{view}” for {them}? The AND form: “{Told}, AND so far I see it another way. What do you "
        "see that I do not?”",
        "What would {they} have said next, if that had been taken in first? The AND form: “{Told}, AND there is a "
        "second side to it. Shall we look at both?”",
        "How did it look from {their} chair? The AND form: “As you see it, {claim}, AND I came with another picture. "
        "Tell me more about yours first.”",
        "Which part of “{view}” could {you} have agreed with? The AND form: “Some of that I share, AND on the rest I "
        "am somewhere else. Which part matters most to you?”",
        "What would have let both views stand? The AND form: “We need not settle it now. {Told}, AND I have a doubt. "
        "May I say it, and then hear yours again?”",
        "What was it like to say “{view}” and to meet a no? The AND form: “{Told}, AND I am not there yet. What would "
        "help me see it as you do?”",
        "What is still unknown on both sides? The AND form: “{Recall}, AND I went straight to my own answer. What did "
        "you have in mind?”",
        "What might “{ours}” leave out? The AND form: “You may well be right, AND I may be missing "
        "something. How could we find out together?”",
        "What did {they} see that could not be seen from {your} side? The AND form: “You have your reasons, AND I have "
        "mine. Tell me yours first.”",
        "How could both be so? The AND form: “That is how it looks to you, AND it looks another way from here. What "
        "would fit both?”",
    ),
    "argument": (
        "Where in these turns could a question have changed the course? One way, after “{theirs}”: “Before I say "
        "more, what makes it look that way to you?”",
        "What did both sides want here? One way out: “{Recall}, AND I see it differently. Say the rest of it, and I "
        "only listen.”",
        "Who could have set the first stone aside? One way: “{Recall}. What would it take for that to be settled for "
        "you?”",
        "What would have come after “{theirs}”, had it been given back first? One way: “So {claim}, AND I have not "
        "heard all of it yet.”",
        "What was each side looking after? One way to ask: “{Recall}, AND I held on to mine. What is at stake in it "
        "for you?”",
        "How would it look to somebody who heard both? One way to stand there together: “{Recall}, AND {i_said}. In "
        "what way could both hold?”",
        "What would it be worth to leave this open? One way: “We may go on seeing it in two ways, AND still agree on "
        "what to do next. What could that be?”",
        "Who could have set the first stone aside? One way: “We each have a part of it, AND neither has all. Tell me "
        "yours again, slowly.”",
    ),
    "dropped_thread": (
        "What might {they} have told {you} next? One way to stay: “{Recall}. What does that mean for you?”",
        "How much weight did it carry for {them}? One way to find out: “Before we go on: {recall}. Would you say a "
        "little more about that?”",
        "How could there have been time for both, this and “{ours}”? One way: “Let me stay with one thing for a "
        "moment, and then come to the other: {recall}.”",
        "What would have shown {them} that it had been heard? One way is to give it back and wait: “So {claim}.”",
        "What is still open there? It can be picked up next time: “{Recall}, and I went past it. How is it now?”",
        "What was at stake for {them} in “{theirs}”? One way to ask: “What matters most to you in that?”",
        "What does {term_theirs} stand for, seen from {their} side? One way to ask: “You mentioned {term}. What is "
        "going on there at the moment?”",
        "What had only just been brought out there? One way to stay with it: “Wait, I would like to hear more of what "
        "you were saying.”",
        "What might {they} have told {you} next? One way to leave room for it: “There was something in that. What "
        "was it?”",
    ),
    "put_off": (
        "What may have been held back there? One way to leave the door open: “{I_said}. How does that sit with you?”",
        "What did {they} hear in “{ours}”? One way to ask: “That may have missed you. What were you thinking just "
        "now?”",
        "What was on {their} mind before “{ours}”? One way back to it: “Let me put my own part aside. Where were you?”",
        "How would this moment sound, told to a friend? One way to find out, after “{theirs}”: “Tell me what does not "
        "fit.”",
        "What would have kept {them} in the talk? One way: “{Recall}. If there is a no in that, it is welcome. What "
        "is behind it?”",
        "What would {they} rather have talked about just then? One way: “{I_said}, and I may have been ahead of you. "
        "What would be of use to you?”",
        "What else might “{theirs}” have meant? One way to ask: “I may have gone too fast. What would you need before "
        "we go on?”",
        "What may have been held back there? One way to leave room for it: “I would rather hear a no than a polite "
        "yes. How is it for you?”",
        "What would have kept {them} in the talk? One way: “I have been doing the talking. What would you like us to "
        "look at?”",
    ),
    "went_cold": (
        "What may have shifted for {them} around “{ours}”? One way to ask, then or next time: “I had the sense that "
        "something changed there. What was it for you?”",
        "What was the last thing that {they} brought up unasked, before “{theirs}”? One way back to it: “I would like "
        "to go back a step. What did I miss?”",
        "What would {they} say about it today? One way into a second talk: “{I_said}, and I have been thinking about "
        "it since. How did it sit with you?”",
        "What would {they} have liked to talk about, in place of “{ours}”? One way to hand it over: “We have been on "
        "my matter for a while. What would make this worth your time?”",
        "How did it feel to go on after “{theirs}”? One way to name it lightly: “It has grown quiet at your end, and "
        "that is fine. Is there something that I passed over?”",
        "What might {they} have told somebody else afterwards? One way to hear it first: “{Recall}, and then there "
        "was less. What was going on for you?”",
        "What may have shifted for {them} at that point? One way to ask: “Something changed there, I thought. What "
        "was it for you?”",
        "What would {they} say about it today? One way into a second talk: “I would like to go back to where we were. "
        "What did you miss in it?”",
    ),
    "gimmick": (
        "What would be left of the case without “{ours}”? One way: say that part plainly, and then: “It is your call.”",
        "What would {they} want for {their} own reasons, with “{ours}” taken out? One way to learn it: “What would "
        "make this worth it for you?”",
        "How did “{ours}” sound from {their} chair? One way without it: “Here is what I know, here is what I do not, "
        "and take the time you need.”",
        "How might “{ours}” be put to a friend? One way: “I would like this to happen, and a no is fine with me.”",
        "What is the plain fact behind “{ours}”? One way is that fact in one sentence, and then: “What do you make of "
        "it?”",
        "What room did “{ours}” leave for a no? One way to leave more: “What speaks for it in your eyes, and what "
        "against?”",
        "What was “{ours}” meant to bring about? One way to say it openly: “I would like us to go on with this. What "
        "would you need to know first?”",
        "Whose pace does “{ours}” follow? One way to let {them} set it: “There is no hurry from my side. When would "
        "be a good time for you to look at it?”",
        "What might {they} have said to a real question in place of “{ours}”? One way: “I do not know how you see "
        "this. How do you?”",
        "What would be left of the case without it? One way: “That is all I know. What you do with it is up to you.”",
        "What would {they} want for {their} own reasons? One way to learn it: “Leaving me aside, what would you like "
        "to happen?”",
    ),
    "broadcast_review": (
        "What might {they} see, from {their} own place, about “{ours}”? One way: say the one thing in a sentence, and "
        "then: “How does it look to you?”",
        "What may stand behind it on {their} side? One way, right after “{ours}”: “What gets in the way, and what "
        "would you change first?”",
        "Which part of it could be {their} own idea? One way: “{I_said}. What would you do about it?”",
        "What would {they} need for “{ours}”? One way: “That is my side of it. I have not heard yours yet.”",
        "What might both want here? One way to find out: “{I_said}, and I may be missing half of the picture. Which "
        "half?”",
        "What would {they} say is going well? One way, before “{ours}”: “Tell me first what you are content with, and "
        "what is hard.”",
        "What had been tried already? One way to begin there: “Before I say what I see, how has it been going for "
        "you?”",
        "What may stand behind it on {their} side? One way to ask: “What do you see that I cannot see from here?”",
    ),
}
