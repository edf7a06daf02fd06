"""The words that say whose matter a sentence of a message serves; a sentence may hold several."""

from __future__ import annotations

SELF: tuple[str, ...] = (
    # who we are and what we have
    r"\b(?:we|i) ?(?:are|'re|'ve|have|'m|am) (?:\w+ ){0,2}?(?:proud|excited|thrilled|delighted|pleased"
    r"|launch\w*|improved|redesigned|grown|expanded"
    r"|added|won|trusted|rated|changed|raised)\b",
    r"\b(?:our|my) (?:[\w-]+ ){0,3}?(?:platform|products?|solutions?|software|services?|systems?|tools?|apps?"
    r"|engine|team|company|firm|agency|office"
    r"|clients?|customers?|experts?|ratings?|awards?|offers?|range|store|studio|courses?|programmes?|programs?"
    r"|newsletter|webinar|podcast|brochure|white paper|catalogue|deck|campaign|technology"
    r"|approach|brand|package|plans?|features?|quota|targets?|boss|presentation|board|deadline|launch|story"
    r"|journey|mission)\b",
    r"\b(?:we|i) (?:help|offer|provide|deliver|speciali[sz]e|work with|serve|build|built|launched|redesigned"
    r"|raised|won|make|lead|guarantee|cover|combine)\b",
    r"\b(?:leading|award[- ]winning|number one|best[- ]in[- ]class|cutting[- ]edge|state[- ]of[- ]the[- ]art"
    r"|top[- ]rated|world[- ]class|game[- ]chang\w+"
    r"|revolutionary|unique|(?:the )?(?:largest|biggest|fastest|finest|best)|seamless\w*|powerful|proven"
    r"|innovative|proud)\b",
    r"\b(?:trusted by|used by|thousands of|hundreds of|companies like|clients like|businesses like)\b|#1\b"
    r"|\b(?:\d+ ?x|\w+ times) (?:faster|more|better|cheaper)\b",
    # an ask that serves the sender, and pressure
    r"\b(?:book (?:a|your|in)|grab|schedule|set up|jump on|hop on|sign up|sign me|register|subscribe|click"
    r"|order now|buy|upgrade|pencil|reply (?:with|to this|['\"“‘]?yes))\b",
    r"\b(?:demo|\d+[- ]min(?:ute)?s?|(?:quick|short|brief) (?:call|chat|question|word|intro\w*)|free trial"
    r"|calendar|slots?|are you free|worth a (?:chat|call|look))\b",
    r"\b(?:only|just) (?:this|until|till|a few|\d+)|\b(?:last chance|limited|expires?|before it'?s too late"
    r"|act now|hurry|asap|by (?:tonight|tomorrow|end of day|eod)"
    r"|while (?:places|stocks?)|today only|miss(?:ing)? out|final reminder|discount|\d+ ?% off|for free"
    r"|free of charge)\b",
    r"\bi(?:'d| would) (?:love|like) to (?:show|have|tell|get|connect|introduce|see you|share|offer)"
    r"|\bi (?:want|wanted) to (?:introduce|tell|show|share)"
    r"|\bjust (?:checking|following|circling) (?:in|up|back)\b|\bbump\w*\b|\breach(?:ing)? out\b",
    r"\bi(?:'ll| will)? need (?:you|your|this|it|the)\b|\b(?:get|give) me\b|\bsend me (?!.*\bi(?:'ll| will)\b)|"
    r"\bhelp me\b|\bdo me a\b"
    r"|\bi(?:'m| am) (?:presenting|under pressure|counting)\b"
    r"|\bcount on you\b|\byou(?:'re| are) (?:the best|a star|amazing)\b|\bnobody (?:else )?\w+ (?:it|this|these"
    r"|that) like you\b",
    r"\b(?:can|could) you (?!tell|say|describe|see|live|manage|imagine)\w+|\bwould you (?:mind|introduce|sign|review"
    r"|recommend|support|be (?:able|willing|open|up for|interested))\b|\bi need (?:a|some|you|your|this|it|the)\b",
    r"\b(?:shall|should) (?:i|we) (?:book|reserve|add|sign|set|switch|start|put|send (?:you |over )?(?:the|a|an) "
    r"(?:paperwork|contract|invit\w+|proposal|link|quote|deck|brochure))\b|\bhow about a\b|\bsee for yourself\b"
    r"|\bcome (?:by|and see)\b|\b(?:introduce|refer) (?:me|us)\b|\bwelcome (?:an|the) (?:interview|opportunity)\b",
    r"\b(?:quick|friendly|gentle|final|last) reminder\b|\b(?:is|are) (?:over)?due\b|\blet me (?:walk|show|introduce)\b"
    r"|\bpick a (?:time|slot|day)\b|\b(?:give|donate|join|order|start|vote|share) (?:today|now|it)\b|\bno excuses\b"
    r"|\b(?:gift|donation|pledge) of\b|\bcampaign\b|\bwould mean (?:a lot|so much|the world)\b|"
    r"\bi expect (?!you(?:'re| are| were| will| must))"
    r"|\bi(?:'d| would) be (?:honou?red|delighted|thrilled)\b|\bwhich (?:of these|date|day|time|"
    r"slot)s? [^.?!]*\b(?:works?|suits?)\b",
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^.?!]*\b(?:work|suit|at \d+)\b[^.?!]*\?"
    r"|\b(?:work|suit)s? (?:for )?you\b[^.?!]*\b(?:mon|tues|wednes|thurs|fri)day\b|\bget you (?:in|on|started|"
    r"set up)\b",
    r"\bi(?:'m| am) (?:a|an) \w+|\bmy (?:work|rates|portfolio|experience|background|career|cv|r[eé]sum[eé])\b"
    r"|\blooking forward to working\b|\bour (?-i:[A-Z]\w+)",
    r"\b(?:members|subscribers|users) (?:enjoy|get|save|receive)\b|\b(?:going|selling|filling) (?:fast|out|up)\b"
    r"|\bclaim (?:your|it|my)|\bexclusive(?:ly)?\b|\b(?:pre-?)?selected for\b|\bwant in\?",
    r"\bcan i (?:steal|have|get|borrow|grab|count)\b|\bhalf an hour\b[^.?!]*\?|\bi need (?:one|two) more\b|\b(?:a|"
    r"more) favou?r\b",
    # what others like them do or lose, and what the thing does
    r"\b\w+s like (?:yours|you)\b|\bmost (?:people|teams|companies|clients|customers|businesses|owners|of our)\b"
    r"|\b(?:cuts?|halves|doubles?|saves?|reduces?|boosts?|increases?|grows?) [^.?!]*(?:\d ?%|half|time|hours|"
    r"money|costs?|sales)"
    r"|\bpayback\b|\bsaw (?:results|a \w+ increase)\b",
    # questions that nobody is meant to answer
    r"^(?:are you (?:tired|struggling|sick|fed up|looking|ready|still)|what if\b|did you know|(?:have you )?ever "
    r"|imagine\b|want to (?:see|know|learn|save)|looking (?:for|to)|ready to)\b",
)
OTHER: tuple[str, ...] = (
    # what they asked, wrote or said, taken up
    r"\byou(?:'d| had| have|'ve)? (?:asked|wrote|said|mentioned|told|wanted to know|were (?:waiting|asking"
    r"|wondering|worried|right)|sent|raised"
    r"|described|explained|noticed|felt|pointed out)\b",
    r"\byour (?:note|letter|question|message|mail|email|e-mail|report|comment|point|concern|worry|words|draft"
    r"|reply|order|case|side|view)\b",
    r"\b(?:as you (?:say|said|put it|wrote)|(?:it|that) (?:sounds|must)|i (?:can )?(?:understand|see) (?:that"
    r"|why|how)|that (?:was|is|'s) (?:hard|fair|a lot)|(?:it )?makes sense)\b",
    # something they can use, given
    r"\b(?:attached|enclosed|here (?:is|are) (?!our|my)|here's (?!our|my)|i(?:'ve| have) (?:sent|cancelled|moved|"
    r"checked|asked|found"
    r"|fixed|put|refunded|corrected)|the (?:short )?answer"
    r"|for you to (?:keep|use)|to use with|(?:two|three|four|five) things)\b",
    r"\b(?:cancelled|refunded|credited|no further|(?:taken?|taking) you off|nothing to (?:do|sign|buy|pay)"
    r"|at no cost to you|unsubscribed)\b",
    r"\bi(?: can|'ll| will| could) (?:fetch|bring|come|take|drive|swap|cover|help|have a look|look into|check|sit)\b"
    r"|\bi heard about\b|\bi(?:'m| am) here\b|\bi don't know what to say\b",
    # theirs even where somebody else gains by it
    r"\b(?:need(?:n't| not) be us|whether (?:or not )?(?:it|that)(?: is|'s) (?:with )?us|(?:don't|"
    r"do not) need (?:us|me)|ours or not|any other (?:firm"
    r"|supplier|crew|company|shop))\b",
    # theirs to decide, and nothing wanted back
    r"\b(?:no (?:need|reply|rush|pressure|hurry|obligation to)|your call|up to you|yours to|whichever"
    r"|whenever (?:suits|you)|in your own time"
    r"|if you(?:'d| would)? rather not|either way|i(?:'d| would) (?:just |only )?(?:like|want) to (?:hear"
    r"|listen|understand)|no agenda)\b",
    r"\btell me (?!when you|if you want)|\bpoint you to\b|\bi went (?:back )?through\b",
    r"\bi(?:'m| am) (?:so |very |really )?(?:sorry|thinking of you)|\b(?:my|our) (?:mistake|fault)\b"
    r"|\bthank you for (?:telling|writing|your)|\b(?:i was|we were) (?:wrong|short with|rude|hasty|late|unfair"
    r"|too quick)\b"
    r"|\bi (?:ran|talked|jumped|spoke) (?:right )?over\b|\bi should have\b|\bapologi[sz]e|\b(?:my|our) apologies\b",
)
# Fainter signs, weighed only where a sentence has none of the above.
FAINT_SELF: tuple[str, ...] = (
    r"\b(?:we|us|ours?)\b",
    r"^(?:\w+ )?(?!you|that|this|it|he|she|they)\w+ (?:does|lets|gives|saves|helps|takes|makes|brings|cuts|turns"
    r"|handles|covers)\b",
    r"\b(?:prices?|offer|renew\w*|deal|subscription|upgrade)\b",
)
FAINT_OTHER: tuple[str, ...] = (
    r"\byou(?:'d| had| have|'ve)? (?:were|was|had|did|been|came|went|took|gave|made|lost|stood|kept|left|\w{3,}ed)\b",
    r"\b(?:congratulations|well done|happy for you|proud of you|thank you|thanks for|get well|take care)\b",
)
