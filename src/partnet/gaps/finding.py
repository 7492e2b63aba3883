"""All gaps together, ranked."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..errors import UsageError
from ..network import Network
from ..results import Method, Result
from ..wording import count_noun, join_words, say_date
from .contact import find_contact_gaps
from .coverage import find_coverage_gaps
from .funding import find_funding_gaps
from .model import FAMILIES, OPEN, Gap, tabulate_gaps
from .overlap import find_overlap_gaps
from .rule import find_rule_gaps

# Which table switches a family on, for the sentence that says why there is nothing.
NEEDS = {
    "rule": "agreements, memberships",
    "coverage": "services with counties",
    "overlap": "services, funding or memberships",
    "funding": "funding",
    "contact": "contacts",
}


def find_gaps(
    net: Network,
    family: str | Sequence[str] | None = None,
    *,
    where: str | None = None,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Find what ought to be there and is not on file: rules, services, ties, contacts.

    Parameters
    ----------
    net : Network
        The network.
    family : str or sequence of str, optional
        Among rule, coverage, overlap, funding, contact; default all.
    where : str, optional
        A county code: only gaps of that county or of organizations in it.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an open gap, the most severe first, with ``gap_id``, ``family``,
        ``rule``, ``organization``, ``other``, ``place``, ``relation``, ``status``, ``severity``
        (0 to 1), ``evidence``, ``owner``, ``next_step``, ``citation``. ``.tables["rules"]``: every
        rule judged, also where it is met, unknown or does not apply. ``.tables["cut"]``: features
        left out of affinity because nearly everybody has them.

    Raises
    ------
    UsageError
        `family` is none of these.
    """
    chosen = _choose_families(family)
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    found, cut = _collect(net, chosen, day)
    everything = _drop_context(net, tabulate_gaps(net, found))
    if where is not None:
        everything = _select_place(net, everything, where)
    gaps = everything[everything["status"].isin(OPEN)].reset_index(drop=True)
    rules = everything[everything["family"] == "rule"].reset_index(drop=True)
    return Result(
        verb="find_gaps",
        title="Where the gaps are",
        table=gaps,
        sentences=tuple(_say(net, gaps, rules, chosen)),
        method=_method(day),
        tables={"rules": rules, "cut": cut},
    )


def _choose_families(family: str | Sequence[str] | None) -> tuple[str, ...]:
    if family is None:
        return FAMILIES
    chosen = (family,) if isinstance(family, str) else tuple(family)
    unknown = [name for name in chosen if name not in FAMILIES]
    if unknown:
        raise UsageError(
            f"family: found {unknown[0]!r}. Allowed are {', '.join(FAMILIES)}. Choose among them."
        )
    return chosen


def _collect(
    net: Network, chosen: tuple[str, ...], day: pd.Timestamp | None
) -> tuple[list[Gap], pd.DataFrame]:
    finders = {
        "rule": find_rule_gaps,
        "coverage": find_coverage_gaps,
        "funding": find_funding_gaps,
        "contact": find_contact_gaps,
    }
    found = [gap for name in chosen if name in finders for gap in finders[name](net, day)]
    cut = pd.DataFrame(columns=["family", "feature", "organizations"])
    if "overlap" in chosen:
        overlaps, affinity = find_overlap_gaps(net, day)
        found, cut = [*found, *overlaps], affinity.cut
    return found, cut


def _drop_context(net: Network, gaps: pd.DataFrame) -> pd.DataFrame:
    """Leave out what concerns only neighbours that are kept as context."""
    if not net.is_context.any():
        return gaps
    own = net.organizations[~net.is_context.to_numpy()]
    parties = gaps["organization"].isin(own.index) | gaps["other"].isin(own.index)
    inside = gaps["place"].str[:2].isin(own["county_fips"].str[:2])
    nobody = gaps["organization"] == ""
    return gaps[parties | (nobody & inside)].reset_index(drop=True)


def _select_place(net: Network, gaps: pd.DataFrame, county: str) -> pd.DataFrame:
    homes = net.organizations["county_fips"]
    sides = [gaps[side].map(homes) == county for side in ("organization", "other")]
    return gaps[(gaps["place"] == county) | sides[0] | sides[1]].reset_index(drop=True)


