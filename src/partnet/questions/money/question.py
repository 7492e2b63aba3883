"""Whose money it is, what of it ends soon, and which programs others like you hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from ...core.arguments import checked
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Method, Result
from ...core.wording.text import join_words
from ...facts.geography.access import build_coverage
from ...facts.money.awards import (
    list_awards,
    list_whole_awards,
    may_count_twice,
    read_award_rows,
)
from .shown import ENDING, FUNDERS, OPEN_PROGRAMS
from .text import NOT_KNOWN, PRIVATE, PUBLIC, say_money

MONTHS = 12  # one budget cycle
NAMED = 3
LEAST_HELD = 2  # of a kind that hold a program: one alone may be a special case
MOST_HELD = 0.9  # where nearly all of a kind hold it, it is passed out, and nobody applies
# Kinds and words that tell whose money it is.
PUBLIC_KINDS = ("state_health_agency", "state_office_of_rural_health", "state_ems_office",
                "local_government", "local_health_department", "tribal")  # fmt: skip
PRIVATE_KINDS = ("funder", "bank", "employer", "faith", "payer", "civic", "hospital",
                 "health_system")  # fmt: skip
PUBLIC_WORDS = re.compile(
    r"\b(administration|department|centers? for|federal|state of|bureau|agency for|institutes? of|"
    r"u\.?s\.?|usda|hrsa|cdc|cms|samhsa|fcc|county|city of|office of|commission|"
    r"indian health service|ihs|hhs|acf|acl|nih|ahrq|hud|fema)\b",
    re.IGNORECASE,
)
PRIVATE_WORDS = re.compile(
    r"\b(foundation|fund|trust|bank|united way|endowment|charit|inc|llc|company|corporation)\b",
    re.IGNORECASE,
)


@checked
def trace_money(
    net: Network, *, months: int = MONTHS, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Say who pays, what ends within a year and what depends on it, and what others like you hold.

    Running awards on the day, each dollar once (net of money passed on). An award without dates
    runs from its fiscal year to the end of the next. A funder is public by its kind (State
    agencies, health departments, local government) or by its name (Administration, Department,
    Centers for …), private likewise (foundations, banks); else it is not known. What is passed on
    is as public or private as the award it is passed on from. A program that at least two of a kind
    hold, and not nearly all, is one that others of the kind could ask for.

    Parameters
    ----------
    net : Network
        The network.
    months : int, default 12
        Awards that end within so many months.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a funder, and of what source its money is. ``.tables``: ``ending``
        (awards that end, with the services of recipients that have no other award that lasts),
        ``open_programs``.

    Raises
    ------
    UsageError
        `months` is below 1.

    See Also
    --------
    map_cliffs : Which services a county would lose with an award.
    find_gaps : Where money does not follow need.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.trace_money(pn.load_sample("prairie"))
    >>> float(found.table["share"].sum().round(9))
    1.0
    """
    if months < 1:
        raise UsageError(f"months: found {months}. Allowed are 1 or more. The default is {MONTHS}.")
    here = net.at(as_of)
    awards = list_awards(here)
    whole = list_whole_awards(here)
    endless = int(whole["period_end"].isna().sum())
    unsure = float(awards.loc[may_count_twice(awards), "dollars"].sum())
    table = _tabulate_funders(here, awards)
    tables = {
        "ending": _tabulate_ending(here, whole, months),
        "open_programs": pd.DataFrame(_list_open(here, awards), columns=OPEN_PROGRAMS.names),
    }
    return Result(
        verb="trace_money",
        title="Whose money it is, and what of it ends",
        table=table,
        sentences=tuple(say_money(table, tables, months, (endless, len(whole)), unsure)),
        method=Method(
            name="Running awards by funder",
            formula=(
                "Each dollar once: an award less what was passed on under it. An award without "
                "dates runs from its fiscal year to the end of the next; one whose rows come to "
                "less than nothing is left out: the award that it takes from is not on file."
            ),
            settings={"awards end within": f"{months} months"},
        ),
        tables=tables,
        shown=(FUNDERS, ENDING, OPEN_PROGRAMS),
        as_of=here.day,
        network=net.title,
    )


def find_source(here: Network, funder: str) -> str:
    """Tell whether a funder's money is public or private: by its kind, else by its name."""
    known = here.index.find(funder)
    kind, name = here.organizations.loc[known, ["kind", "name"]] if known else ("", funder)
    if kind in PUBLIC_KINDS:
        return PUBLIC
    if kind in PRIVATE_KINDS or PRIVATE_WORDS.search(name):
        return PRIVATE
    return PUBLIC if PUBLIC_WORDS.search(name) else NOT_KNOWN


