"""Since last time: what came and what went between an earlier state of a network and this one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Method, Result, Sentence
from ...core.results.shown import MAIN, Column, Shown
from ...core.storage.shapes import show
from ...core.wording.text import count_noun, join_words, say_date, say_dollars
from ...facts.agreements import Agreement, read_agreements
from ..gaps.question import find_gaps
from ..inventory.question import describe_network
from ..outcomes.question import check_outcomes
from .question import compare_networks

SHOWN_SINCE = Shown(
    MAIN,
    "What came and what went",
    (
        Column("what", "What", meaning="tie, organization, agreement, outcome, gap or money."),
        Column("change", "Change", meaning="What happened to it since the earlier state."),
        Column("subject", "Which", meaning="The one that changed, by name."),
        Column("detail", "Detail", meaning="More about it; blank for nothing."),
    ),
    "Since last time",
    chips="what",
)
# What is said of each change: one, several; in the order in which it is said.
SAID = {
    ("tie", "new"): ("tie is new", "ties are new"),
    ("tie", "gone"): ("tie is gone", "ties are gone"),
    ("organization", "joined"): ("organization joined", "organizations joined"),
    ("organization", "left"): ("organization left", "organizations left"),
    ("agreement", "in force"): ("agreement came into force", "agreements came into force"),
    ("agreement", "ended"): ("agreement ended", "agreements ended"),
    ("outcome", "fulfilled"): ("outcome was fulfilled", "outcomes were fulfilled"),
    ("outcome", "overdue"): ("outcome became overdue", "outcomes became overdue"),
    ("outcome", "dropped"): ("outcome was dropped", "outcomes were dropped"),
    ("outcome", "agreed on"): ("outcome was agreed on", "outcomes were agreed on"),
    ("gap", "new"): ("gap is new", "gaps are new"),
    ("gap", "closed"): ("gap is closed", "gaps are closed"),
}
OUTCOMES = {"done": "fulfilled", "overdue": "overdue", "dropped": "dropped"}

Row = tuple[str, str, str, str]


def tell_since(before: Network, after: Network) -> Result:
    """Say what came and went since an earlier state: ties, organizations, agreements and more.

    Ties and organizations as :func:`compare_networks` finds them, agreements by whether they are in
    force on the day of each, outcomes by their judged state, gaps by their number.

    Parameters
    ----------
    before, after : Network
        The two states, with the same ids; the earlier one on its newest date unless it has a day.
    """
    before, after = before.at(before.day), after.at(after.day)
    rows = [
        *_list_compared(before, after),
        *_list_agreements(before, after),
        *_list_outcomes(before, after),
        *_list_gaps(before, after),
        *_list_money(before, after),
    ]
    table = pd.DataFrame(rows, columns=SHOWN_SINCE.names)
    return Result(
        verb="compare_networks",
        title="Since last time",
        table=table,
        sentences=(_say(table, before),),
        method=Method(
            name="Two states of one network, side by side.",
            settings={"before": _say_day(before), "after": _say_day(after)},
        ),
        shown=(SHOWN_SINCE,),
        as_of=after.day,
        network=after.title,
    )


def show_alike(since: Network, net: Network) -> Network:
    """Give an earlier state on its day as the reader of the network may see it.

    Raises
    ------
    UsageError
        It is no network.
    """
    if not isinstance(since, Network):
        raise UsageError(
            f"since: found {show(since)}. Allowed is an earlier network, as read_network gives it. "
            "Read it first."
        )
    reader = net.reader if net.reader in {*since.whole.ids} else None
    day = since.at().day  # of all that is on file, also where a reader may not see the newest
    return since.whole.for_audience(net.audience, reader).at(day)


def _say_day(net: Network) -> str:
    return "no date on file" if net.day is None else say_date(net.day)


def _list_compared(before: Network, after: Network) -> Iterator[Row]:
    found = compare_networks(before, after, draws=2)
    for row in found.tables["ties"].itertuples():
        yield "tie", str(row.change), f"{row.organization_name} and {row.partner_name}", ""
    for row in found.tables["organizations"].itertuples():
        yield "organization", str(row.change), str(row.name), str(row.detail)


def _list_agreements(before: Network, after: Network) -> Iterator[Row]:
    """Agreements that came into force or ended, known by their parties and what they are about.

    Their numbers do not tell: readers outside see others in each state. What follows upon another
    of the same parties on the same thing is no news; one more beside it is.
    """
    was, now = _find_agreements(before), _find_agreements(after)
    for key, held in was.items():
        number = sum(not one.state for one in held)
        over = [one for one in now.get(key, ()) if one.state]
        for k in range(number - sum(not one.state for one in now.get(key, ()))):
            last = over[k] if k < len(over) else held[k]
            state = last.state if k < len(over) else "not on file any more"
            yield "agreement", "ended", _name_parties(before, last), _describe(before, last, state)
    for key, held in now.items():
        before_it = {one.name for one in was.get(key, ()) if not one.state}
        in_force = [one for one in held if not one.state]
        in_force.sort(key=lambda one: one.name not in before_it)
        for one in in_force[len(before_it) :]:
            yield "agreement", "in force", _name_parties(after, one), _describe(after, one, "")


def _find_agreements(net: Network) -> dict[tuple[frozenset[str], frozenset[str]], list[Agreement]]:
    """Agreements by parties and subjects, of each key one in force first."""
    found: dict[tuple[frozenset[str], frozenset[str]], list[Agreement]] = {}
    for one in read_agreements(net).all:
        found.setdefault((frozenset(one.parties), one.subjects), []).append(one)
    return {key: sorted(several, key=lambda a: a.state != "") for key, several in found.items()}


def _name_parties(net: Network, one: Agreement) -> str:
    return join_words([net.whole.name(id_) for id_ in one.parties], most=3)


def _describe(net: Network, one: Agreement, state: str) -> str:
    return "; ".join(filter(None, (one.name if net.audience == "internal" else "", state)))


def _list_outcomes(before: Network, after: Network) -> Iterator[Row]:
    was = _states(before)
    for key, state in _states(after).items():
        if was.get(key) == state:
            continue
        if key not in was:
            yield "outcome", "agreed on", key[0], state
        if state in OUTCOMES:
            yield "outcome", OUTCOMES[state], key[0], ""


def _states(net: Network) -> dict[tuple[str, str], str]:
    table = check_outcomes(net).table
    return {(str(row.outcome), str(row.owner)): str(row.state) for row in table.itertuples()}


def _list_gaps(before: Network, after: Network) -> Iterator[Row]:
    was, now = (
        {_key_of(row, net): row for row in find_gaps(net).table.itertuples()}
        for net in (before, after)
    )
    gone = before.tied_pairs - after.tied_pairs
    for change, rows, others in (("new", now, was), ("closed", was, now)):
        for gap_id, row in rows.items():
            if gap_id not in others:
                ends = [name for name in (row.organization_name, row.other_name) if name]
                whose = join_words(ends) or row.place_name
                moot = change == "closed" and frozenset((row.organization, row.other)) in gone
                detail = f"{row.status}; the tie that asked for it ended" if moot else row.status
                yield "gap", change, f"{whose}: {row.rule}" if whose else str(row.rule), detail


def _key_of(row: Any, net: Network) -> object:
    """The number of a gap; of an agreement that readers see under another name, its parties."""
    if net.audience == "internal" or row.kind != "agreement":
        return row.gap_id
    return row.organization, row.other, row.status


def _list_money(before: Network, after: Network) -> Iterator[Row]:
    was, now = (_read_money(net) for net in (before, after))
    if now != was:
        yield "money", "on file", now or "no awards", f"was {was}" if was else ""


def _read_money(net: Network) -> str:
    """The investment on file with its year; "" where none is on file."""
    for said in describe_network(net).sentences:
        if said.name == "money" and said.claims.get("dollars"):
            year = said.claims.get("fiscal_year", "")
            when = f"for fiscal year {year}" if year else "without a year"
            return f"{say_dollars(float(said.claims['dollars']))} {when}"
    return ""


def say_change(what: str, change: str, number: int) -> str:
    """Say how many changed in one way: "2 ties are new"."""
    return count_noun(number, *SAID.get((what, change), (f"{what} {change}", f"{what}s {change}")))


def _say(table: pd.DataFrame, before: Network) -> Sentence:
    counts = {key: 0 for key in SAID}
    for what, change in zip(table["what"], table["change"], strict=True):
        if (what, change) in counts:
            counts[what, change] += 1
    parts = [say_change(*key, counts[key]) for key in SAID if counts[key]]
    day = f"Since {say_date(before.day)}" if before.day is not None else "Since last time"
    text = f"{day}: {join_words(parts)}." if parts else f"{day} nothing came or went."
    claims = {f"{what}, {change}": number for (what, change), number in counts.items() if number}
    return Sentence("since", text, claims)
