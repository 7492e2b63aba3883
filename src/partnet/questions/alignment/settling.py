"""What two partners have to settle, and what to do in which year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.wording.text import join_words, say_date, say_dollars
from ...facts.money.investment import fiscal_year_of
from .shown import COMMITMENTS, LEADERS, PLAN
from .stocktaking import Stock

YEARS = 3


def list_commitments(
    a: Stock, b: Stock, shared: pd.DataFrame, brings: pd.DataFrame
) -> pd.DataFrame:
    """List what is to be settled: commitments, roles and who bears which cost.

    Returns
    -------
    DataFrame
        ``topic`` (commitment, role, cost, data, decision), ``question``, ``on_file`` (what helps
        to answer it).
    """
    names = [stock.name for stock in (a, b)]
    rows = [
        *_ask_commitments(a, b, names),
        *_ask_roles(shared, brings),
        *_ask_costs(a, b, names),
        ("data", "Which data do you share, under which agreement?", _find_data_agreement(a, b)),
        ("decision", "Who decides when you disagree, and who tells the boards?", ""),
    ]
    return pd.DataFrame(rows, columns=COMMITMENTS.names)


Row = tuple[str, str, str]


def _ask_commitments(a: Stock, b: Stock, names: list[str]) -> Iterator[Row]:
    plans = [str(stock.answers["plan"]) or str(stock.answers["strategy"]) for stock in (a, b)]
    said = [f"{name}: {plan}" for name, plan in zip(names, plans, strict=True) if plan]
    yield "commitment", "What does each promise, for how long, and who signs?", "; ".join(said)


def _ask_roles(shared: pd.DataFrame, brings: pd.DataFrame) -> Iterator[Row]:
    for row in shared[shared["what"] == "service"].head(3).itertuples():
        sides = join_words(
            list(dict.fromkeys(text for text in (row.organization_says, row.partner_says) if text))
        )
        yield "role", f"Who leads on {row.entry}, and who refers to whom?", sides
    for name, rows in brings.groupby("name", sort=True):
        first = join_words(rows["brings"].tolist(), most=2)
        yield "role", f"May the other send people to {name} for {first}?", ""


def _ask_costs(a: Stock, b: Stock, names: list[str]) -> Iterator[Row]:
    """Who bears which cost: each award that runs out says until when it can."""
    yield "cost", "Who pays for staff time, travel, data systems and space?", ""
    for stock, name in zip((a, b), names, strict=True):
        for award in stock.awards.head(2).itertuples():
            end = "" if pd.isna(award.period_end) else f" until {say_date(award.period_end)}"
            yield (
                "cost",
                f"Can {award.program} of {name} pay for a part, and who pays afterwards?",
                f"{say_dollars(award.amount)}{end}",
            )


def _find_data_agreement(a: Stock, b: Stock) -> str:
    agreements = a.here.rows("agreements")
    rows = agreements[agreements["organization"].isin([a.id, b.id])]
    rows = rows[rows["type"].str.casefold().str.contains("data")]
    both = rows.groupby("agreement")["organization"].nunique()
    named = both.index[both == 2].tolist()
    return f"on file: {join_words(named)}" if named else "no data-sharing agreement on file"


def list_steps(
    a: Stock,
    b: Stock,
    cycles: pd.DataFrame,
    missing: pd.DataFrame,
) -> pd.DataFrame:
    """Draft a plan of three years from the dates on file.

    Returns
    -------
    DataFrame
        ``year`` ("year 1" to "year 3" with the calendar year where the day is known), ``step``,
        ``who``, ``because`` (what on file asks for it).
    """
    names, day = [stock.name for stock in (a, b)], a.here.day
    both = join_words(names)
    rows = [
        (0, "Meet with a facilitator; settle commitments, roles and costs in writing", both, ""),
        (0, "Agree on one goal and one measure; write down what it is today", both, ""),
        *_plan_missing(missing, both),
        *_plan_assessments(a, b, names, day),
        *_plan_awards(a, b, names, day),
        (1, "Report to the leaders of both: the measure, the cost, what to change", both, ""),
        (2, "Decide whether to go on, widen or end; renew what is signed", both, ""),
    ]
    rows = sorted((row for row in rows if 0 <= row[0] < YEARS), key=lambda row: row[0])
    named = [(_name_year(row[0], day), *row[1:]) for row in rows]
    return pd.DataFrame(named, columns=PLAN.names)


Step = tuple[int, str, str, str]


def _name_year(k: int, day: pd.Timestamp | None) -> str:
    return f"year {k + 1}" if day is None else f"year {k + 1} ({day.year + k})"


def _plan_missing(missing: pd.DataFrame, both: str) -> Iterator[Step]:
    for row in missing.head(1).itertuples():
        yield 0, f"Ask {row.nearest} to join for {row.service}", both, f"{row.county} lacks it"


def _plan_assessments(
    a: Stock, b: Stock, names: list[str], day: pd.Timestamp | None
) -> Iterator[Step]:
    for stock, name in zip((a, b), names, strict=True):
        year = stock.answers["assessment_year"]
        if year == year and day is not None:
            other = names[1] if stock is a else names[0]
            step = f"Needs assessment of {name}: invite {other} to design and read it"
            yield int(year) - day.year, step, name, f"due in {year:.0f}"


def _plan_awards(a: Stock, b: Stock, names: list[str], day: pd.Timestamp | None) -> Iterator[Step]:
    if day is None:
        return
    for stock, name in zip((a, b), names, strict=True):
        for award in stock.awards[stock.awards["period_end"].notna()].head(2).itertuples():
            end = award.period_end
            step = f"Apply again or together for {award.program} ({name})"
            because = f"it ends on {say_date(end)}, in fiscal year {fiscal_year_of(end)}"
            yield end.year - day.year, step, name, because


def brief_leaders(
    a: Stock,
    b: Stock,
    brings: pd.DataFrame,
    duties: pd.DataFrame,
    measures: pd.DataFrame,
    goals: pd.DataFrame,
) -> pd.DataFrame:
    """Write for the leaders of each partner what the partnership means for it.

    Of `goals` each is told its own and those of the two, with where they stand.

    Returns
    -------
    DataFrame
        ``organization``, ``name``, ``point`` (what you gain, what you give, what it serves, what
        was reached, what it costs, how you would know), ``text``.
    """
    rows = [
        (own.id, *point, own.name)
        for own, other in ((a, b), (b, a))
        for point in _brief_one(own, other, brings, duties, measures, goals)
    ]
    return pd.DataFrame(rows, columns=LEADERS.names)


def _brief_one(
    own: Stock,
    other: Stock,
    brings: pd.DataFrame,
    duties: pd.DataFrame,
    measures: pd.DataFrame,
    goals: pd.DataFrame,
) -> Iterator[tuple[str, str]]:
    name = other.name
    unknown = "not known: services are not on file for both"
    for point, side in (("What you gain", other), ("What you give", own)):
        offers = brings.loc[brings["organization"] == side.id, "brings"].tolist()
        yield point, join_words(offers, most=4) or unknown
    goal = str(own.answers["strategy"]) or str(own.answers["plan"])
    yield "What it serves", goal or "your strategy is not on file: which goal would it serve?"
    results = [*_say_results(own.id, other.id, goals)]
    if results:
        yield "What was reached", f"{join_words(results, most=4)}."
    topics = join_words(duties["topic"].tolist(), most=4)
    yield "Which duties it helps to meet", topics or "none in common on file"
    ends = own.awards[own.awards["period_end"].notna()]
    money = join_words(
        [
            f"{row.program} pays until {say_date(row.period_end)}"
            for row in ends.head(2).itertuples()
        ]
    )
    yield "What it costs", f"{money or 'no award with an end on file'}; settle who pays afterwards"
    both = measures.loc[measures["whose"] == "both", "measure"].tolist()
    yield "How you would know", join_words(both) or f"agree with {name} on one measure"


def _say_results(own: str, other: str, goals: pd.DataFrame) -> Iterator[str]:
    """Where the goals stand of one organization alone, or of the two."""
    for row in goals.itertuples():
        ends = {row.organization, row.other} - {""}
        if own in ends and ends <= {own, other}:
            yield f"{row.goal}: {row.state} ({row.evidence})"