def _say(
    net: Network, gaps: pd.DataFrame, rules: pd.DataFrame, chosen: tuple[str, ...]
) -> list[str]:
    sayings = {
        "rule": lambda: _say_rules(rules),
        "coverage": lambda: _say_coverage(gaps),
        "overlap": lambda: _say_pairs(gaps, "overlap", "have much in common"),
        "funding": lambda: _say_pairs(gaps, "funding", "are grantees of one program nearby"),
        "contact": lambda: _say_contacts(gaps),
    }
    return [sayings[name]() or _say_nothing(net, name) for name in chosen]


def _say_rules(rules: pd.DataFrame) -> str:
    if rules.empty:
        return ""
    missing = rules[rules["status"] == "missing on file"]
    count = rules["status"].value_counts()
    rest = [
        f"{count[status]} {words}"
        for status, words in (
            ("met", "are met"),
            ("one-sided", "are reported by one side only"),
            ("unknown", "are not known"),
            ("does not apply", "do not apply"),
        )
        if status in count
    ]
    tail = f" Of the other rules checked, {join_words(rest)}." if rest else ""
    if missing.empty:
        return f"No rule gap is on file.{tail}"
    first = missing.iloc[0]
    what = count_noun(len(missing), "agreement or tie is", "agreements or ties are")
    return (
        f"{what} expected and not on file, first: {first.organization_name}, {first.rule.lower()} "
        f"({first.citation}; {first.evidence}).{tail}"
    )


def _say_coverage(gaps: pd.DataFrame) -> str:
    rows = gaps[gaps["family"] == "coverage"]
    if rows.empty:
        return ""
    first = rows.iloc[0]
    counties = count_noun(rows["place"].nunique(), "county lacks", "counties lack")
    return (
        f"{counties} a service that most other counties have; the most pressing: "
        f"{first.place_name} has no provider of {first.rule} on file ({first.evidence})."
    )


def _say_pairs(gaps: pd.DataFrame, family: str, what: str) -> str:
    rows = gaps[gaps["family"] == family]
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return (
        f"In {count_noun(len(rows), 'pair')} the two {what} and have no tie on file, first: "
        f"{first.organization_name} and {first.other_name} ({first.evidence})."
    )


def _say_contacts(gaps: pd.DataFrame) -> str:
    rows = gaps[gaps["family"] == "contact"]
    if rows.empty:
        return ""
    first = rows.iloc[0]
    never = int((rows["status"] == "never seen").sum())
    return (
        f"{count_noun(len(rows), 'hospital or clinic was', 'hospitals and clinics were')} not seen "
        f"within a year ({never} never), first: {first.organization_name} ({first.evidence})."
    )


def _say_nothing(net: Network, family: str) -> str:
    tables = {
        "rule": "rules",
        "coverage": "services",
        "overlap": "services",
        "funding": "funding",
        "contact": "contacts",
    }
    if net.table(tables[family]).empty:
        return f"No {family} gaps can be found: they need {NEEDS[family]} on file."
    return f"No {family} gap is found."


def _method(day: pd.Timestamp | None) -> Method:
    return Method(
        name="Comparison of what is on file with what is expected.",
        formula=(
            "Severity from 0 to 1. Rule: 0.9 missing on file, 0.5 one-sided, 0.2 unknown. "
            "Coverage: share of counties with the service x (1 + need)/2 x (1 + km/100)/2. "
            "Overlap: affinity, for pairs among each other's three strongest over two families or "
            "more. Funding: 0.6 in one county, 0.4 in neighbouring ones. Contact: 0.8 x "
            "days/1095, at most 0.8; never 0.6."
        ),
        settings={"as of": "no dates" if day is None else say_date(day)},
        sources=("42 CFR 485.616; 42 CFR 485.538", "Rulebook checked on November 24, 2026"),
        notes=(
            "No services on file means not known, never a desert. A rule speaks only where its "
            "condition is known to hold. Nothing here says that an agreement does not exist; only "
            "that none is on file.",
        ),
    )
