"""The brief of a partnership session, and the register of outcomes."""

from __future__ import annotations

import pandas as pd

from ..core.results import Result
from ..core.shown import Column
from ..core.text import count_noun, join_words, say_dollars
from .model import Block, FactsBlock, ListBlock, Section, TableBlock

PAIRS = 5  # pairs to seat together named on the first page
OUTCOME_COLUMNS = (
    Column("outcome", "Outcome"),
    Column("type", "Kind"),
    Column("state", "State"),
    Column("owner_name", "Owner"),
    Column("other_name", "With"),
    Column("place_name", "Place", seen="annex"),
    Column("agreed_on", "Agreed on", "date", seen="annex"),
    Column("due", "Due", "date"),
    Column("evidence", "What is on file"),
)


def fill(*blocks: Block) -> tuple[Block, ...]:
    """Leave out tables without rows and lists without items."""
    return tuple(
        block
        for block in blocks
        if not (isinstance(block, TableBlock) and block.frame.empty)
        and not (isinstance(block, ListBlock) and not block.items)
    )


def write_session(result: Result) -> tuple[Section, ...]:
    """One page first; then seats, money, starting point, ties, agenda, register."""
    return (
        _write_first_page(result),
        _write_seats(result),
        _write_money(result),
        _write_start(result),
        _write_connections(result),
        _write_agenda(result),
        _write_outcomes(result),
    )


def write_session_section(result: Result) -> Section:
    """The session in short, as a section of the report of the network."""
    page = _write_first_page(result)
    lead = (*page.lead, 'The full brief: partnet session INPUT --place "…" -o brief.html.')
    return Section("session", "The next partnership session", lead, page.blocks)


def _write_first_page(result: Result) -> Section:
    blocks = fill(
        FactsBlock(_list_facts(result)),
        ListBlock("Seat together first, and what to ask", _list_pairs(result.tables["together"])),
    )
    return Section("summary", "On one page", result.sentences, blocks)


def _list_facts(result: Result) -> tuple[tuple[str, str], ...]:
    attendance, tables = result.table, result.tables
    investment = tables["investment"]
    known = investment[investment["fiscal_year"] != "year not known"]
    facts = [
        ("organizations in the room", f"{len(attendance):,}"),
        ("grantees", f"{(attendance['role'] == 'grantee').sum():,}"),
        ("pairs of grantees with no tie on file", f"{len(tables['strangers']):,}"),
    ]
    if len(known):
        row = known.sort_values("fiscal_year").iloc[-1]
        facts.append((f"on file for fiscal year {row.fiscal_year}", say_dollars(row.dollars)))
    facts.append(("tables", f"{attendance['seat_at'].max() if len(attendance) else 0}"))
    return tuple(facts)


def _list_pairs(together: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{row.a_name} and {row.b_name}, table {row.seat_at}: "
        + (row.ask or f"what could you do with {row.common or 'what you both know'} in common?")
        for row in together.head(PAIRS).itertuples()
    )


def _write_seats(result: Result) -> Section:
    people, together = result.table, result.tables["together"]
    tables = [
        (str(table), len(rows), join_words(rows["name"].tolist()), rows["sector"].nunique())
        for table, rows in people.groupby("seat_at", sort=True)
    ]
    plan = pd.DataFrame(tables, columns=["table", "people", "who", "sectors"])
    columns = (
        Column("table", "Table"),
        Column("who", "Who"),
        Column("people", "Seats", "count"),
        Column("sectors", "Sectors", "count"),
    )
    names = (
        Column("name", "Organization"),
        Column("kind", "Kind"),
        Column("role", "Comes as"),
        Column("n_ties", "Ties in the room", "count"),
        Column("seat_at", "Table", "count"),
        Column("sector", "Sector", seen="annex"),
        Column("dollars", "Dollars that count here", "dollars", seen="annex"),
    )
    pairs = (
        Column("a_name", "Organization"),
        Column("b_name", "Organization"),
        Column("common", "In common"),
        Column("ask", "What to ask"),
        Column("seat_at", "Table", "count"),
    )
    guests = (
        Column("name", "Organization"),
        Column("kind", "Kind"),
        Column("reasons", "Why to invite it"),
    )
    blocks = fill(
        TableBlock("Who sits where", plan, columns, "Tables", rows=len(plan)),
        TableBlock("Strangers seated together", together, pairs, "Seated together"),
        TableBlock("Partners to invite beside those of the place", result.tables["guests"], guests,
                   "Guests"),
        TableBlock("Everybody in the room", people, names, "Seats", rows=60),
    )  # fmt: skip
    lead = (
        "Every table mixes sectors, and has people who know somebody and people who do not: change "
        "it where you know better.",
    )
    return Section("seats", "Who sits where", lead, blocks)


def _write_money(result: Result) -> Section:
    tables = result.tables
    grantees = (
        Column("name", "Grantee"),
        Column("program", "Program"),
        Column("funder", "Funder"),
        Column("award", "Award", seen="annex"),
        Column("period_start", "From", "date"),
        Column("period_end", "To", "date"),
        Column("dollars", "Dollars", "dollars"),
        Column("passed_on", "Passed on", "dollars", seen="annex"),
        Column("counted", "Counted"),
        Column("what_it_does", "What the grantee does"),
    )
    years = (
        Column("fiscal_year", "Fiscal year"),
        Column("dollars", "Dollars here", "dollars"),
        Column("programs", "Programs", "count"),
        Column("organizations", "Organizations", "count"),
        Column("statewide", "Statewide, apart", "dollars"),
    )
    programs = (
        Column("program", "Program"),
        Column("dollars", "Dollars here", "dollars"),
        Column("organizations", "Grantees", "count"),
    )
    blocks = fill(
        TableBlock("Running awards that reach the place", tables["grantees"], grantees, "Grantees",
                   rows=40),
        TableBlock("Collective investment, each dollar once", tables["investment"], years,
                   "Investment"),
        TableBlock("Running awards by program", tables["programs"], programs, "Programs"),
    )  # fmt: skip
    lead = result.sentences[:1] if blocks else ("No awards are on file (table funding).",)
    return Section("money", "Grantees and the collective investment", lead, blocks)


