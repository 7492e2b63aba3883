"""The brief of one organization, and of two side by side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..core.results import Result
from ..core.shown import Column
from .brief_session import OUTCOME_COLUMNS, fill
from .model import FactsBlock, ListBlock, Section, TableBlock

QUESTIONS = 9  # questions to ask on the first page
WHY = (
    Column("name", "Organization"),
    Column("reasons", "Why"),
    Column("stakes", "What on file speaks against its neutrality"),
)


def write_profile(result: Result) -> tuple[Section, ...]:
    """One page: what it means, the profile, what to ask; tables after that."""
    profile, tables = result.table, result.tables
    columns = (
        Column("topic", "Topic"),
        Column("on_file", "On file"),
        Column("section", "Part", seen="annex"),
        Column("source", "Table", seen="annex"),
        Column("question", "To ask", seen="annex"),
    )
    known = profile[profile["on_file"] != ""]
    asks = tuple(profile.loc[profile["question"] != "", "question"].head(QUESTIONS))
    facts = (
        ("partners on file", f"{len(tables['partners']):,}"),
        ("gaps that concern it", f"{len(tables['gaps']):,}"),
        ("topics on file", f"{len(known)} of {len(profile)}"),
    )
    blocks = fill(
        FactsBlock(facts),
        TableBlock("Its profile, as far as it is on file", known, columns, "Profile", len(known)),
        ListBlock("To ask, as it is not on file", asks),
    )
    page = Section("summary", "On one page", result.sentences, blocks)
    return page, _write_partners(tables), _write_next(tables)


def _write_partners(tables: Mapping[str, pd.DataFrame]) -> Section:
    partners = (
        Column("name", "Partner"),
        Column("relations", "Ties on file"),
        Column("strength", "Strength", "score"),
        Column("last_contact", "Last contact", "date"),
        Column("level", "Level"),
    )
    duties = (
        Column("topic", "Topic"),
        Column("duty", "What is asked"),
        Column("asks_for", "Whom it wants at the table"),
        Column("only_if", "Holds for"),
        Column("citation", "Where it stands"),
    )
    blocks = fill(
        TableBlock("Working ties on file", tables["partners"], partners, "Partners", rows=30),
        TableBlock("Duties by its kind and its programs", tables["duties"], duties, "Duties"),
    )
    lead = ("The strongest tie first. A summary of duties for a meeting, not legal advice.",)
    return Section("partners", "Partners and duties", lead, blocks)


def _write_next(tables: Mapping[str, pd.DataFrame]) -> Section:
    gaps = (
        Column("rule", "What"),
        Column("status", "Status"),
        Column("other_name", "With"),
        Column("severity", "Severity", "severity"),
        Column("evidence", "What is on file"),
        Column("next_step", "Next step"),
        Column("citation", "Citation", seen="annex"),
    )
    partners = (
        Column("partner_name", "Could approach"),
        Column("reason", "Why"),
        Column("introducer", "Who could introduce them"),
        Column("against", "What speaks against it"),
    )
    blocks = fill(
        TableBlock("Gaps that concern it", tables["gaps"], gaps, "Gaps"),
        TableBlock("Whom to approach next", tables["recommendations"], partners, "Suggestions"),
        TableBlock("Outcomes of earlier sessions", tables["outcomes"], OUTCOME_COLUMNS, "Outcomes"),
    )
    return Section("next", "What is missing, and what comes next", (), blocks)


def write_alignment(result: Result) -> tuple[Section, ...]:
    """One page first; common ground, cycles, what to settle, who helps, a page for each leader."""
    return (
        _write_page(result),
        _write_common(result),
        _write_cycles(result),
        _write_settling(result),
        _write_helpers(result),
        *_write_leaders(result),
    )


def _write_page(result: Result) -> Section:
    counts = result.table["what"].value_counts()
    labels = ("population", "county", "service", "group", "program")
    plural = {"county": "counties"}
    facts = tuple(
        (f"shared {plural.get(label, label + 's')}", f"{counts.get(label, 0)}") for label in labels
    )
    plan = result.tables["plan"]
    first = plan[plan["year"] == plan["year"].iloc[0]]
    steps = tuple(
        f"{row.step}{f' ({row.because})' if row.because else ''}." for row in first.itertuples()
    )
    blocks = fill(FactsBlock(facts), ListBlock("In the first year", steps))
    return Section("summary", "On one page", result.sentences, blocks)


def _write_common(result: Result) -> Section:
    one, other = _names(result)
    shared = (
        Column("what", "What"),
        Column("entry", "Shared"),
        Column("a_says", one),
        Column("b_says", other),
    )
    brings = (
        Column("name", "Organization"),
        Column("brings", "Brings"),
        Column("for_whom", "For whom"),
        Column("needed", "Nobody else on file in"),
    )
    profiles = (
        Column("topic", "Topic"),
        Column("a_says", one),
        Column("b_says", other),
        Column("section", "Part", seen="annex"),
    )
    tables = result.tables
    blocks = fill(
        TableBlock("What both share", result.table, shared, "Shared", rows=20),
        TableBlock("What each brings that the other lacks", tables["brings"], brings, "Brings"),
        TableBlock(
            "Profiles side by side; a blank is a question",
            tables["profiles"],
            profiles,
            "Profiles",
            rows=20,
        ),
    )
    return Section("common", "Common ground", (), blocks)


def _names(result: Result) -> tuple[str, str]:
    names = result.tables["leaders"]["name"].drop_duplicates().tolist()
    return names[0], names[-1]


def _write_cycles(result: Result) -> Section:
    one, other = _names(result)
    cycles = (
        Column("cycle", "Cycle"),
        Column("a_says", one),
        Column("b_says", other),
        Column("meets", "Meet"),
        Column("note", "What to do"),
    )
    duties = (
        Column("topic", "Duty"),
        Column("a_duty", one),
        Column("b_duty", other),
        Column("every_years", "At least every (years)", "count"),
        Column("note", "Whose"),
        Column("citation", "Where it stands", seen="annex"),
    )
    measures = (Column("measure", "Measure of success"), Column("whose", "Whose"))
    trends = (
        Column("indicator", "Indicator"),
        Column("county", "County"),
        Column("value", "Value", "score"),
        Column("year", "Year", "year"),
        Column("earlier", "Before", "score"),
        Column("earlier_year", "Year before", "year"),
        Column("change", "Change"),
        Column("standing", "Standing"),
    )
    tables = result.tables
    blocks = fill(
        TableBlock("Cycles that could be coordinated", tables["cycles"], cycles, "Cycles"),
        TableBlock("Duties in common", tables["duties"], duties, "Duties"),
        TableBlock("How each measures success", tables["measures"], measures, "Measures"),
        TableBlock(
            "Indicators of the shared counties over time", tables["trends"], trends, "Trends"
        ),
    )
    return Section("cycles", "Cycles, duties and measures", (), blocks)


def _write_settling(result: Result) -> Section:
    commitments = (
        Column("topic", "About"),
        Column("question", "To settle"),
        Column("on_file", "What is on file"),
    )
    plan = (
        Column("year", "When"),
        Column("step", "Step"),
        Column("who", "Who"),
        Column("because", "Because"),
    )
    tables = result.tables
    blocks = fill(
        TableBlock(
            "Commitments, roles and costs to settle",
            tables["commitments"],
            commitments,
            "To settle",
            rows=20,
        ),
        TableBlock(
            "A plan of three years, drafted from dates on file",
            tables["plan"],
            plan,
            "Plan",
            rows=20,
        ),
    )
    return Section("settle", "What to settle, and a plan", (), blocks)


def _write_helpers(result: Result) -> Section:
    missing = (
        Column("service", "Service"),
        Column("county", "County"),
        Column("nearest", "Nearest on file"),
        Column("nearest_km", "Kilometres", "count"),
    )
    voices = (
        Column("name", "Organization"),
        Column("speaks_for", "Speaks for"),
        Column("status", "Tie"),
    )
    tables = result.tables
    blocks = fill(
        TableBlock("Who could facilitate", tables["facilitators"], WHY, "Facilitators"),
        TableBlock("Who could manage the project", tables["managers"], WHY, "Managers"),
        TableBlock("Services that need another partner", tables["missing"], missing, "Missing"),
        TableBlock("Who speaks for the people served", tables["voices"], voices, "Voices"),
    )
    lead = (
        "Position proposes and stakes disqualify; whether somebody is neutral is yours to say.",
    )
    return Section("helpers", "Who could help", lead, blocks)


def _write_leaders(result: Result) -> tuple[Section, ...]:
    leaders = result.tables["leaders"]
    columns = (
        Column("point", "What"),
        Column("text", "In short"),
        Column("name", "For", seen="annex"),
    )
    sections = []
    for k, (name, rows) in enumerate(leaders.groupby("name", sort=False)):
        block = TableBlock(f"For the leaders of {name}", rows, columns, f"Leaders {k + 1}")
        sections.append(Section(f"leaders-{k + 1}", f"For the leaders of {name}", (), (block,)))
    return tuple(sections)
