"""Numbers that a repeated run can watch: named ones, and any claim of a sentence of the report."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..questions.comparison.since import tell_since
from ..questions.gaps.kinds import count_by_threshold, list_thresholds
from ..questions.gaps.question import find_gaps
from ..questions.inventory.question import describe_network
from ..questions.money.question import trace_money
from ..questions.outcomes.question import check_outcomes
from ..questions.structure.question import measure_structure
from .answers import Answers, Verb
from .contents import CONTENTS

Count = Callable[[Answers], float | None]


@dataclass(frozen=True)
class Crossing:
    """A limit and what was found: ``found`` is ``None`` where the number is not known this time."""

    name: str
    limit: float
    found: float | None
    at_least: bool

    @property
    def crossed(self) -> bool:
        """Whether what was found lies beyond the limit; what is not known does not."""
        if self.found is None:
            return False
        return self.found < self.limit if self.at_least else self.found > self.limit


def list_watched() -> dict[str, Count]:
    """Give what works out the numbers that have a name of their own."""
    return {**dict(_list_gaps()), **NAMED}


def list_verbs() -> dict[str, Verb]:
    """Give the verbs whose claims can be watched, by name."""
    asked = (verb for chapter in CONTENTS for verb in chapter.verbs)
    verbs = dict.fromkeys((describe_network, measure_structure, trace_money, *asked))
    return {verb.__name__: verb for verb in verbs}


def watch(
    answers: Answers, most: Mapping[str, float], least: Mapping[str, float]
) -> list[Crossing]:
    """Hold what was found against limits; each verb is asked once."""
    held = [(name, limit, False) for name, limit in most.items()]
    held += [(name, limit, True) for name, limit in least.items()]
    counts = list_watched()
    return [
        Crossing(name, limit, _count(counts, answers, name, at_least), at_least)
        for name, limit, at_least in held
    ]


def _count(
    counts: Mapping[str, Count], answers: Answers, name: str, at_least: bool
) -> float | None:
    """Work one number out; of a sentence that is said several times the one nearest the limit."""
    if name in counts:
        return counts[name](answers)
    verb, sentence, number = name.split(".", 2)
    found = _claims(answers, list_verbs()[verb], sentence, number)
    return (min if at_least else max)(found, default=None)


def _claims(answers: Answers, verb: Verb, sentence: str, number: str) -> list[float]:
    said = [one for one in answers.of(verb).sentences if one.name == sentence]
    return [float(one.claims[number]) for one in said if is_number(one.claims.get(number))]


def is_number(value: Any) -> bool:
    """Whether a claim is a number, and known."""
    return hasattr(value, "__float__") and not isinstance(value, bool | str) and value == value


# -- the named ones --------------------------------------------------------------------------------


def _list_gaps() -> Iterator[tuple[str, Count]]:
    def open_gaps(name: str) -> Count:
        return lambda answers: count_by_threshold(answers.of(find_gaps).table)[name]

    return ((name, open_gaps(name)) for name in list_thresholds())


def _count_new_gaps(answers: Answers) -> float | None:
    if answers.earlier is None:
        return None
    since = tell_since(answers.earlier, answers.here).table
    return float(((since["what"] == "gap") & (since["change"] == "new")).sum())


def _of_agreements(status: str) -> Callable[[Answers], float]:
    def count(answers: Answers) -> float:
        gaps = answers.of(find_gaps).table
        return float(((gaps["kind"] == "agreement") & (gaps["status"] == status)).sum())

    return count


def _of_outcomes(state: str) -> Callable[[Answers], float]:
    return lambda answers: float((answers.of(check_outcomes).table["state"] == state).sum())


def _count_ending_awards(answers: Answers) -> float:
    return float(len(answers.of(trace_money).tables["ending"]))


def _response_rate(answers: Answers) -> float | None:
    rate = answers.layer.response_rate
    return None if math.isnan(rate) else rate


NAMED: dict[str, Count] = {
    "new_gaps": _count_new_gaps,
    "overdue_outcomes": _of_outcomes("overdue"),
    "open_outcomes": _of_outcomes("open"),
    "agreements_ending": _of_agreements("ends soon"),
    "agreements_lapsed": _of_agreements("lapsed"),
    "awards_ending": _count_ending_awards,
    "response_rate": _response_rate,
}
