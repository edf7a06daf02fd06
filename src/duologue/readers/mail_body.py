"""What the sender of a mail wrote: without the mail that is answered, signatures and what lists add.

One pass over the lines, linear in their number. We do not use mail-parser-reply: it takes every line that begins with
a dash ("- second point") or with "Thanks," for the start of a signature and drops all below, the sender's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """`text`: the sender's own. `quoted`: whether earlier mail was left out. `footers`: whether a signature was."""

    text: str
    quoted: bool = False
    footers: bool = False


# "On DATE, NAME wrote:" in the languages of common mail programs; a line must also hold a digit or an address.
_WROTE = (
    r"wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu|napisał\(?a?\)?|kirjoitti|napsal\(?a?\)?|"
    r"написал\(?а?\)?|пишет|写道|のメール"
)
_FROM = r"From|Von|De|Da|Van|Från|Fra|Od|От"
_BESIDE = (
    r"Sent|Date|To|Cc|Subject|Reply-To|Gesendet|Datum|An|Betreff|Envoyé|À|A|Objet|Enviado(?: el)?|Fecha|Para|Asunto|"
    r"Inviato|Data|Oggetto|Verzonden|Aan|Onderwerp|Skickat|Till|Ämne|Sendt|Til|Emne|Wysłano|Do|Temat|Дата|Кому|Тема"
)
_CLOSING = (
    r"(?:(?:with|best|kind|kindest|warm|warmest|many|all|the)[ ,]+)*(?:regards|wishes|thanks|best)|cheers|"
    r"sincerely|yours(?: (?:truly|sincerely|faithfully))?|sincerely yours|respectfully|take care|thank you|"
    r"mit freundlichen grüßen|(?:viele|liebe|beste) grüße|cordialement|bien à vous|saludos|un saludo|atentamente|"
    r"cordiali saluti|met vriendelijke groet(?:en)?|med vänlig hälsning|mvh|pozdrawiam"
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        {
            "attribution": rf"(?=.*(?:\d|@)).{{0,400}}\b(?:{_WROTE})\b[^:：]{{0,80}}[:：]\s*",
            "opens": r"\s*(?:On|Am|Le|El|Il|Op|Den|Em|W dniu|Dne|\d{1,4}[./-]\d)\b",
            "original": r"\s*[-_=*]{2,}\s*(?:Original (?:Message|Appointment)|Forwarded (?:message|by .{1,60})|"
            r"Reply message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message (?:d'origine|transféré)|"
            r"Mensaje original|Messaggio originale|Oorspronkelijk bericht)\s*[-_=*]{2,}\s*|"
            r"\s*Begin forwarded message:\s*",
            "from": rf"\s*[*_]{{0,2}}(?:{_FROM})\s?:[*_]{{0,2}}\s*\S.*",
            "beside": rf"\s*[*_]{{0,2}}(?:{_BESIDE})\s?:[*_]{{0,2}}.*",
            "rule": r"\s*[-_=*—]{5,}\s*",
            "sent": r"\s*(?:Sent (?:from|via) (?:my|the|Mail|Outlook|Yahoo|Gmail|Proton|Samsung|a mobile)\b.{0,80}|"
            r"Get Outlook for .{1,40}|Gesendet von .{1,60}|Von meinem \w+ gesendet\.?|Envoyé de(?:puis)? mon .{1,60}|"
            r"Enviado desde mi .{1,60}|Inviato da .{1,60}|Verzonden vanaf mijn .{1,60})",
            "list": r".*(?:mailing list\b|/listinfo/|unsubscribe|You received this (?:message|email|e-mail) because|"
            r"You are receiving this (?:because|email|e-mail)|Reply to this e?-?mail directly|view it on GitHub).*",
            "sign": r"\s*(?:--|—|–|__)\s*",
            "dash_name": r"\s*[-–—~]\s?[^\W\d_][\w.'’]*(?:\s[^\W\d_][\w.'’]*){0,3}\s*",
            "closing": rf"\s*(?:{_CLOSING})\s*[,.!~-]{{0,3}}\s*",
            "bullet": r"\s*(?:[-*•·>]|\d{1,2}[.)])\s|\s{2,}\S",
        }[name],
        re.IGNORECASE,
    )


def _is(name: str, line: str) -> bool:
    return len(line) < 1000 and _pattern(name).fullmatch(line) is not None


def own_words(text: str) -> OwnWords:
    """The sender's own words in a mail body, hard line wraps undone."""
    lines = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    kept, quoted = _without_quotes(lines)
    kept, footers = _without_footers(kept)
    return OwnWords(text=_unwrapped(kept), quoted=quoted, footers=footers)


def has_quote(text: str) -> bool:
    """Whether a bare text clearly holds an answered mail, or a mailing list's footer, below words of its own."""
    lines = text.split("\n")[:2000]
    for i in range(len(lines)):
        if _starts_quote(lines, i) or (_is("rule", lines[i]) and _is_list_footer(lines, i)):
            return any(line.strip() for line in lines[:i])
    return False