def _list_payers(here: Network, awards: pd.DataFrame) -> list[str]:
    """Who paid each award at first: what is passed on stays the money of the first that gave it."""
    rows = read_award_rows(here.whole)
    above = {
        award: (funder, parent)
        for award, funder, parent in zip(
            rows["award"], rows["funder"], rows["parent_award"], strict=True
        )
        if award
    }
    payers = []
    for funder, award, parent in zip(
        awards["funder"], awards["award"], awards["parent_award"], strict=True
    ):
        first, passed = funder, {award, ""}
        while parent in above and parent not in passed:
            passed.add(parent)
            first, parent = above[parent]
        payers.append(str(first or funder))
    return payers


def _name(here: Network, funder: str) -> str:
    known = here.index.find(funder) if funder else ""
    return here.name(known) if known else funder or NOT_KNOWN


def _tabulate_funders(here: Network, awards: pd.DataFrame) -> pd.DataFrame:
    """One row a funder, the largest first; one that passes on what others gave may have several."""
    own = awards[awards["dollars"] > 0]
    payers = _list_payers(here, own)
    own = own.assign(
        name=[_name(here, funder) for funder in own["funder"]],
        source=[find_source(here, payer) if payer else NOT_KNOWN for payer in payers],
    )
    total = float(own["dollars"].sum())
    rows = []
    for (name, source), group in own.groupby(["name", "source"], sort=True):
        programs = group.groupby("program")["dollars"].sum().sort_values(ascending=False)
        dollars = float(group["dollars"].sum())
        rows.append((
            name, source, round(dollars, 2), round(dollars / total, 9),
            group["award_key"].nunique(),
            group["recipient"].nunique(), join_words(programs.index.tolist(), most=NAMED),
        ))  # fmt: skip
    table = pd.DataFrame(rows, columns=FUNDERS.names)
    return table.sort_values(
        ["dollars", "funder", "source"],
        ascending=[False, True, True],
        ignore_index=True,
        kind="stable",
    )


def _tabulate_ending(here: Network, awards: pd.DataFrame, months: int) -> pd.DataFrame:
    """Awards that end within some months, the first to end first."""
    if here.day is None:
        return pd.DataFrame(columns=ENDING.names)
    last = here.day + pd.DateOffset(months=months)
    ending = awards[(awards["period_end"] <= last) & (awards["period_end"] >= here.day)]
    lasting = awards[~awards.index.isin(ending.index)].groupby("recipient").size()
    offers = build_coverage(here).offers
    labels = build_coverage(here).labels
    rows = []
    for row in ending.itertuples():
        others = int(lasting.get(row.recipient, 0))
        own = offers[(offers["organization"] == row.recipient) & (others == 0)]
        services = [labels[service] for service in sorted(set(own["service"]))]
        under = awards[(awards["parent_award"] == row.award) & (row.award != "")]
        rows.append((
            row.period_end, row.program, row.award, row.recipient, here.name(row.recipient),
            round(float(row.dollars), 2), others, join_words(services, most=NAMED),
            own["county"].nunique(), under["recipient"].nunique(),
        ))  # fmt: skip
    table = pd.DataFrame(rows, columns=ENDING.names)
    table["ends"] = pd.to_datetime(table["ends"])
    order = ["ends", "dollars", "organization", "award"]
    return table.sort_values(
        order, ascending=[True, False, True, True], ignore_index=True, kind="stable"
    )


def _list_open(here: Network, awards: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Programs that several of a kind hold and others of it do not, the most often held first."""
    own = here.organizations[~here.is_context.to_numpy()]
    kinds = here.vocabulary.kinds
    held = awards[awards["program"] != ""].assign(kind=awards["recipient"].map(own["kind"]))
    groups = held.dropna(subset=["kind"]).groupby(["program", "kind"])
    found = []
    for (program, kind), rows in groups:
        holding = sorted(set(rows["recipient"]))
        all_of_kind = own.index[own["kind"] == kind]
        could = [here.name(id_) for id_ in all_of_kind if id_ not in holding]
        if len(holding) < LEAST_HELD or len(holding) > MOST_HELD * len(all_of_kind) or not could:
            continue
        funder = _name(here, str(rows["funder"].iloc[0]))
        found.append((
            program, kinds[str(kind)].label, len(holding), len(all_of_kind), funder,
            join_words(could, most=NAMED), here.name(holding[0]),
        ))  # fmt: skip
    return iter(sorted(found, key=lambda row: (-row[2], row[0], row[1])))
