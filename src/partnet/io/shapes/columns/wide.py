"""Tables with a column for every service, group or partner."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.names import fold_name
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...headers.row import TOTALS
from ...headers.words import spellings
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, note_shape
from ..rows.status import is_status

# table: the column that the headers of a wide table belong to, and what they are called
WIDE: Mapping[str, tuple[str, str]] = {
    "services": ("service", "services"),
    "memberships": ("group", "groups"),
}
OFFERED = frozenset({
    "offered", "provided", "currently offered", "currently provided", "currently offer",
    "currently provide", "available", "we offer this", "we provide this", "•",
    "24/7", "24 hours", "24 hr", "24 hrs", "full time", "full-time", "f/t", "part time",
    "part-time", "p/t", "on site", "on-site", "onsite", "in house", "in-house", "visiting",
    "itinerant", "limited", "by appointment", "seasonal", "contracted", "by contract",
    "via telehealth", "by telehealth",
})  # fmt: skip
NOT_OFFERED = frozenset({
    "not offered", "not provided", "not available", "do not offer", "do not provide",
    "we do not offer this", "we do not provide this", "never", "refer", "refer out", "referred",
    "referred out", "referral only", "closed", "discontinued",
})  # fmt: skip
ENDED = re.compile(
    r"(closed|ended|discontinued|suspended|stopped)( (in|on|as of|since))? \d[-/\d]*"
)
ROLES = frozenset({
    "member", "chair", "co-chair", "cochair", "vice chair", "lead", "co-lead", "convener",
    "partner", "participant", "active", "active member", "voting member", "founding member",
    "secretary", "treasurer", "facilitator", "steering committee", "attended", "present",
    "vice-chair", "co chair", "past chair", "chair-elect", "alternate", "staff", "staff lead",
    "liaison", "ex officio", "ex-officio", "non-voting member", "at-large", "regular member",
})  # fmt: skip
LEGEND = re.compile(r"\s?\([^()]*=[^()]*\)$")  # Transport (0 = no, 1 = yes)
JOINED = re.compile(r"(since )?((19|20)\d{2}|\d{1,2}/(\d{1,2}/)?\d{2,4}|\d{4}-\d\d(-\d\d)?)")
TAIL = re.compile(r"[(,][^(,]*$")  # Member (alternate)
# A column of a meeting, and how lists of who came mark it.
MEETING = re.compile(
    r"\d[-/.]\d|\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\bmeeting\b",
    re.IGNORECASE,
)
SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("p", "here", "in person", "in-person", "virtual", "zoom", "remote", "late",
                     "phone", "online", "v", "proxy"), "yes"),
    **dict.fromkeys(("a", "ab", "abs", "absent", "e", "ex", "exc", "excused", "unexcused", "u",
                     "regrets", "no show", "did not attend"), "no"),
}  # fmt: skip
REMARKED = re.compile(r"[x\u2713\u2714] ?\(([^()]*)\)?")
PIVOT = "row labels"  # as Excel heads the first column of a pivot table
ANSWER = re.compile(r"(yes|no|y|n)(?:\s*[,;(/:]|\s+[-\u2013] )")  # Yes, limited; No - refer out
# As REDCap exports the boxes of one question, raw and by labels.
CHECKBOX = re.compile(r"(.+?)(?:_{3}(?P<code>.+)|\s*\(choice=(?P<label>.+)\))")
PARTNER = re.compile(
    r"((top|key|main|primary|closest|strongest|most important) )?"
    r"(partner|partner organization|partner name|target|to|organization|org|agency|name|alter|"
    r"collaborator|connection|contact|works with|named (organization|partner|agency)|nominee|"
    r"nominated (organization|partner|agency)) ?#? ?\d{1,2}"
)


def melt_wide(raw: RawTable, name: str, known: Collection[str] = ()) -> RawTable:
    """Turn columns of yes and no into rows, one for every yes; other tables stay as they are.

    A cell that is neither (planned, not sure) is no yes. `known` holds folded ids and names of
    organizations: a table with a column for each of them lies on its side.
    """
    if name == "ties":
        return _melt_partners(raw)
    if name not in WIDE:
        return raw
    column, words = WIDE[name]
    if _is_turned(raw, name, known):
        raw = _turn(raw)
    wide = _find_boxes(raw, name)
    if not wide:
        return raw
    kept = [k for k in range(len(raw.header)) if k not in wide]
    joined = name == "memberships" and any(JOINED.fullmatch(r[k]) for r in raw.rows for k in wide)
    since = ["since"] if joined and "since" not in match_headers(raw, TABLES[name]).columns else []
    entries = Entries(raw, [*(raw.header[k] for k in kept), column, *since])
    unread: list[str] = []
    for position, row in enumerate(raw.rows):
        for k in wide:
            said = read_box(row[k], raw, raw.header[k], name)
            if said == "yes":
                cells = [*(row[i] for i in kept), name_box(raw.header[k])]
                day = row[k] if JOINED.fullmatch(row[k]) else ""
                entries.add(position, [*cells, day] if since else cells)
            elif not said and row[k] and not is_nothing(row[k], "value"):
                unread.append(row[k])
    few = ", ".join(f'"{text}"' for text in list(dict.fromkeys(unread))[:3])
    return entries.make(
        note_shape(
            raw,
            f"a column of yes and no for each of {len(wide):,} {words}"
            + (f", and {few} in {count_noun(len(unread), 'cell')}" if unread else ""),
            f"Each yes is read as a row: {len(entries.rows):,} rows."
            + (" What is neither yes nor no is not known." if unread else ""),
        )
    )


def is_wide(raw: RawTable, name: str) -> bool:
    """Tell whether a table has a column of yes and no for each of several services or groups."""
    return len(_find_boxes(raw, name)) > 1


def lists_meetings(raw: RawTable) -> bool:
    """Tell whether each other column is a meeting, by a month or a day, and marks who came."""
    boxes = _find_boxes(raw, "memberships")
    extras = match_headers(raw, TABLES["memberships"]).extras
    meetings = [k for k, text in extras.items() if MEETING.search(text)]
    return len(boxes) > 1 and boxes == meetings


def _find_boxes(raw: RawTable, name: str) -> list[int]:
    column, _ = WIDE[name]
    headers = match_headers(raw, TABLES[name])
    if column in headers.columns or "organization" not in headers.columns:
        return []
    heads = [k for k, t in headers.extras.items() if t and fold_cell(t) not in TOTALS]
    return find_boxes(raw, heads, name)


def find_boxes(raw: RawTable, heads: Sequence[int], name: str = "services") -> list[int]:
    """Give which of some columns hold yes and no, and hardly anything else that says something."""
    said = {k: _hear_column(raw, k, name) for k in heads}
    mostly = [k for k, (yes_no, others) in said.items() if yes_no and len(others) <= yes_no]
    words = {word for k in mostly for word in said[k][1]}
    known = {k for k, (_, others) in said.items() if others and set(others) <= words}
    return [k for k in heads if said[k][0] and (k in mostly or k in known)]


def _hear_column(raw: RawTable, position: int, name: str) -> tuple[int, list[str]]:
    """How many cells of a column say yes or no, and the words of the others."""
    header = raw.header[position]
    cells = [row[position] for row in raw.rows if row[position].strip()]
    said = [read_box(text, raw, header, name) for text in cells]
    pairs = zip(said, cells, strict=True)
    others = [fold_cell(c) for s, c in pairs if not s and not is_nothing(c, "value")]
    return sum(map(bool, said)), others


def read_box(text: str, raw: RawTable, header: str, name: str) -> str:
    """Give "yes" or "no", or "" where a box says neither: Yes, limited is yes, planned is not.

    In a pivot table of Excel a count is yes.
    """
    word = fold_cell(text)
    if raw.header[0].casefold() == PIVOT and word.isdigit():
        return "yes" if int(word) else "no"
    if word in YES or word in OFFERED or _repeats(text, header):
        return "yes"
    if word in NO or word in NOT_OFFERED or ENDED.fullmatch(word):
        return "no"
    if name == "memberships" and (word in ROLES or fold_cell(TAIL.sub("", word)) in ROLES):
        return "yes"
    if name == "memberships" and JOINED.fullmatch(word):
        return "yes"
    if name == "memberships" and MEETING.search(header) and word in SIGNS:
        return SIGNS[word]
    remark = REMARKED.fullmatch(word)  # x (alternate)
    if remark and not is_status(remark[1]):
        return "yes"
    match = ANSWER.match(word)
    return {"y": "yes", "n": "no"}.get(match[1], match[1]) if match else ""


def _is_turned(raw: RawTable, name: str, known: Collection[str]) -> bool:
    """Whether services stand below each other, and every other header names an organization."""
    column, _ = WIDE[name]
    headers = match_headers(raw, TABLES[name])
    named = {text for text in headers.extras.values() if text and fold_name(text) in known}
    if headers.columns.get(column) != 0 or "organization" in headers.columns:
        return False
    rest = {text for text in raw.header[1:] if text and fold_cell(text) not in TOTALS}
    if len(named) > 1 and 2 * len(named) >= len(rest):  # whom the list lacks is told by name
        return rest == named or _is_ticked_across(raw)
    return not known and name == "services" and lies_across(raw)


def list_across(raw: RawTable, known: Collection[str] = ()) -> dict[str, int]:
    """List the organizations over the columns of services that lie across, with their row."""
    if not _is_turned(raw, "services", known):
        return {}
    return dict.fromkeys((row[0] for row in _turn(raw).rows), raw.header_row)


def lies_across(raw: RawTable) -> bool:
    """Tell whether services stand below each other, with a column of marks for each organization.

    Columns of counties, days, groups of people or words of a status are no organizations.
    """
    headers = match_headers(raw, TABLES["services"])
    if headers.columns != {"service": 0} or len(raw.header) < 3 or not raw.rows:
        return False
    across = [text for text in raw.header[1:] if text and fold_cell(text) not in TOTALS]
    words = {fold_cell(text) for text in across}
    if len(words) < 2 or words & (YES | NO | OFFERED | NOT_OFFERED) or len(words) < len(across):
        return False
    if any(NO_NAME.search(text) or fold_word(text) in _OTHER_HEADERS for text in across):
        return False
    return _is_ticked_across(raw)


def _is_ticked_across(raw: RawTable) -> bool:
    """Whether every column but the first holds marks of yes and no, some yes among them."""
    across = [k for k, text in enumerate(raw.header) if k and text]
    across = [k for k in across if fold_cell(raw.header[k]) not in TOTALS]
    filled = [k for k in across if any(row[k].strip() for row in raw.rows)]
    boxes = find_boxes(raw, filled)
    said = (read_box(row[k], raw, "", "services") for row in raw.rows for k in boxes)
    return bool(boxes) and boxes == filled and "yes" in said


NO_NAME = re.compile(  # counties, days, years, groups of people, how a service is given
    r"\bcounty\b|^\W*\d|^(mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"\b(adults?|child(ren)?|youth|teens?|seniors?|older|veterans?|women|men|famil(y|ies)|infants?|"
    r"ages?|uninsured|medicaid|medicare|in.?person|virtual|telehealth|on.?site|needed|offered|"
    r"provided|available|planned|gaps?|priority|priorities|current(ly)?|future|urban|rural|free)\b",
    re.IGNORECASE,
)
_OTHER_HEADERS = frozenset(
    word for table in TABLES.values() for c in table.columns for word in spellings(c)
)


def _turn(raw: RawTable) -> RawTable:
    """A table turned on its side; its rows are counted by its header."""
    below = [row[0] for row in raw.rows]
    across = [k for k, text in enumerate(raw.header) if k and text]
    across = [k for k in across if fold_cell(raw.header[k]) not in TOTALS]
    return replace(
        raw,
        header=("organization", *below),
        rows=[[raw.header[k], *(row[k] for row in raw.rows)] for k in across],
        row_numbers=[raw.header_row] * len(across),
        origins=(),
        places=(),
    )


def _repeats(text: str, header: str) -> bool:
    """Whether a box says its own name where it is ticked, as SurveyMonkey has it."""
    return bool(text) and fold_word(text) == fold_word(name_box(header))


def name_box(header: str) -> str:
    """The answer that a box stands for: services___transport is transport."""
    match = CHECKBOX.fullmatch(header)
    box = match["code"] or match["label"] if match else LEGEND.sub("", header) or header
    return " ".join(box.replace("_", " ").split())


def lists_partners(raw: RawTable) -> bool:
    """Tell whether each row names who was asked, and then those that it named: 1, 2, 3."""
    words = [fold_word(text) for text in raw.header]
    named = [k for k, word in enumerate(words) if NAMED.fullmatch(word) and not _is_ticked(raw, k)]
    asked = spellings(TABLES["ties"].column("source")) | {"respondent", "reporter"}
    return len(named) > 1 and words[0] in asked


NAMED = re.compile(
    r"(named|nominated|top|key|main|primary|closest|strongest|most important) "
    r"(organization|partner|agency|collaborator) ?#? ?\d{1,2}|nominee ?#? ?\d{1,2}"
)


def _melt_partners(raw: RawTable) -> RawTable:
    """Turn a list of each organization with partner 1, partner 2 ... into one row a tie."""
    words = [fold_word(text) for text in raw.header]
    partners = [k for k, word in enumerate(words) if PARTNER.fullmatch(word) and k > 0]
    partners = [k for k in partners if not _is_ticked(raw, k)]
    if len(partners) < 2 or {"source", "target"} <= set(words):
        return raw
    partners += [k for k in range(1, len(words)) if words[k] in TARGETS]
    beside = _list_beside(words, partners)
    paired = {k for found in beside.values() for k in found.values()}
    kept = [k for k in range(1, len(words)) if k not in partners and k not in paired]
    about = list(dict.fromkeys(label for found in beside.values() for label in found))
    header = ["source", *(raw.header[k] for k in kept), *about, "target"]
    entries = Entries(raw, header)
    for position, row in enumerate(raw.rows):
        for k in sorted(partners):
            if not is_nothing(row[k], "label"):
                told = [row[beside[k][label]] if label in beside[k] else "" for label in about]
                entries.add(position, [row[0], *(row[i] for i in kept), *told, row[k]])
    return entries.make(
        note_shape(
            raw,
            f"a list of organizations with up to {len(partners):,} partners beside each",
            f"Each partner is read as a tie: {len(entries.rows):,} ties.",
        )
    )


def _is_ticked(raw: RawTable, position: int) -> bool:
    """Whether a column is a box that was ticked, and names nobody: partners___1."""
    cells = {fold_cell(row[position]) for row in raw.rows if row[position].strip()} - {"none"}
    return bool(cells) and cells <= YES | NO


def _list_beside(words: list[str], partners: list[int]) -> dict[int, dict[str, int]]:
    """For each partner the columns that bear its number: Frequency 2 is of Partner 2."""
    found: dict[int, dict[str, int]] = {k: {} for k in partners}
    of_number = {match[1]: k for k in partners if (match := NUMBER.search(words[k]))}
    for k, word in enumerate(words):
        match = NUMBER.search(word)
        if match and k not in found and match[1] in of_number:
            found[of_number[match[1]]].setdefault(word[: match.start()].strip(" #"), k)
    return found


TARGETS = frozenset({"partner", "target", "to"})
NUMBER = re.compile(r"(\d{1,2})$")
