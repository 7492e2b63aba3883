"""What if: these leave, this grant ends, these introductions succeed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Method, Result
from ...core.wording.text import join_words
from ...facts.money.awards import list_awards, list_whole_awards
from ..gaps.found import tabulate_open
from ..gaps.kinds import KINDS
from .change import Change, find_keys, read_change
from .cliffs import read_services, tabulate_cliffs
from .conversions import Conversion, Pairs, tabulate_leaving
from .shape import describe_shape, list_cut_off
from .shown import CLIFFS, CUT_OFF, EFFECTS, LEAVING, MONEY
from .text import METHOD, say_change


@checked
def simulate(
    net: Network,
    *,
    remove: str | Sequence[str] | None = None,
    end: str | Sequence[str] | None = None,
    add: Pairs | None = None,
    convert: Pairs | None = None,
    relation: str = "collaboration",
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Say what would change if some left or converted, a grant ended, or introductions succeeded.

    The network is made anew without those who leave, without the awards that end (and what was
    passed on under them), with a tie for every introduction, and both are measured alike. A
    provider of a service in a county is *connected* where it has a working tie on file with another
    organization located there; the convener counts for nobody, and where no working tie is on file
    every provider counts. Where awards end, services of
    recipients count as lost that have no other award on the day and lose $100,000 or more;
    hospitals, public bodies and businesses, which live on something else, keep theirs. A hospital
    that converts stays, with its ties, and loses the services that its new kind does not offer
    (``data/conversions.toml``); rules are judged for the new kind.

    Parameters
    ----------
    net : Network
        The network.
    remove : str or sequence of str, optional
        Ids or unique names of those who leave or close.
    end : str or sequence of str, optional
        Numbers of awards, or programs with all their awards, that end.
    add : sequence of pairs, optional
        Who is introduced: pairs of ids or names, or texts such as ``"Elm Hospital = Oak Clinic"``.
    convert : sequence of pairs, optional
        Which hospital becomes what: a Rural Emergency Hospital, a Critical Access Hospital or a
        Rural Health Clinic. Pairs of an id or name and a kind, or texts such as
        ``"Elm Hospital = Rural Emergency Hospital"``.
    relation : str, default "collaboration"
        What an introduction becomes.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a measure, before and after. ``.tables``: ``cliffs`` (counties and
        services that lose their only connected provider, with the introduction that would bridge
        it), ``leaving`` (services of those who convert), ``cut_off`` (from the main component),
        ``money`` (that ends or leaves).

    Raises
    ------
    UsageError
        Nothing is named, or somebody, an award, a pair or a kind is unknown, or an organization
        cannot become that kind.

    See Also
    --------
    map_cliffs : Every hospital and every award that ends soon, one at a time.
    find_bridges : Who holds the network together.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.simulate(pn.load_sample("prairie"), remove="Sunflower General Hospital")
    >>> int(found.table.set_index("measure").loc["organizations", "change"])
    -1
    """
    here = net.at(as_of)
    change = read_change(here, remove, end, add, convert)
    after = change.apply(here, relation)
    money = _list_money(here, change)
    gone, closed = _find_closed(here, change)
    cliffs = tabulate_cliffs(here, gone, closed)
    deserted = read_services(here).find_deserted(gone, closed)
    cut_off = list_cut_off(here, after)
    if here.audience == "public":  # what breaks is not for the public
        cliffs, cut_off = cliffs.iloc[:0], cut_off.iloc[:0]
    table = _compare(here, after)
    return Result(
        verb="simulate",
        title=f"What if {_say_what(here, change)}",
        table=table,
        sentences=tuple(say_change(here, change, table, cliffs, deserted, cut_off, money)),
        method=Method(
            name="Before and after",
            formula=METHOD,
            settings={"an introduction becomes": relation},
        ),
        tables={
            "cliffs": cliffs,
            "leaving": tabulate_leaving(here, change.leaving, LEAVING.names),
            "cut_off": cut_off,
            "money": money,
        },
        shown=(CLIFFS, LEAVING, EFFECTS, CUT_OFF, MONEY),
        as_of=here.day,
        network=net.title,
    )


def _find_closed(here: Network, change: Change) -> tuple[set[int], set[tuple[int, str]]]:
    """Positions of those who leave, and the services that stop of those who stay."""
    gone, dependent = (here.positions(ids).tolist() for ids in (change.removed, change.dependent))
    closed = read_services(here).close_all(dependent)
    at = {id_: int(here.positions([id_])[0]) for id_ in change.converted}
    return set(gone), closed | {(at[id_], service) for id_, service in change.closed}


def _say_what(here: Network, change: Change) -> str:
    awards = list(dict.fromkeys(a or p for a, p in change.ended[["award", "program"]].to_numpy()))
    parts = [
        f"{join_words([here.name(id_) for id_ in change.removed], most=3)} left"
        if change.removed
        else "",
        join_words(
            [
                f"{here.name(id_)} became a {_say_kind(here, conversion)}"
                for id_, conversion in change.converted.items()
            ],
            most=2,
        ),
        f"{join_words(awards, most=3)} ended" if awards else "",
        f"{join_words([' and '.join(map(here.name, pair)) for pair in change.added], most=2)} "
        "worked together"
        if change.added
        else "",
    ]
    return join_words([part for part in parts if part])


def _say_kind(here: Network, conversion: Conversion) -> str:
    return here.vocabulary.kinds[conversion.kind].label


def _compare(here: Network, after: Network) -> pd.DataFrame:
    """Measure both networks alike, one row a measure."""
    before, then = _measure(here), _measure(after)
    rows = [(name, before[name], then[name], then[name] - before[name]) for name in before]
    return pd.DataFrame(rows, columns=EFFECTS.names)


def _measure(here: Network) -> dict[str, int]:
    gaps = tabulate_open(here)["kind"].value_counts()
    dollars = list_awards(here)["dollars"]
    return {
        **describe_shape(here),
        **_count_cells(here),
        "dollars of running awards, each once": round(dollars.sum()),
        **{f"open gaps: {kind.label}": int(gaps.get(kind.name, 0)) for kind in KINDS},
    }


def _count_cells(here: Network) -> dict[str, int]:
    """Count counties x services with a provider, and with a connected one."""
    services = read_services(here)
    cells = services.by_cell if services.tied else ()
    connected = [cell for cell in cells if services.list_connected(cell)]
    return {
        "counties with any service": len({county for county, _ in services.by_cell}),
        "counties x services with a provider": len(services.by_cell),
        "counties x services with a connected provider": len(connected),
    }


def _list_money(here: Network, change: Change) -> pd.DataFrame:
    """Awards that end, and those of recipients who leave."""
    awards = list_whole_awards(here)
    ended = awards["award_key"].isin(find_keys(here, change.lost))
    rows = awards[ended | awards["recipient"].isin(change.removed)]
    paid = pd.Index(change.dependent)
    names = here.names.to_dict()
    table = pd.DataFrame(
        {
            "funder": rows["funder"].map(lambda who: names.get(who, who)),
            "organization": rows["recipient"],
            "organization_name": rows["recipient"].map(names),
            "program": rows["program"],
            "award": rows["award"],
            "amount": rows["dollars"],
            "ends": rows["period_end"],
            "depends": rows["recipient"].isin(paid).map({True: "none on file", False: "others"}),
        },
        columns=MONEY.names,
    )
    order = ["amount", "organization", "award"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True, kind="stable")
