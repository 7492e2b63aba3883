"""What headings and cells say beside their words: which way, what a number stands for, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ...core.vocabulary import MOST_ANSWER, Vocabulary, fold_word
from ...io.values.scales import SaidScale, list_points, read_scale
from ...io.values.strengths import split_numbered
from ..form import GIVES, NO_, TAKES, UNKNOWN, YES_, read_step, read_word

GIVING = re.compile(
    r"\b(refer|send|sent|transfer|fund|giv|pay|provid|shar|suppl|contract|direct)\w*\b"
)
TAKING = re.compile(r"\b(receiv|get|got|accept|obtain|take)\w*\b")
_US = r"(you|us|your (organization|agency|program|team|office)|our (organization|agency|office))\b"
TO_US, FROM_US = re.compile(rf"\bto {_US}"), re.compile(rf"\bfrom {_US}")
GIVEN_US = re.compile(r"\b(refers?|sends?|funds?|pays?|gives?) (you|us)\b(?! (refer|send|fund)\b)")
FROM = re.compile(r"\bfrom\b")
NUMBER = re.compile(r"-?\d{1,3}(\.\d+)?")
MORE_OR_LESS = re.compile(r" or (more|less|fewer)( often| frequently)?$", re.IGNORECASE)
DENIED = re.compile(
    r"((we|i|they) )?((do|does) not|don t|doesn t|are not|not) (currently )?"
    r"(work|working|collaborate|collaborating|partner|partnering|interact|interacting|communicate"
    r"|coordinate|meet)( together| with \w+)?"
)
HEADED = re.compile(r"(yes|no|s[ií])\s*[,;:\u2013\u2014-]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
MOST_STEPS = 20  # of a scale that a heading explains


def find_way(question: str) -> str:
    """Give which way a question goes that names a direction: "they to us", "we to them", or "".

    Examples
    --------
    >>> find_way("Do they refer clients to you?"), find_way("Do you refer clients to them?")
    ('they to us', '')
    >>> find_way("We receive referrals from"), find_way("Do they receive referrals from you?")
    ('they to us', 'we to them')
    >>> find_way("Receive referrals"), find_way("Send referrals")
    ('they to us', '')
    """
    text = fold_word(question)
    giving, taking = GIVING.search(text), TAKING.search(text)
    if taking is not None:
        if FROM_US.search(text, taking.end()):
            return GIVES
        if FROM.search(text, taking.end()) or taking.start() == 0:
            return TAKES
    if giving is not None and (TO_US.search(text, giving.end()) or GIVEN_US.search(text)):
        return TAKES
    return ""


def is_answer(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text is an answer to choose: yes, no, don't know, a level, a step."""
    known = read_word(text).said not in ("", "?") or vocabulary.find_answer(text) is not None
    return known or read_step(text) is not None or vocabulary.find_level(text) is not None


