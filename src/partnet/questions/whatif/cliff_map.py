"""The cliff map: every hospital and every award that ends soon, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.arguments import checked
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Method, Result, Sentence
from ...core.vocabulary import HOSPITALS
from ...core.wording.text import count_noun, join_words, say_date, start_small
from .change import find_awards, list_dependent
from .cliffs import NOBODY_LEFT, read_services, tabulate_cliffs, tabulate_deserted
from .shown import CLIFF_MAP, CLIFFS, DESERTED
from .text import METHOD, choose_bridge, name_provider

MONTHS = 12
NAMED = 6  # of those whose loss costs as much as any


@checked
def map_cliffs(
    net: Network, *, months: int = MONTHS, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Say which counties would lose a service if one hospital closed, or when an award ends.

    Every hospital on file is taken away alone, and every award that ends within a year; see
    :func:`simulate` for what counts as lost.

    Parameters
    ----------
    net : Network
        The network.
    months : int, default 12
        Awards that end within so many months (one budget cycle).
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a hospital or award on which a service depends, the most first.
        ``.tables["cliffs"]``: every county and service, with what would bridge it.
        ``.tables["deserted"]``: counties and services of which the only provider would go, who has
        no working tie there.

    Raises
    ------
    UsageError
        `months` is below 1.

    See Also
    --------
    simulate : Several changes together, with everything before and after.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.map_cliffs(pn.load_sample("prairie"))
    >>> bool((found.table["cells"] > 0).all())
    True
    """
    if months < 1:
        raise UsageError(f"months: found {months}. Allowed are 1 or more. The default is {MONTHS}.")
    here = net.at(as_of)
    found = [] if here.audience == "public" else [*_try_hospitals(here), *_try_awards(here, months)]
    rows, parts = [], [pd.DataFrame(columns=CLIFFS.names)]
    alone = [pd.DataFrame(columns=DESERTED.names)]
    for what, kind, subject, day, cliffs, deserted in found:
        if len(deserted):
            alone.append(deserted.assign(what=what, subject=subject))
        if len(cliffs):
            rows.append(_summarize(what, kind, subject, day, cliffs))
            parts.append(cliffs.assign(what=what, subject=subject))
    table = pd.DataFrame(rows, columns=CLIFF_MAP.names)
    table["day"] = pd.to_datetime(table["day"])
    order = ["cells", "nobody_left", "subject"]
    table = table.sort_values(
        order, ascending=[False, False, True], ignore_index=True, kind="stable"
    )
    deserted = pd.concat(alone, ignore_index=True)
    deserted = deserted.sort_values(
        ["need", "county_fips", "service", "subject"], ascending=[False, True, True, True],
        ignore_index=True,
    )  # fmt: skip
    return Result(
        verb="map_cliffs",
        title="What depends on one hospital or one award",
        table=table,
        sentences=(_say(here, table), *_say_deserted(deserted)),
        method=Method(name="Cliff map", formula=METHOD, settings={"awards end within": months}),
        tables={"cliffs": pd.concat(parts, ignore_index=True), "deserted": deserted},
        shown=(CLIFF_MAP, CLIFFS, DESERTED),
        as_of=here.day,
        network=net.title,
    )


Tried = tuple[str, str, str, pd.Timestamp | None, pd.DataFrame, pd.DataFrame]


def _try_hospitals(here: Network) -> Iterator[Tried]:
    hospital = here.organizations["kind"].isin(HOSPITALS) & ~here.is_context
    for at, id_ in enumerate(here.ids):
        if hospital.iloc[at]:
            yield (
                f"{here.name(id_)} closes",
                "hospital",
                id_,
                None,
                tabulate_cliffs(here, {at}, set()),
                tabulate_deserted(here, {at}, set()),
            )


def _try_awards(here: Network, months: int) -> Iterator[Tried]:
    if here.day is None:
        return
    funding = here.rows("funding")
    last = here.day + pd.DateOffset(months=months)
    ending = funding[(funding["period_end"] <= last) & (funding["amount"] > 0)]
    ending = ending.assign(named=ending["award"].where(ending["award"] != "", ending["program"]))
    for named, rows in ending[ending["named"] != ""].groupby("named", sort=True):
        dependent = list_dependent(here, find_awards(here, [str(named)]))
        closed = read_services(here).close_all(here.positions(dependent).tolist())
        if closed:
            program, day = str(rows["program"].iloc[0]), rows["period_end"].max()
            what = f"{program} ({named}) ends" if program != named else f"{program} ends"
            cliffs = tabulate_cliffs(here, set(), closed)
            deserted = tabulate_deserted(here, set(), closed)
            yield what, "award", str(named), day, cliffs, deserted


