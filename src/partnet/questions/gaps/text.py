"""What the gaps say in sentences, family by family, and how they are weighed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ...core.audience import OWN_ROWS
from ...core.network import Network
from ...core.results import Method
from ...core.text import count_noun, join_words, say_date
from .voice import LEAST_SECTORS, count_voices

# Which tables switch a family on: any one of them does.
NEEDS = {
    "rule": ("memberships", "agreements", "ties"),
    "coverage": ("services",),
    "overlap": ("services", "funding", "memberships", "service_areas"),
    "funding": ("funding",),
    "contact": ("contacts",),
    "sector": ("ties",),
    "agreement": ("agreements",),
}


def say_gaps(
    net: Network, gaps: pd.DataFrame, rules: pd.DataFrame, chosen: tuple[str, ...]
) -> list[str]:
    """Say one sentence or two a family, also where there is nothing."""
    sayings: dict[str, Callable[[pd.DataFrame], str]] = {
        "rule": lambda rows: _say_rules(net, rules),
        "coverage": _say_coverage,
        "overlap": lambda rows: _say_pairs(rows, "have much in common"),
        "funding": _say_funding,
        "contact": _say_contacts,
        "sector": _say_sectors,
        "agreement": _say_agreements,
        "voice": _say_voices,
    }
    return [
        sayings[name](gaps[gaps["family"] == name]) or _say_nothing(net, name) for name in chosen
    ]


def _say_rules(net: Network, rules: pd.DataFrame) -> str:
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
    which = "Of the other" if len(missing) else "Of the"
    tail = f" {which} {count_noun(len(rules) - len(missing), 'judgement')}, {join_words(rest)}."
    empty = [table for table in ("memberships", "agreements") if net.table(table).empty]
    if empty and "unknown" in count:
        named = join_words(empty)
        tail += f" More would be known from the {'table' if len(empty) == 1 else 'tables'} {named}."
    if missing.empty:
        return f"No expected agreement or tie is found missing.{tail}"
    first = missing.iloc[0]
    what = count_noun(len(missing), "agreement or tie is", "agreements or ties are")
    return (
        f"{what} expected and not on file, first: {first.organization_name}, {first.rule.lower()} "
        f"({first.citation}; {first.evidence}).{tail}"
    )


def _say_coverage(rows: pd.DataFrame) -> str:
    lacking = rows[rows["status"] == "no provider on file"]
    alone = rows[rows["status"] == "one provider only"]
    parts = []
    if len(lacking):
        first = lacking.iloc[0]
        counties = count_noun(lacking["place"].nunique(), "county lacks", "counties lack")
        parts.append(
            f"{counties} a service that most other counties have; the most pressing: "
            f"{first.place_name} has no provider of {first.rule} on file ({first.evidence})."
        )
    if len(alone):
        first = alone.iloc[0]
        counties = count_noun(alone["place"].nunique(), "county", "counties")
        parts.append(
            f"In {counties} of high need a service hangs on one provider far from the next, "
            f"first: {first.rule} in {first.place_name} ({first.evidence})."
        )
    return " ".join(parts)


def _say_pairs(rows: pd.DataFrame, what: str) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return (
        f"In {count_noun(len(rows), 'pair')} the two {what} and have no tie on file, first: "
        f"{first.organization_name} and {first.other_name} ({first.evidence})."
    )


def _say_funding(rows: pd.DataFrame) -> str:
    pairs = rows[rows["status"] == "no tie on file"]
    parts = [_say_pairs(pairs, "are grantees of one program nearby")]
    count = rows["status"].value_counts()
    words = {
        "not coordinated on file": ("pair of programs serves", "pairs of programs serve"),
        "little money, high need": ("county of high need has", "counties of high need have"),
        "depends on one funder": ("organization depends", "organizations depend"),
    }
    rest = {
        "not coordinated on file": "the same people with no tie on file",
        "little money, high need": "little money on file",
        "depends on one funder": "on one funder",
    }
    said = [
        f"{count_noun(count[key], *nouns)} {rest[key]}"
        for key, nouns in words.items()
        if key in count
    ]
    parts.append(f"{join_words(said)}." if said else "")
    return " ".join(filter(None, parts))


def _say_contacts(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    count = rows["status"].value_counts()
    words = {
        "never visited": ("organization was seen, never visited", "were seen, never visited"),
        "only at staff level": ("organization was met at staff level only",
                                "were met at staff level only"),
        "one person holds it": ("relation hangs on one person", "relations hang on one person"),
        "contact person left": ("organization lost the person who was met",
                                "lost the person who was met"),
        "one person on file": ("organization has one person on file",
                               "have one person on file"),
    }  # fmt: skip
    parts = [
        count_noun(count[key], one, many if many.startswith("rel") else f"organizations {many}")
        for key, (one, many) in words.items()
        if key in count
    ]
    rest = f"{join_words(parts)}." if parts else ""
    unseen = rows[rows["status"].isin(["gone cold", "never seen"])]
    if unseen.empty:
        return rest
    first = unseen.iloc[0]
    never = int((unseen["status"] == "never seen").sum())
    return (
        f"{count_noun(len(unseen), 'organization was', 'organizations were')} not seen in time "
        f"({never} never), first: {first.organization_name} ({first.evidence}). {rest}"
    ).rstrip()


def _say_sectors(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return (
        f"{count_noun(len(rows), 'pair')} of kinds or neighbouring counties "
        f"{'has' if len(rows) == 1 else 'have'} fewer ties than chance would bring about, first: "
        f"{first.rule} ({first.evidence})."
    )


def _say_agreements(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    count = rows["status"].value_counts()
    words = {
        "no agreement on file": ("pair works together", "pairs work together"),
        "ends soon": ("agreement ends", "agreements end"),
        "lapsed": ("agreement has lapsed", "agreements have lapsed"),
        "draft": ("agreement is a draft", "agreements are drafts"),
    }
    tails = {
        "no agreement on file": " with no agreement on file",
        "ends soon": " within half a year",
    }
    said = [
        f"{count_noun(count[key], *nouns)}{tails.get(key, '')}"
        for key, nouns in words.items()
        if key in count
    ]
    first = rows.iloc[0]
    parties = join_words([name for name in (first.organization_name, first.other_name) if name])
    return f"{join_words(said)}; first: {parties}, {first.rule} ({first.evidence})."


def _say_voices(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    named = join_words([rule.rsplit(" (", 1)[0] for rule in rows["rule"]], most=4)
    return f"Voices are missing: {count_voices(rows)} ({named})."


def _say_nothing(net: Network, family: str) -> str:
    if family == "voice":
        few = net.organizations["sector"].replace("", pd.NA).nunique() < LEAST_SECTORS
        return (
            f"Missing voices are not judged: the file has fewer than {LEAST_SECTORS} sectors."
            if few
            else "No voice is missing."
        )
    tables = NEEDS[family]
    if net.audience != "internal" and set(tables) <= set(OWN_ROWS):
        return f"{family.capitalize()} gaps of others are not shown to this reader."
    if all(_is_empty(net, table) for table in tables):
        named = join_words(tables, final="or")
        what = "table" if len(tables) == 1 else "tables"
        return (
            f"Not looked at: {family} gaps need the {what} {named}, and nothing is on file there."
        )
    return f"No {family} gap is found."


def _is_empty(net: Network, table: str) -> bool:
    return not net.has_reported_ties if table == "ties" else net.table(table).empty


def describe_method(day: pd.Timestamp | None) -> Method:
    """Say how gaps are found and weighed."""
    return Method(
        name="Comparison of what is on file with what is expected.",
        formula=(
            "Severity from 0 to 1. Rule: 0.9 missing on file, 0.5 one-sided, 0.2 unknown, times "
            "1 for law and 0.7 for what a program recommends; what makes a network 0.6. "
            "Coverage: share of counties with the service x (1 + need)/2 x (1 + km/100)/2; one "
            "provider only: half of that with the kilometres to the next. "
            "Overlap: affinity x (1 - p), for pairs among each other's three strongest over two "
            "families or more; p: chance of sharing as many features with all totals fixed, at "
            "most 0.1. "
            "Funding: one program 0.6 in one county, 0.4 in neighbouring ones; two programs for "
            "the same people 0.2 + 0.05 x shared services, at most 0.5; little money 0.6 x need x "
            "(1 - share of counties with less a head); one funder 0.35 x share. Contact: 0.8 x "
            "days / (3 x limit), at most 0.8; never seen 0.6; person left 0.5; never visited 0.45; "
            "staff level only 0.4; one person 0.35, one on file 0.25. Sector: 0.7 x "
            "(1 - ties/expected) x (1 - p), p at most 0.05 over 1,000 permutations. Agreement: "
            "w (1 + strength)/2 with w 0.6 data, 0.5 transfer, 0.3 referral; lapsed 0.6; ends soon "
            "0.4 + 0.2 (1 - days/180); draft 0.3. Voice: nobody 0.5, no tie 0.45, not in the core "
            "0.3."
        ),
        settings={"as of": "no dates" if day is None else say_date(day)},
        sources=(
            "42 CFR 485.603, 485.616 and 485.538; 42 U.S.C. 254c(f) and 1395i-4(b)",
            "Rulebook checked on November 27, 2026",
            "Saracco et al. (2017), doi:10.1088/1367-2630/aa6b38",
        ),
        notes=(
            "No services on file means not known, never a desert. A rule speaks only where its "
            "condition is known to hold. Nothing here says that an agreement does not exist; only "
            "that none is on file. Of the pairs of groups tested for few ties, about one in forty "
            "would be listed by chance alone.",
        ),
    )