def is_understood(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text is an answer, or names a relation."""
    return is_answer(text, vocabulary) or vocabulary.find_relation(text) is not None


def strip_remark(text: str, vocabulary: Vocabulary) -> str:
    """Give the answer within a cell that says more: its number, an explanation, another wording.

    Examples
    --------
    >>> from partnet import default_vocabulary
    >>> [strip_remark(text, default_vocabulary()) for text in
    ...  ("3 - Coordination", "Never/only elsewhere", "Weekly / Semanal", "No, but we plan to")]
    ['Coordination', 'Never', 'Weekly', 'no']
    """
    if NUMBER.fullmatch(text) or is_understood(text, vocabulary) or len(text) > MOST_ANSWER:
        return text
    if DENIED.fullmatch(fold_word(text)):
        return NO_
    headed = HEADED.fullmatch(text.strip())
    if headed is not None and not _names_relation(headed[2], vocabulary):
        return _join_head(headed[1], headed[2], vocabulary) or text
    return next((part for part in _list_parts(text, vocabulary)), text)


def read_number_label(text: str) -> str:
    """Give the number of a label such as "4 - Mostly"; "" for any other text."""
    numbered = split_numbered(text)
    return "" if numbered is None else f"{numbered[0]:g}"


def _names_relation(text: str, vocabulary: Vocabulary) -> bool:
    parts = filter(None, re.split(r"\s*[,;|\n]\s*", text))
    return any(vocabulary.find_relation(part) is not None for part in parts)


def _join_head(head: str, rest: str, vocabulary: Vocabulary) -> str:
    """What "Yes, monthly" and "No, but we plan to" say; "" where head and rest differ."""
    said, strength = read_word(head).said, vocabulary.find_answer(rest)
    if said == YES_ and strength:
        return rest
    other = NO_ if strength == 0 else YES_ if strength else read_word(rest).said
    return said if other in (said, "?", "") else ""


def _mean_same(one: str, two: str, vocabulary: Vocabulary) -> bool:
    """Whether two texts are one answer, as in "Weekly / Semanalmente"."""
    if not (is_understood(one, vocabulary) and is_understood(two, vocabulary)):
        return False
    ways = (vocabulary.find_answer, vocabulary.find_level, read_step, _read_said)
    return all(way(one) == way(two) for way in ways)


def _read_said(text: str) -> str:
    return read_word(text).said


def _list_parts(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    if "_" in text and " " not in text:
        yield from filter(partial(is_understood, vocabulary=vocabulary), (text.replace("_", " "),))
    numbered = split_numbered(text)
    words = text if numbered is None else numbered[1]
    before, mark, after = words.partition("/")
    if mark and _mean_same(before.strip(), after.strip(), vocabulary):
        yield before.strip()
    plain = (words, words.partition(" (")[0], MORE_OR_LESS.sub("", words))
    sole = (before,) if mark and not is_understood(after.strip(), vocabulary) else ()
    for part in map(str.strip, (*plain, *sole)):
        if part and not NUMBER.fullmatch(part) and is_understood(part, vocabulary):
            yield part


def explain_numbers(
    questions: Sequence[str], cells: Sequence[str], vocabulary: Vocabulary
) -> tuple[Mapping[str, str], float]:
    """Give what numbers in cells mean, and the largest of their scale, where a question says so.

    "1 = daily, 5 = never" makes 5 a no, and 1 the strongest. Labels whose words are not known
    ("2 - Now and then") count by their numbers.

    Examples
    --------
    >>> from partnet import default_vocabulary
    >>> explain_numbers(["Close? (1 = very close, 3 = distant)"], ["1"], default_vocabulary())
    ({'1': '3', '2': '2', '3': '1'}, 3.0)
    """
    question = next((text for text in questions if list_points(text)), "")
    said = read_scale(question, vocabulary)
    if said is None:
        return _number_labels(cells, vocabulary)
    numbers = {float(text) for text in cells if NUMBER.fullmatch(text)} - said.missing
    points = {float(number): words for number, words in list_points(question).items()}
    ends = numbers | {*points} - said.missing
    low, top = min(ends, default=0.0), max(ends, default=0.0)
    steps = {float(k) for k in range(int(low), int(top) + 1)} if top - low <= MOST_STEPS else set()
    every = sorted(steps | ends | said.missing)
    turned = said.turn([n for n in every if n not in said.none | said.missing])
    meanings = {n: _mean(n, points, said, turned, top, vocabulary) for n in every}
    codes = {f"{n:g}": text for n, text in meanings.items() if text}
    return (codes, top if top > 1 else 0.0) if codes else ({}, 0.0)


def _mean(
    number: float,
    points: Mapping[float, str],
    said: SaidScale,
    turned: Mapping[float, float],
    top: float,
    vocabulary: Vocabulary,
) -> str:
    """What a number of a scale means: a word, or a number that rises with strength; "" as it is."""
    if number in said.missing:
        return UNKNOWN
    if number in said.none:
        return NO_
    words = points.get(number, "")
    if read_word(words).said in (YES_, NO_):
        return words
    if number in said.levels:
        known = vocabulary.find_answer(words) is not None
        return words if known else f"{said.levels[number] * top:.6g}"
    if said.turned and number in turned:
        return f"{turned[number] * top:.6g}"
    return ""


def _number_labels(cells: Sequence[str], vocabulary: Vocabulary) -> tuple[Mapping[str, str], float]:
    """Labels as their numbers, where all have one and the words of some are not known."""
    parts = {text: split_numbered(text) for text in dict.fromkeys(cells)}
    known = [
        text
        for text, part in parts.items()
        if is_understood(text, vocabulary) or (part and is_understood(part[1], vocabulary))
    ]
    if len(known) == len(parts) or not all(parts.values()):
        return {}, 0.0
    codes = {text: f"{part[0]:g}" for text, part in parts.items() if part}
    codes |= {t: NO_ for t in known if (p := parts[t]) and vocabulary.find_answer(p[1]) == 0}
    return codes, max(float(number) for number in codes.values() if number != NO_)
