"""The register of what sessions agreed on, held against what is on file now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from ...core.arguments import checked
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import Part
from ...core.wording.text import say_date
from ...places.gazetteer import county_name
from .shown import COUNTS, FEEDBACK, OUTCOMES, caption_outcomes
from .text import NEW_RELATIONSHIP, POLICY_FEEDBACK, STATES, UNSEEN, describe_method, say_outcomes

TITLE = "What became of what was agreed"


@checked
def check_outcomes(net: Network, *, as_of: str | pd.Timestamp | None = None) -> Result:
    """Say which outcomes of past sessions are done, open or overdue, judged by what is on file.

    Rules. *Done*: its row says so; or it is a new relationship and a tie of the two is on file now
    (of any relation but a mere contact); or it is an action step of two organizations and an
    agreement of the two was signed since it was agreed on. *Dropped*: its row says so. *Overdue*:
    not done, and its due date has passed. *Open*: all others. Where a row says done and no tie is
    on file, the evidence says so. Clarified issues and feedback on policies are done when their
    row says so: no other table could tell.

    Parameters
    ----------
    net : Network
        A network with a table ``outcomes``.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an outcome with its state and the evidence for it, overdue ones first,
        then by due date. ``.tables``: ``counts`` (kind x state), ``feedback`` (on policies).

    See Also
    --------
    prepare_session : The papers for the next session, with this register in them.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.check_outcomes(pn.load_sample("prairie"))
    >>> found.claims["outcomes"]["overdue"]
    1
    """
    here = net.at(as_of)
    table = judge_outcomes(here)
    counts = pd.crosstab(table["type"], table["state"]).reindex(columns=list(STATES), fill_value=0)
    return Result(
        verb="check_outcomes",
        title=TITLE,
        table=table,
        sentences=tuple(say_outcomes(table, hidden=here.hides("outcomes"))),
        method=describe_method(here),
        tables={"counts": counts.reset_index(), "feedback": select_feedback(table)},
        shown=(replace(OUTCOMES, title=caption_outcomes(table)), FEEDBACK, COUNTS),
        parts=(Part("summary", TITLE),),
        as_of=here.day,
        paper="Outcome register",
        network=net.title,
    )


@fact
def judge_outcomes(here: Network) -> pd.DataFrame:
    """Give the register with the state of every outcome, overdue ones first, then by due date."""
    judge = _Judge(here)
    rows = [judge.judge(row) for row in here.rows("outcomes").itertuples()]
    table = pd.DataFrame(rows, columns=OUTCOMES.names)
    for column in ("agreed_on", "due"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    rank = table["state"].map({state: k for k, state in enumerate(STATES)})
    ordered = table.assign(rank=rank).sort_values(["rank", "due", "outcome"], kind="stable")
    return ordered[OUTCOMES.names].reset_index(drop=True)


def select_feedback(table: pd.DataFrame) -> pd.DataFrame:
    """Give the outcomes that are feedback on policies."""
    return table[table["type"] == POLICY_FEEDBACK].reset_index(drop=True)


@dataclass(frozen=True)
class _Judge:
    """Holds outcomes against ties and agreements on a day."""

    here: Network

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Ties of any relation but a mere contact."""
        ties = self.here.ties
        return ties[ties["relation"] != "contact"]

    @cached_property
    def signed(self) -> pd.DataFrame:
        """Agreements signed up to the day, also those that have ended since."""
        agreements, day = self.here.whole.rows("agreements"), self.here.day
        signed = agreements["status"].isin(["executed", "expired"])
        return agreements[signed if day is None else signed & ~(agreements["signed"] > day)]

    def judge(self, row: Any) -> tuple[Any, ...]:
        """Give one row of the register with its state and the evidence for it."""
        state, evidence = self._find_state(row)
        names = [self.here.name(id_) if id_ else "" for id_ in (row.organization, row.other)]
        place = county_name(row.place) or row.place
        ends = (row.organization, names[0], row.other, names[1], row.place, place)
        return (row.outcome, row.type, state, *ends, row.agreed_on, row.due, evidence)

    def _find_state(self, row: Any) -> tuple[str, str]:
        found = self._find_evidence(row)
        if row.status == "dropped":
            return "dropped", row.note or "dropped by its own row"
        if row.status == "done":
            unseen = row.type == NEW_RELATIONSHIP and row.other and not found
            return (
                "done",
                UNSEEN if unseen else found or "its row says so",
            )
        if found:
            return "done", found
        if not pd.isna(row.due) and self.here.day is not None and row.due < self.here.day:
            return "overdue", f"was due on {say_date(row.due)}"
        return "open", "no due date" if pd.isna(row.due) else f"due on {say_date(row.due)}"

    def _find_evidence(self, row: Any) -> str:
        """What on file shows that it was done; "" if nothing does."""
        if not row.organization or not row.other:
            return ""
        pair = {row.organization, row.other}
        if row.type == NEW_RELATIONSHIP:
            both = self.ties["source"].isin(pair) & self.ties["target"].isin(pair)
            return self._say_tie(self.ties[both], row.agreed_on)
        if row.type == "action step":
            return self._say_agreement(pair, row.agreed_on)
        return ""

    def _say_tie(self, ties: pd.DataFrame, agreed: Any) -> str:
        if ties.empty:
            return ""
        label = self.here.vocabulary.relations[str(ties["relation"].iloc[0])].label
        since = ties["since"].max()
        if pd.isna(since):
            return f"a tie is on file ({label}); since when is not said"
        older = not pd.isna(agreed) and since < agreed
        when = f"since {say_date(since)}"
        return f"a tie is on file ({label}, {when}{', before this was agreed on' if older else ''})"

    def _say_agreement(self, pair: set[str], agreed: Any) -> str:
        rows = self.signed[self.signed["organization"].isin(pair)]
        rows = rows if pd.isna(agreed) else rows[rows["signed"] >= agreed]
        for agreement, parties in rows.groupby("agreement", sort=True):
            if set(parties["organization"]) == pair:
                signed = parties["signed"].max()
                when = "" if pd.isna(signed) else f" on {say_date(signed)}"
                return f"agreement {agreement} was signed{when}"
        return ""