def _summarize(
    what: str, kind: str, subject: str, day: pd.Timestamp | None, cliffs: pd.DataFrame
) -> tuple[object, ...]:
    first, bridge = cliffs.iloc[0], choose_bridge(cliffs)
    said = f"{bridge['organization_name']} and {bridge['partner_name']}" if bridge else ""
    return (
        what, kind, subject, day, len(cliffs), cliffs["county_fips"].nunique(),
        int((cliffs["status"] == NOBODY_LEFT).sum()),
        f"{start_small(first['service'])} in {first['county']}",
        said, int(bridge.get("bridged", 0)),
    )  # fmt: skip


def _say(here: Network, table: pd.DataFrame) -> Sentence:
    """Say on how many hospitals and awards a service depends, and the first of them."""
    if here.audience == "public":
        return Sentence("cliff_map", "What breaks if somebody leaves is not shown to the public.")
    hospitals, awards = (int((table["kind"] == kind).sum()) for kind in ("hospital", "award"))
    claims = {"hospitals": hospitals, "awards": awards, "cells": int(table["cells"].sum())}
    if read_services(here).offers.empty:
        text = "What depends on one hospital or award is not known: no services are on file by "
        text += "county (table services)."
        return Sentence("cliff_map", text, claims)
    if table.empty:
        provider = name_provider(read_services(here).tied)
        text = (
            f"No county has its only {provider} of a service in one hospital, or in who depends on "
            "an award that ends soon."
        )
        return Sentence("cliff_map", text, claims)
    lost = [
        f"of {count_noun(hospitals, 'hospital')}" if hospitals else "",
        f"of {count_noun(awards, 'award that ends soon', 'awards that end soon')}"
        if awards
        else "",
    ]
    provider = name_provider(read_services(here).tied)
    text = (
        f"Each by itself, the loss {join_words([one for one in lost if one], final='or')} would "
        f"leave a county without its only {provider} of a service. {_say_most(table)}"
    )
    most = table.loc[table["cells"] == table["cells"].max(), "what"].tolist()
    return Sentence("cliff_map", text, claims | {"first": most[0], "equal": most[1:]})


def _say_deserted(deserted: pd.DataFrame) -> Iterator[Sentence]:
    """Say of which services the only provider would go, though none is connected there."""
    if deserted.empty:
        return
    cells = deserted.drop_duplicates(["county_fips", "service"])
    first = cells.iloc[0]
    n = len(cells)
    counted = f"{count_noun(n, 'service')}{', counted county by county,' if n > 1 else ''}"
    text = (
        f"Beside these, {counted} would lose the only provider on file, of whom no working tie in "
        f"the county is on file: {'first ' if n > 1 else ''}{start_small(first['service'])} in "
        f"{first['county']}, if {first['what']}."
    )
    claims = {"cells": n, "counties": int(cells["county_fips"].nunique()), "first": first["what"]}
    yield Sentence("deserted", text, claims)


def _say_most(table: pd.DataFrame) -> str:
    """Say whose loss costs most, with all that would cost as much."""
    if len(table) == 1:
        head = "It would be lost" if table["cells"].iloc[0] == 1 else "They would be lost"
    else:
        head = "Most would be lost"
    most = table[table["cells"] == table["cells"].max()]
    days = ["" if pd.isna(day) else f" on {say_date(day)}" for day in most["day"]]
    whats = [f"{what}{day}" for what, day in zip(most["what"], days, strict=True)]
    first = most.iloc[0]
    services = count_noun(first["cells"], "service")
    if len(most) > 1:
        named = join_words(whats, most=NAMED, final="or")
        return f"{head} if {named}: {services}, counted county by county, each time."
    counties = count_noun(first["counties"], "county", "counties")
    counted = ", counted county by county," if first["counties"] > 1 else ""
    bridge = (
        f"; introducing {first['bridge']} now would bridge {first['bridged']}"
        if first["bridge"]
        else ""
    )
    return (
        f"{head} if {whats[0]}: {services}{counted} in {counties}, first {first['first']}{bridge}."
    )