def _starts_quote(lines: list[str], i: int) -> int:
    """How many lines at `i` introduce an earlier mail: 0 where they do not."""
    line = lines[i]
    if not line.strip() or len(line) > 1000:
        return 0
    # What every pattern needs is looked for first: most lines of a long text have none of it.
    if line.lstrip()[:1] in "-_=*Bb" and _is("original", line):
        return 1
    if ":" in line and _is("from", line):
        block = [n for n in lines[i + 1 : i + 9] if n.strip()][:5]
        return (
            1
            if sum(_is("beside", n) for n in block) >= 2 or (block and _is("beside", block[0]) and len(block) == 1)
            else 0
        )
    for n in (1, 2, 3):  # a long attribution is wrapped
        part = lines[i : i + n]
        if any(not p.strip() or p.lstrip().startswith(">") for p in part[1:]):
            return 0
        if not part[-1].rstrip().endswith((":", "：")):
            continue
        joined = " ".join(p.strip() for p in part)
        if _is("attribution", joined) and (n == 1 or _pattern("opens").match(line)):
            opens = _pattern("opens").match(joined) is not None or "@" in joined
            return n if opens or _next_is_quoted(lines, i + n) else 0
    return 0


def _next_is_quoted(lines: list[str], i: int) -> bool:
    following = next((line for line in lines[i : i + 4] if line.strip()), "")
    return following.lstrip().startswith(">")


def _without_quotes(lines: list[str]) -> tuple[list[str], bool]:
    """Without quoted lines and what introduces them; where a quotation is unmarked, nothing below it is kept."""
    kept: list[str] = []
    quoted = False
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.startswith(">") or (line.lstrip().startswith(">") and len(line) - len(line.lstrip()) < 4):
            quoted = True
            i += 1
            continue
        n = _starts_quote(lines, i)
        if n:
            if not _next_is_quoted(lines, i + n):
                while kept and (not kept[-1].strip() or _is("rule", kept[-1])):
                    kept.pop()
                return kept, True
            quoted = True
            i += n
            continue
        kept.append(line)
        i += 1
    return kept, quoted


def _is_list_footer(lines: list[str], i: int) -> bool:
    return any(_is("list", line) for line in lines[i + 1 : i + 6])


def _without_footers(lines: list[str]) -> tuple[list[str], bool]:
    before = sum(1 for line in lines if line.strip())
    for i, line in enumerate(lines):
        # "-- " is the standard delimiter; "--" and a rule are also used between parts of a long mail.
        if line == "-- " or (len(lines) - i <= 20 and _opens_footer(lines, i)):
            lines = lines[:i]
            break
    lines = [line for line in lines if not _is("sent", line)]
    lines = _without_signature(_trimmed(lines))
    return lines, sum(1 for line in lines if line.strip()) < before


def _opens_footer(lines: list[str], i: int) -> bool:
    line = lines[i]
    if _is("sign", line) or (_is("rule", line) and _is_list_footer(lines, i)):
        return True
    return len(lines) - i <= 12 and _is("list", line) and any(above.strip() for above in lines[:i])


def _trimmed(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is("rule", lines[end - 1])):
        end -= 1
    return lines[:end]


def _without_signature(lines: list[str]) -> list[str]:
    """Without the sign-off at the end: a closing formula and the few short lines of a name card, or "-Name" alone."""
    if len(lines) > 1 and _is("dash_name", lines[-1]) and not lines[-2].strip():
        above = next((line for line in reversed(lines[:-1]) if line.strip()), "")
        if not above.lstrip().startswith(("-", "–", "—", "*")):
            lines = _trimmed(lines[:-1])
    for i in range(max(1, len(lines) - 9), len(lines)):
        below = [line.strip() for line in lines[i + 1 :] if line.strip()]
        card = all(
            len(line) <= 70 and not line.endswith(("?", "!")) and not line.upper().startswith("P.S") for line in below
        )
        postscript = any(b.upper().startswith("PS") for b in below)
        if card and not postscript and len(lines[i]) <= 60 and _is("closing", lines[i]):
            return _trimmed(lines[:i])
    return lines


def _unwrapped(lines: list[str]) -> str:
    """Lines that a mail program broke for width joined again: those whose next word would not have fitted."""
    widest = max((len(line) for line in lines), default=0)
    limit = widest if 55 <= widest <= 100 else 0
    out: list[str] = []
    last = ""
    for line in lines:
        flows = (
            limit
            and last
            and line.strip()
            and len(last) > 50
            and len(last) + 1 + len(line.split(maxsplit=1)[0]) > limit - 2
            and not _pattern("bullet").match(line)
            # After the end of a sentence a break may be meant, and joining would gain nothing.
            and not (last.endswith((".", "!", "?", ":", ";")) and line.lstrip()[:1].isupper())
        )
        if flows:
            out[-1] = out[-1].rstrip() + " " + line.strip()
        else:
            out.append(line.rstrip())
        last = line.rstrip()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()
