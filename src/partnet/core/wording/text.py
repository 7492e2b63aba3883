"""Small words that every sentence needs: counts with nouns, lists, dollars, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
SHORT, KEPT = 100, 16_384  # characters of texts whose answer is kept, and answers
HALF_PERCENT, NOISE = 0.005, 1e-9


def keep_answers(say: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
    """Keep what a function of texts says of short ones: columns of files repeat what they say.

    Examples
    --------
    >>> asked = []
    >>> @keep_answers
    ... def shout(text):
    ...     asked.append(text)
    ...     return text.upper()
    >>> shout("cedar"), shout("cedar"), asked
    ('CEDAR', 'CEDAR', ['cedar'])
    """
    kept = lru_cache(maxsize=KEPT)(say)

    @wraps(say)
    def answer(*texts: *Ts) -> T:
        short = len("".join(texts)) <= SHORT  # type: ignore[arg-type]
        return kept(*texts) if short else say(*texts)

    return answer


def say_number(number: float) -> str:
    """Write a number as short as people read it: three figures, whole ones in full.

    Examples
    --------
    >>> say_number(154.0), say_number(0.0343389), say_number(1234.5), say_number(0.0)
    ('154', '0.0343', '1,234', '0')
    """
    if number != number:
        return ""
    if number == round(number) or abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def count_noun(number: float, one: str, many: str = "") -> str:
    """Say a number with its noun.

    Examples
    --------
    >>> count_noun(1, "county", "counties"), count_noun(1200, "tie"), count_noun(1.3, "tie")
    ('1 county', '1,200 ties', '1 tie')
    """
    shown = f"{number:,.0f}"
    return f"{shown} {one if shown == '1' else many or one + 's'}"


def make_plural(noun: str) -> str:
    """Give the plural of a noun, of which words may follow after "of", "on" or "for".

    Examples
    --------
    >>> make_plural("food bank"), make_plural("State health agency"), make_plural("parish church")
    ('food banks', 'State health agencies', 'parish churches')
    >>> make_plural("State Office of Rural Health"), make_plural("transit authority for two cities")
    ('State Offices of Rural Health', 'transit authorities for two cities')
    """
    found = _TAIL.search(noun)
    head, tail = (noun[: found.start()], noun[found.start() :]) if found else (noun, "")
    if head[-1:] == "y" and head[-2:-1].lower() not in "aeiou":
        return f"{head[:-1]}ies{tail}"
    return f"{head}{'es' if head.endswith(('s', 'x', 'ch', 'sh')) else 's'}{tail}"


_TAIL = re.compile(r" (?:of|on|for|in|with) ")
_PROPER = frozenset(
    {
        "alzheimer's",
        "alzheimer’s",
        "american",
        "english",
        "hispanic",
        "indian",
        "latino",
        "lifeline",
    }
    | {"medicaid", "medicare", "narcan", "parkinson's", "parkinson’s", "spanish", "tribal"}
)


def start_small(text: str) -> str:
    """Begin with a small letter, as inside a sentence; abbreviations and names keep their capitals.

    What is a name though its first word alone is written large: programs, peoples and languages.

    Examples
    --------
    >>> start_small("Primary care"), start_small("EMS agencies"), start_small("Flex Program works")
    ('primary care', 'EMS agencies', 'Flex Program works')
    >>> start_small("Medicaid enrollment"), start_small("Alzheimer's support")
    ('Medicaid enrollment', "Alzheimer's support")
    """
    word, _, rest = text.partition(" ")
    named = len(word) > 1 and word[-1] != ":" and rest[:1].isupper()
    named = named or word[1:] != word[1:].lower() or word.rstrip(",;:").casefold() in _PROPER
    return text if named else f"{text[:1].lower()}{text[1:]}"


def raise_first(text: str) -> str:
    """Begin a text with a capital.

    Examples
    --------
    >>> raise_first("it is near")
    'It is near'
    """
    return f"{text[:1].upper()}{text[1:]}"


def choose_article(noun: str) -> str:
    """Give the article before a noun, as it is spoken.

    Examples
    --------
    >>> nouns = ("area agency", "EMS agency", "University", "hospital", "urgent care center")
    >>> [choose_article(noun) for noun in nouns]
    ['an', 'an', 'a', 'a', 'an']
    """
    if noun[:2].isupper():  # said letter by letter
        return "an" if noun[0] in "AEFHILMNORSX" else "a"
    word = noun.lower()
    return "an" if word[:1] in [*"aeiou"] and not word.startswith(("uni", "eu", "one")) else "a"


def join_words(words: Sequence[str], *, most: int = 0, final: str = "and") -> str:
    """Join words as people do; with `most`, the rest is counted.

    Examples
    --------
    >>> join_words(["food", "housing", "transport"])
    'food, housing and transport'
    >>> join_words(["a", "b", "c", "d"], most=2)
    'a, b and 2 more'
    """
    listed = list(words)
    if most and len(listed) > most:
        listed = [*listed[:most], f"{len(listed) - most:,} more"]
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {final} {listed[-1]}"


def say_dollars(dollars: float) -> str:
    """Say an amount as people do.

    Examples
    --------
    >>> say_dollars(1_234_567), say_dollars(45_300), say_dollars(950)
    ('$1.2 million', '$45,300', '$950')
    """
    if abs(dollars) >= 999_950_000:
        return f"${dollars / 1e9:,.1f} billion"
    if abs(dollars) >= 999_950:
        return f"${dollars / 1e6:,.1f} million"
    return f"${dollars:,.0f}"


def say_share(share: float) -> str:
    """Say a share as a whole percentage; "not known" for NaN.

    Some is never said as none, and nearly all never as all.

    Examples
    --------
    >>> say_share(0.0), say_share(0.003), say_share(0.42), say_share(0.996), say_share(1.0)
    ('0%', 'under 1%', '42%', 'over 99%', '100%')
    """
    if share != share:
        return "not known"
    if 0 < share < HALF_PERCENT:
        return "under 1%"
    return "over 99%" if 1 - HALF_PERCENT < share < 1 - NOISE else f"{share:.0%}"


def say_odds(p: float, noun: str) -> str:
    """Say how rarely chance brings something about, in words that need no statistics.

    Examples
    --------
    >>> say_odds(0.04, "pair")
    'about 1 pair in 25'
    >>> say_odds(0.0001, "pair")
    'fewer than 1 pair in 1,000'
    """
    return f"fewer than 1 {noun} in 1,000" if p < 0.001 else f"about 1 {noun} in {1 / p:,.0f}"


def say_date(date: Any) -> str:
    """Say a day as people write it.

    Examples
    --------
    >>> import datetime
    >>> say_date(datetime.date(2026, 6, 3))
    'June 3, 2026'
    """
    return f"{date:%B} {date.day}, {date.year}"


def say_rank(rank: int) -> str:
    """Say a rank as people do.

    Examples
    --------
    >>> say_rank(1), say_rank(2), say_rank(11), say_rank(23)
    ('1st', '2nd', '11th', '23rd')
    """
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
