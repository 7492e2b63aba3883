"""Whether a statistic of two networks can be compared, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.wording.text import say_share
from .measured import DENSITY, GOALS, NONE, RATINGS, RESTS_ON, SERVICES, TIES, Measured

YES, CARE, NO = "yes", "with care", "no"
UNKNOWN_HERE = "not known here"
ALIKE = 1.5  # times as many organizations, up to which densities are held against each other
LEAST_RATE = 0.6  # of those asked: with fewer answers what is missing may decide
APART = 2 * 366  # days between two networks from which the time itself may explain a difference


@dataclass(frozen=True, slots=True)
class Comparable:
    """The verdict on one statistic of another network: yes, with care or no, and why."""

    verdict: str
    why: str = ""


def judge(statistic: str, ours: Measured, other: Measured) -> Comparable:
    """Judge whether a statistic of two networks can be compared.

    Parameters
    ----------
    statistic : str
        Its name.
    ours, other : Measured
        Both networks.
    """
    for whose, each in (("here", ours), ("there", other)):
        if each.values[statistic] != each.values[statistic]:
            return Comparable(NO, UNKNOWN_HERE if whose == "here" else "not known there")
    rests = RESTS_ON[statistic]
    if rests == TIES:
        hard = _refuse_ties(statistic, ours, other)
        if hard:
            return Comparable(NO, hard)
    soft = [*_find_doubts(rests, ours, other)]
    return Comparable(CARE, "; ".join(soft)) if soft else Comparable(YES)


def _refuse_ties(statistic: str, ours: Measured, other: Measured) -> str:
    for whose, each in (("here", ours), ("there", other)):
        if not each.relations:
            return f"the relations that are compared are not on file {whose}"
    if ours.asked != other.asked:
        return f"ties come from {ours.asked} here and from {other.asked} there"
    sizes = sorted((ours.organizations, other.organizations))
    if statistic == DENSITY and sizes[1] > ALIKE * sizes[0]:
        return (
            f"{ours.organizations} organizations here and {other.organizations} there: a larger "
            "network has a smaller share of all pairs; compare the mean number of partners"
        )
    return ""


def _find_doubts(rests: str, ours: Measured, other: Measured) -> list[str]:
    doubts = []
    if rests == TIES:
        for whose, each in (("here", ours), ("there", other)):
            if each.asked != NONE and each.response_rate < LEAST_RATE:
                doubts.append(f"{say_share(each.response_rate)} answered {whose}")
    if rests == RATINGS:
        doubts += [f"{other.raters} rated there"] if other.raters < 2 * ours.raters / 3 else []
    if rests == GOALS:
        doubts.append("every network sets its own goals")
    if rests == SERVICES:
        doubts.append("lists of services may go into more or less detail")
    days = (ours.net.day, other.net.day)
    if None not in days and abs((days[0] - days[1]).days) > APART:  # type: ignore[operator]
        doubts.append("the networks are more than two years apart")
    return doubts
