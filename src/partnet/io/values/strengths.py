"""Strengths of ties: one scale a column; what is not understood never makes a tie stronger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, PositionArray
from ...core.vocabulary import Ladder, Vocabulary
from ...core.wording.text import count_noun
from ..typed.draft import Draft
from .ladders import find_whole_ladder
from .numbers import Mark, read_number, read_percent
from .parse import AMERICAN, NO, YES, mark_of
from .scales import find_top, read_scale
from .words import fold_cell, is_nonanswer, list_words, missing_codes

Fate = Literal["blank", "read", "number", "missing", "unread", "negative", "yes"]

NUMBERED = re.compile(r"\(?(\d{1,2})\)?\s*[-–—.:=)]\s*(?=[^\d\s])(.+)")  # 3 - Strong
NUMBER_LAST = re.compile(  # Strong (3), Strong = 3, Level 3
    r"([^\W\d](?:.*[^\s(\[=:])?)(?:\s*[(\[]\s*(\d{1,2})\s*[)\]]|\s*[=:]\s*(\d{1,2})|(?<=\b(?:level|grade|score))\s+(\d{1,2}))"
)
SHARE = re.compile(r"(\d{1,2})\s*(?:/|of|out of)\s*(\d{1,2})", re.IGNORECASE)  # 3/5, 4 of 5
# Sentences that say that there is nothing, or (first group) that it is not known.
DENIED = re.compile(
    r"(?:(?:we|they|i) )?(?:do not|don't|did not|didn't|does not|doesn't|have not|haven't|has not) "
    r"(know (?:if|how|whether|what|when|about|exactly|enough)\b)?|"
    r"(?:(?:we|they|i)(?: have|'ve)? )?never\b|no longer\b|"
    r"not (?:yet|currently|at present|at this time|any ?more|now)\b"
)
TIMES = re.compile(  # 12x, 4 meetings
    r"(\d{1,6}) ?(?:x|times|meetings?|contacts?|calls?|visits?|referrals?)", re.IGNORECASE
)
YES_AND = re.compile(r"yes\s*[,:;(\u2013\u2014-]\s*([^\s()][^()]*)\)?", re.IGNORECASE)
MOST_LOOKED_AT = 500  # characters of a cell in which yes is looked for
SOON = re.compile(  # what a remark says that is nothing of today
    r"\b(planned|former(ly)?|ended|past|potential|future|not|no|until|expired|proposed|was|wish)\b",
    re.IGNORECASE,
)
LEAST_ROSTER = 4  # organizations of a roster in long form
ROSTER_SHARE = 0.9  # of all cells that a roster in long form lists
MOST_SAID = 4  # answers that a note lists
WEAKEST = 0.2  # where no level tells: the lowest of the shipped ladders
CODE_LIMITS = ((100.0, 10.0), (1_000.0, 100.0), (100_000.0, 1_000.0))  # code below, scale at most


@dataclass(frozen=True, slots=True)
class Answer:
    """What one different strength cell says: its fate, and a strength or a number on a scale."""

    fate: Fate
    value: float = float("nan")


def settle_strengths(draft: Draft, vocabulary: Vocabulary) -> None:
    """Turn strength cells into numbers in [0, 1]; answers in words are kept beside them.

    A missing answer (don't know, 99) makes no tie: its row goes to the responses, as skipped. An
    answer that is not understood weighs as the weakest level; in a roster it is missing.
    """
    frame = draft.frame
    codes, pairs = _list_distinct_answers(draft)
    if ladder := find_whole_ladder([text for text, own in pairs if not own], vocabulary):
        _tell_ladder(draft, vocabulary.ladders[ladder])
        pairs = [(text, own or ladder) for text, own in pairs]
    habit = draft.habits.get("strength", AMERICAN)
    answers = [_read_answer(*pair, vocabulary, mark_of(pair[0], habit)) for pair in pairs]
    answers = _hear_yes(_agree_on_numbers(answers, pairs), pairs)
    answers = _hear_header(draft, answers, vocabulary)
    top = _find_said_top(draft, vocabulary)
    answers = _code_missing(answers, top, asked=_asks(draft))
    answers = _settle_scale(draft, answers, pairs, top)
    weakest = _find_weakest(answers, pairs, vocabulary)
    roster = _is_roster(draft, answers)
    fates = np.array([answer.fate for answer in answers], dtype=object)[codes]
    asked = roster or draft.raw.asked
    _report_unread(draft, fates, codes, pairs, roster=asked, vocabulary=vocabulary)
    values = np.array([weakest if a.fate == "unread" else a.value for a in answers])
    numbers = values[codes] if len(answers) else np.zeros(0)
    frame["strength"] = pd.Series(numbers, index=frame.index, dtype="float64")
    _keep_answers(frame, answers, codes, pairs)
    _take_levels(draft, fates == "blank", vocabulary)
    missing = fates == "missing"
    if roster:
        missing |= fates == "blank"
    if asked:
        missing |= fates == "unread"
    _skip(draft, missing, list(dict.fromkeys(pairs[k][0] for k in codes[missing] if pairs[k][0])))
    _set_negative_aside(draft)


def _list_distinct_answers(draft: Draft) -> tuple[PositionArray, list[tuple[str, str]]]:
    """List what stands in the strength cells, or else as answers, each with its ladder once.

    Millions of ties give few different answers: the number of its answer is kept for every row.
    """
    frame = draft.frame
    given = frame["strength"] if frame["strength"].dtype == "str" else frame["strength"].map(str)
    codes, words = pd.factorize(given)
    blank = np.array([word.strip().casefold() in ("", "nan") for word in words], dtype=bool)
    said, texts = pd.factorize(given.where(~blank[codes], frame["answer"]))
    on, ladders = pd.factorize(frame["ladder"])
    codes, pairs = pd.factorize(said * max(len(ladders), 1) + on)
    return codes, [
        (str(texts[k // len(ladders)]), str(ladders[k % len(ladders)])) for k in pairs.tolist()
    ]


def _tell_ladder(draft: Draft, ladder: Ladder) -> None:
    draft.report(
        None, "strength", f"answers of the ladder {ladder.label}",
        "An answer is on one ladder.",
        f"Its levels from the weakest to the strongest: {', '.join(ladder.levels)}.",
        level="note",
    )  # fmt: skip


def _read_answer(text: str, ladder: str, vocabulary: Vocabulary, mark: Mark) -> Answer:
    if not text.strip():
        return Answer("blank")
    strength = vocabulary.find_answer(text, ladder)
    if strength is not None:
        return Answer("read", strength)
    level = None if ladder else vocabulary.find_level(text)
    if level is not None:
        return Answer("read", level)
    if is_nonanswer(text):
        return Answer("missing")
    if fold_cell(text) in NO:  # FALSE, a cross: whatever the scale, there is no tie
        return Answer("read", 0.0)
    number = read_number(text, mark)
    if number is not None:
        return _read_plain(number, ladder, vocabulary)
    percent = read_percent(text, mark)
    if percent is not None and 0 <= percent <= 100:
        return Answer("number" if not ladder else "unread", percent / 100)
    if not ladder and (times := TIMES.fullmatch(text.strip())):
        return Answer("number", float(times[1]))
    if not ladder and (counted := _count_marks(text)):
        return Answer("number", counted)
    if not ladder and (share := _read_share(text)) is not None:
        return Answer("read", share)
    bare = text.rpartition("(")[0].rstrip() if text.endswith(")") else ""
    if bare[:1].isdigit() and bare.rstrip("%")[-1:].isdigit():  # 75% (n=12), 5 (don't know)
        remark = text[len(bare) :].strip(" ()")
        said = is_nonanswer(remark) or vocabulary.find_answer(remark, ladder) is not None
        return _read_answer(remark if said else bare, ladder, vocabulary, mark)
    ticked = YES_AND.fullmatch(text.strip()[:MOST_LOOKED_AT])
    if ticked and vocabulary.find_answer(ticked[1], ladder) is not None:  # Yes, weekly
        return _read_answer(ticked[1], ladder, vocabulary, mark)
    if bare and not SOON.search(text, len(bare)):  # Weekly (more in winter)
        words = vocabulary.find_answer(bare, ladder)
        if words is not None:
            return Answer("read", words)
    found = _read_numbered(text, ladder, vocabulary)
    if found.fate == "unread" and not ladder and fold_cell(text) in list_words("extremes.most"):
        return Answer("read", 1.0)
    if found.fate == "unread" and not ladder and fold_cell(text) in list_words("extremes.least"):
        return Answer("read", WEAKEST)
    if found.fate == "unread" and (denied := DENIED.match(fold_cell(text))):
        return Answer("missing") if denied[1] else Answer("read", 0.0)
    return found


def _count_marks(text: str) -> float:
    """How many marks an answer of marks alone has: +++, three stars of five."""
    bare = "".join(text.split()).rstrip("☆")
    return float(len(bare)) if bare and set(bare) in ({"+"}, {"★"}, {"⭐"}, {"●"}) else 0.0


def _read_share(text: str) -> float | None:
    """A part of a scale, as 3/5 or 4 of 5; ``None`` where it is none."""
    match = SHARE.fullmatch(text.strip())
    if match is None or not 0 <= int(match[1]) <= int(match[2]) or int(match[2]) == 0:
        return None
    return int(match[1]) / int(match[2])


def _read_plain(number: float, ladder: str, vocabulary: Vocabulary) -> Answer:
    """A bare number: on its ladder, else on the scale of the column."""
    if not ladder:
        return Answer("number", number)
    if number == 0:
        return Answer("read", 0.0)
    scale = vocabulary.ladders[ladder]
    strength = scale.strength_of_number(number)
    if strength is not None:
        return Answer("read", strength)
    beyond = number in ONE_DIGIT and number > len(scale.levels) + 1
    return Answer("missing" if beyond or number in missing_codes() else "unread")


def _read_numbered(text: str, ladder: str, vocabulary: Vocabulary) -> Answer:
    """An answer as "1 - Rarely": its words if they are known, else its number."""
    parts = split_numbered(text)
    if parts is None:
        return Answer("unread")
    number, said = parts
    words = vocabulary.find_answer(said, ladder)
    if words is not None:
        return Answer("read", words)
    if is_nonanswer(said):
        return Answer("missing")
    if number == 0:
        return Answer("unread")
    return _read_plain(number, ladder, vocabulary)


def split_numbered(text: str) -> tuple[float, str] | None:
    """Part an answer into its number and its words; ``None`` where it does not have both.

    Examples
    --------
    >>> split_numbered("1 - Rarely"), split_numbered("Strong (3)"), split_numbered("weekly")
    ((1.0, 'Rarely'), (3.0, 'Strong'), None)
    """
    bare = text.strip()
    match = NUMBERED.fullmatch(bare)
    if match is not None:
        return float(match[1]), match[2]
    match = NUMBER_LAST.fullmatch(bare)
    if match is None:
        return None
    return float(next(filter(None, match.groups()[1:]))), match[1]


def _agree_on_numbers(answers: list[Answer], pairs: list[tuple[str, str]]) -> list[Answer]:
    """Read a column whose answers all have numbers by these, where some words are not known.

    Else "1 - Rarely" would count by its word and "4 - Very often" by its number. An answer that
    says none stays none; numbers that fall while the words rise (1 = daily) are not taken.
    """
    given = [k for k, a in enumerate(answers) if a.fate in ("read", "number", "unread")]
    parts = {k: split_numbered(pairs[k][0]) for k in given if not pairs[k][1]}
    numbers = {k: part[0] for k, part in parts.items() if part is not None}
    known = sorted(
        (numbers.get(k, 0.0), answers[k].value) for k in given if answers[k].fate == "read"
    )
    rising = all(one[1] <= other[1] for one, other in pairwise(known))
    if (
        len(numbers) < len(given)
        or len(known) == len(given)
        or not rising
        or not any(numbers.values())
    ):
        return answers
    none = {k for k in given if answers[k].fate == "read" and answers[k].value == 0}
    taken = {k: Answer("number", numbers[k]) for k in given if k not in none}
    return [taken.get(k, answer) for k, answer in enumerate(answers)]


def _hear_yes(answers: list[Answer], pairs: list[tuple[str, str]]) -> list[Answer]:
    """Take yes for a tie without a strength, where no other answer of the column is on a scale."""
    ticked = [fold_cell(text) in YES for text, _ in pairs]
    scaled = any(
        not yes and (a.fate == "number" or (a.fate == "read" and a.value > 0))
        for a, yes in zip(answers, ticked, strict=True)
    )
    if scaled:
        return answers
    return [
        Answer("yes") if yes and a.fate == "unread" else a
        for a, yes in zip(answers, ticked, strict=True)
    ]


def _hear_header(draft: Draft, answers: list[Answer], vocabulary: Vocabulary) -> list[Answer]:
    """Read numbers as the header explains them: 0 = never, 1 = strongest, 9 = don't know."""
    at = draft.headers.columns.get("strength")
    header = "" if at is None else draft.raw.header[at]
    said, found_at = read_scale(header, vocabulary), f'the header "{header}"'
    if said is None:
        said = read_scale(draft.raw.above, vocabulary)
        found_at = f'"{" ".join(draft.raw.above.split())[:200]}" beside the table'
    numbers = {a.value for a in answers if a.fate == "number"}
    if said is None or not numbers:
        return answers
    found = {number: Answer("missing") for number in numbers & said.missing}
    found |= {n: Answer("read", 0.0) for n in numbers & said.none}
    rest = numbers - set(found)
    if rest <= set(said.levels):
        found |= {n: Answer("read", said.levels[n]) for n in rest}
    elif said.turned:
        found |= {n: Answer("read", value) for n, value in said.turn(rest).items()}
    if found:
        draft.report(
            None,
            "strength",
            found_at,
            "A header may say what its numbers stand for.",
            "Smaller numbers are read as stronger." if said.turned else "They are read so.",
            level="note",
        )
    return [found.get(a.value, a) if a.fate == "number" else a for a in answers]


def _asks(draft: Draft) -> bool:
    """Whether strengths are answers to a question, and no counts or weights of a program."""
    at = draft.headers.columns.get("strength")
    header = "" if at is None else fold_cell(draft.raw.header[at])
    return draft.raw.asked or bool(ASKING.search(header))


ASKING = re.compile(
    r"^how (often|close|strong|much|frequent)|to what extent|strength|frequency|closeness|"
    r"intensity|level of|\?|^(q\d|freq|answer|response|rating|score|trust)"
)


def _find_said_top(draft: Draft, vocabulary: Vocabulary) -> float:
    """The largest number of the scale that the header names (1-5; 1 = weak, 5 = strong), or 0."""
    at = draft.headers.columns.get("strength")
    header = "" if at is None else draft.raw.header[at]
    said = read_scale(header, vocabulary)
    numbers = set() if said is None or said.turned or said.levels else {*said.numbers}
    return max([find_top(header), *(numbers if len(numbers) > 1 else ())])


def _code_missing(answers: list[Answer], top: float, *, asked: bool) -> list[Answer]:
    """Find numbers that code a missing answer: 99 where the scale ends at 5; so 8 and 9.

    Of what was `asked`, 9 apart from a whole scale of 1 to 5 is such a code as well.
    """
    plain = [a.value for a in answers if a.fate == "number"]
    missing = find_missing_codes(plain, worded=any(a.fate == "read" for a in answers))
    missing |= {number for number in ONE_DIGIT if 0 < top < number - 1}
    missing |= _find_apart(plain) if asked else frozenset()
    return [Answer("missing") if a.fate == "number" and a.value in missing else a for a in answers]


ONE_DIGIT = (8.0, 9.0)  # code a missing answer where the scale is known to end well below


def _find_apart(numbers: Iterable[float]) -> frozenset[float]:
    """8 and 9 beside all the numbers of a scale that ends at 3, 4 or 5, and no other."""
    given = set(numbers)
    apart = given & {*ONE_DIGIT}
    rest = given - apart - missing_codes()
    top, low = max(rest, default=0.0), min(rest, default=0.0)
    if low not in (0.0, 1.0) or not 3 <= top <= 5 or top - low < 3:
        return frozenset()
    whole = rest == {*map(float, range(int(low), int(top) + 1))}
    return frozenset(apart) if whole else frozenset()


def find_missing_codes(numbers: Iterable[float], *, worded: bool = False) -> frozenset[float]:
    """Tell which numbers of a column code a missing answer; `worded` if others are words.

    Examples
    --------
    >>> sorted(find_missing_codes([1, 5, 99])), sorted(find_missing_codes([20, 60, 99]))
    ([99], [])
    """
    given = set(numbers)
    others = given - missing_codes()
    top = max(others, default=1.0 if worded else float("inf"))
    least = min(others, default=0.0)
    return frozenset(value for value in given - others if _is_code(value, top, least))


def _is_code(value: float, top: float, least: float) -> bool:
    if value < 0:
        return least >= 0
    return top <= next(most for below, most in CODE_LIMITS if value < below)


def _settle_scale(
    draft: Draft, answers: list[Answer], pairs: list[tuple[str, str]], said: float
) -> list[Answer]:
    """Divide numbers without a ladder by the largest one, or by what is `said` to be it."""
    numbers = [answer.value for answer in answers if answer.fate == "number"]
    if not numbers:
        return answers
    top, declared = max(numbers), draft.manners.scale or said or None
    worded = any(
        a.fate == "read" and a.value > 0 and not p[1] for a, p in zip(answers, pairs, strict=True)
    )
    if declared is None and top > 1 and worded:
        return [
            Answer("unread") if a.fate == "number" and a.value > 1 else _as_read(a, 1.0)
            for a in answers
        ]
    scale = declared or max(top, 1.0)
    if scale > 1:
        low, named = min(numbers), "" if scale == top else ", the end of the scale that is named"
        draft.report(
            None,
            "strength",
            f"numbers from {low:g} to {top:g}" if low < top else f"the number {top:g}",
            "A strength lies above 0 and at most at 1.",
            f"All were divided by {scale:g}{named}. If another number is the strongest, say so: a "
            'line "scale" in the table about, or the name of the scale in a column ladder.',
            level="note",
        )
    return [_as_read(answer, scale) for answer in answers]


def _as_read(answer: Answer, scale: float) -> Answer:
    if answer.fate != "number":
        return answer
    if answer.value < 0:
        return Answer("negative", answer.value)
    return Answer("read", answer.value / scale) if answer.value <= scale else Answer("unread")


def _find_weakest(
    answers: list[Answer], pairs: list[tuple[str, str]], vocabulary: Vocabulary
) -> float:
    """The weakest level that any tie of the column could have."""
    read = [a.value for a in answers if a.fate == "read" and a.value > 0]
    ladders = {ladder for _, ladder in pairs if ladder}
    lowest = [1 / len(vocabulary.ladders[ladder].levels) for ladder in ladders]
    return min([*read, *lowest, WEAKEST])


def _is_roster(draft: Draft, answers: list[Answer]) -> bool:
    """Tell whether the table lists every other organization for each that answered.

    Then a cell that is blank, or that is not understood, is a question without an answer.
    """
    fates = {answer.fate for answer in answers}
    if not fates & {"read", "yes"} or not fates & {"missing", "blank", "unread"}:
        return False
    frame = draft.frame
    by_source = bool((frame["reported_by"] == frame["source"]).all())
    if not by_source and not ("missing" in fates or any(a.value == 0 for a in answers)):
        return False
    ends = frame[["source", "target"]].drop_duplicates()
    sources, everybody = ends["source"].nunique(), pd.unique(ends.to_numpy().ravel()).size
    cells = sources * (everybody - 1)
    return everybody >= LEAST_ROSTER and sources >= 2 and len(ends) >= ROSTER_SHARE * cells


def _report_unread(
    draft: Draft,
    fates: np.ndarray[tuple[int], np.dtype[np.object_]],
    codes: PositionArray,
    pairs: list[tuple[str, str]],
    *,
    roster: bool,
    vocabulary: Vocabulary,
) -> None:
    unread = fates == "unread"
    tail = (
        "It counts as no answer: neither a tie nor none."
        if roster
        else "Until then the tie weighs as one of the weakest level."
    )
    column = draft.table.column("strength")
    for row, code in zip(draft.frame.index[unread], codes[unread], strict=True):
        text, ladder = pairs[code]
        levels = ", ".join(vocabulary.ladders[ladder].levels) if ladder else ""
        fix = f"On this ladder the levels are {levels}." if ladder else "Write a level of a ladder."
        draft.report(
            row, "strength", f'"{text}"', column.allowed, f"{fix} {tail}", set_aside="cell"
        )


def _keep_answers(
    frame: pd.DataFrame, answers: list[Answer], codes: PositionArray, pairs: list[tuple[str, str]]
) -> None:
    """Keep what was written where it is more than the number itself."""
    words = [
        text if answer.fate in ("read", "unread") and not _is_same(text, answer.value) else ""
        for (text, _), answer in zip(pairs, answers, strict=True)
    ]
    written = pd.Series(np.array(words, dtype=object)[codes], index=frame.index, dtype="str")
    frame["answer"] = frame["answer"].where(frame["answer"] != "", written)


def _is_same(text: str, value: float) -> bool:
    try:
        return float(text) == value
    except ValueError:
        return False


def _take_levels(draft: Draft, blank: BoolArray, vocabulary: Vocabulary) -> None:
    """Where a relation is a level of working together, its strength is that of the level."""
    at = draft.headers.columns.get("relation")
    if at is None:
        return
    frame = draft.frame
    known = {text: vocabulary.find_level(text) for text in {row[at] for row in draft.raw.rows}}
    if not any(known.values()):
        return
    found = [known[draft.raw.rows[row][at]] for row in frame.index]
    said = np.array([level is not None for level in found], dtype=bool) & blank
    strengths = frame["strength"].to_numpy(copy=True)
    strengths[said] = [level for level, use in zip(found, said, strict=True) if use]
    frame["strength"] = strengths
    texts = [draft.raw.rows[row][at] for row in frame.index[said]]
    frame.loc[said, "answer"] = texts
    words = list(dict.fromkeys(texts))[:4]
    if words:
        draft.report(
            None,
            "relation",
            ", ".join(f'"{word}"' for word in words),
            "A relation is what two organizations do together.",
            "They are read as levels of working together: communication 0.25, cooperation 0.5, "
            "coordination 0.75, collaboration 1.",
            level="note",
        )


def _skip(draft: Draft, missing: BoolArray, said: Sequence[str]) -> None:
    """Rows without an answer make no tie, and their cells are not known; `said` stands in them."""
    if not missing.any():
        return
    frame = draft.frame
    rows = frame.index[missing]
    draft.skipped = frame.loc[rows].copy()
    draft.report(
        None,
        "strength",
        f"{count_noun(len(rows), 'cell')} without an answer (don't know, not applicable, blank)"
        + (f": {', '.join(said[:MOST_SAID])}" if said else ""),
        "A missing answer is not known: neither a tie nor none.",
        "They make no tie; the table responses keeps them as skipped.",
        level="note",
    )
    draft.move_elsewhere(rows)


def _set_negative_aside(draft: Draft) -> None:
    """A tie below zero (a conflict) is no partnership: it must not count as one."""
    strengths = draft.frame["strength"]
    rows = strengths.index[strengths < 0]
    for row in rows:
        draft.report(
            row,
            "strength",
            f"{strengths[row]:g}",
            "A strength lies above 0; below it is a conflict, which is no partnership.",
            "The row is set aside. If its sign is a mistake, correct it.",
            set_aside="row",
        )
    draft.set_rows_aside(rows)