def _write_start(result: Result) -> Section:
    indicators = (
        Column("indicator", "Indicator"),
        Column("county", "County"),
        Column("value", "Value", "score"),
        Column("year", "Year", "year"),
        Column("middle", "Middle county", "score"),
        Column("standing", "Standing"),
        Column("direction", "Direction"),
        Column("earlier", "Before", "score", seen="annex"),
        Column("earlier_year", "Year before", "year", seen="annex"),
        Column("change", "Since the year before"),
    )
    plans = (
        Column("name", "Organization"),
        Column("plan", "Plan"),
        Column("assessment_year", "Next assessment", "year"),
    )
    blocks = fill(
        TableBlock("Health indicators", result.tables["indicators"], indicators, "Indicators"),
        TableBlock("Plans and next needs assessments", result.tables["plans"], plans, "Plans"),
    )
    lead = result.sentences[1:3] if len(result.sentences) > 2 else ()
    return Section("start", "Where to start from", lead, blocks)


def _write_connections(result: Result) -> Section:
    tables = result.tables
    synergies = (
        Column("a_name", "Grantee"),
        Column("b_name", "Grantee"),
        Column("programs", "Programs"),
        Column("shared", "Both offer"),
        Column("places", "Where"),
        Column("status", "Tie"),
        Column("ask", "What to ask"),
    )
    requirements = (
        Column("topic", "Topic"),
        Column("who", "Who has the duty"),
        Column("what", "What is asked"),
        Column("asks_for", "Who else is wanted at the table"),
        Column("no_tie", "Pairs with no tie on file", "count"),
        Column("every_years", "At least every (years)", "count"),
        Column("citation", "Where it stands", seen="annex"),
    )
    strangers = (
        Column("a_name", "Grantee"),
        Column("b_name", "Grantee"),
        Column("gain", "Worth of a new contact", "score"),
    )
    ties = (
        Column("a_name", "Organization"),
        Column("b_name", "Organization"),
        Column("relation", "Ties on file"),
    )
    blocks = fill(
        TableBlock("Programs that serve the same people", tables["synergies"], synergies,
                   "Synergies"),
        TableBlock("Requirements that could be met together", tables["requirements"], requirements,
                   "Requirements"),
        TableBlock("Grantees with no tie on file", tables["strangers"], strangers, "No tie"),
        TableBlock("Who works with whom in the room", tables["ties"], ties, "Ties", rows=20),
    )  # fmt: skip
    lead = ("No tie on file does not mean that two never worked together: ask.",)
    return Section("connections", "Who works with whom, and what programs share", lead, blocks)


def _write_agenda(result: Result) -> Section:
    columns = (
        Column("stage", "Part"),
        Column("minutes", "Minutes", "count"),
        Column("item", "Item"),
        Column("with_what", "With what is on file"),
    )
    agenda = result.tables["agenda"]
    total = agenda.groupby("stage", sort=False)["minutes"].sum()
    said = join_words([f"{stage} {minutes} minutes" for stage, minutes in total.items()])
    block = TableBlock("Agenda", agenda, columns, "Agenda", rows=len(agenda))
    return Section("agenda", "Kick-off, session and follow-up", (f"In all: {said}.",), (block,))


def _write_outcomes(result: Result) -> Section:
    proposed = (
        Column("outcome", "Outcome"),
        Column("type", "Kind"),
        Column("organization", "Owner (id)"),
        Column("other", "With (id)"),
        Column("place", "Place"),
        Column("agreed_on", "Agreed on", "date", seen="annex"),
        Column("due", "Due", "date"),
        Column("status", "Status"),
    )
    tables = result.tables
    blocks = fill(
        TableBlock("What became of earlier outcomes", tables["outcomes"], OUTCOME_COLUMNS,
                   "Outcomes"),
        TableBlock("Feedback on policies", tables["feedback"], OUTCOME_COLUMNS, "Feedback"),
        TableBlock("Drafts for the register: change them at the tables, then paste them into the "
                   "sheet Outcomes", tables["proposed"], proposed, "Proposed"),
    )  # fmt: skip
    lead = (
        "Write down who owns what by when; the next run holds it against the file and says done, "
        "open or overdue.",
    )
    return Section("register", "Outcome register", lead, blocks)


def write_register(result: Result) -> tuple[Section, ...]:
    """The register as a brief of its own."""
    return (write_register_section(result, id="summary"),)


def write_register_section(result: Result, *, id: str = "outcomes") -> Section:
    """What became of what earlier sessions agreed on."""
    table = result.table
    feedback = result.tables["feedback"]
    late = int((table["state"] == "overdue").sum())
    caption = f"Outcomes on file, {count_noun(late, 'of them overdue', 'of them overdue')}"
    blocks = fill(
        TableBlock(caption, table, OUTCOME_COLUMNS, "Outcomes", rows=20),
        TableBlock("Feedback on policies", feedback, OUTCOME_COLUMNS, "Policy feedback", rows=0),
    )
    return Section(id, result.title, result.sentences, blocks)
