"""The register of what sessions agreed on, held against what is on file now."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_date
from ...places.gazetteer import county_name

STATES = ("overdue", "open", "done", "dropped")
NEW_RELATIONSHIP, FEEDBACK = "new relationship", "policy feedback"
COLUMNS = [
    "outcome", "type", "state", "owner", "owner_name", "other", "other_name", "place",
    "place_name", "agreed_on", "due", "evidence",
]  # fmt: skip


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
        ``.table``: one row an outcome, overdue ones first, then by due date: ``outcome``,
        ``type``, ``state``, ``owner``, ``other`` (ids, with names), ``place``, ``agreed_on``,
        ``due``, ``evidence``. ``.tables``: ``counts`` (type x state), ``feedback`` (on policies).
    """
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    judge = _Judge(net, day)
    rows = [judge.judge(row) for row in net.table("outcomes").itertuples()]
    table = pd.DataFrame(rows, columns=COLUMNS)
    for column in ("agreed_on", "due"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    rank = table["state"].map({state: k for k, state in enumerate(STATES)})
    table = table.assign(rank=rank).sort_values(
        ["rank", "due", "outcome"], kind="stable", ignore_index=True
    )[COLUMNS]
    counts = pd.crosstab(table["type"], table["state"]).reindex(columns=list(STATES), fill_value=0)
    return Result(
        verb="check_outcomes",
        title="What became of what was agreed",
        table=table,
        sentences=tuple(say_outcomes(table)),
        method=_method(net, day),
        tables={"counts": counts.reset_index(), "feedback": _select(table, FEEDBACK)},
    )


def _select(table: pd.DataFrame, type: str) -> pd.DataFrame:
    return table[table["type"] == type].reset_index(drop=True)


class _Judge:
    """Holds outcomes against ties and agreements on a day."""

    def __init__(self, net: Network, day: pd.Timestamp | None) -> None:
        self.net, self.day = net, day
        held = net if day is None else net.at(day)
        ties = held.ties
        self.ties = ties[ties["relation"] != "contact"]
        self.signed = held.table("agreements").query("status == 'executed'")

    def judge(self, row: Any) -> tuple[Any, ...]:
        """Give one row of the register with its state and the evidence for it."""
        state, evidence = self._find_state(row)
        names = [self.net.name(id_) if id_ else "" for id_ in (row.organization, row.other)]
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
                "said to be done; no tie on file yet" if unseen else found or "its row says so",
            )
        if found:
            return "done", found
        if not pd.isna(row.due) and self.day is not None and row.due < self.day:
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
        label = self.net.vocabulary.relations[str(ties["relation"].iloc[0])].label
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


def say_outcomes(table: pd.DataFrame, place: str = "") -> list[str]:
    """Say how many outcomes are done, open or overdue, and what waits to be passed on."""
    about = f" about {place}" if place else ""
    if table.empty:
        return [f"No outcomes of earlier sessions{about} are on file (table outcomes)."]
    counts = table["state"].value_counts()
    parts = [f"{counts[state]} {state}" for state in STATES if state in counts]
    late = table[table["state"] == "overdue"]
    said = [
        f"Of {count_noun(len(table), 'outcome')} of earlier sessions{about} on file, "
        f"{join_words(parts)}."
    ]
    if len(late):
        named = [
            f"{row.outcome} ({row.owner_name or 'no owner'}, {row.evidence})"
            for row in late.head(3).itertuples()
        ]
        said.append(f"Overdue: {join_words(named)}.")
    unseen = table["evidence"].str.startswith("said to be done; no tie").sum()
    if unseen:
        verb = "is" if unseen == 1 else "are"
        said.append(
            f"{count_noun(unseen, 'new relationship')} {verb} said to be done with no tie on file: "
            "enter the tie, or ask."
        )
    feedback = _select(table, FEEDBACK)
    waiting = feedback[feedback["state"].isin(["open", "overdue"])]
    if len(waiting):
        said.append(
            f"{count_noun(len(waiting), 'piece')} of feedback on policies "
            f"{'waits' if len(waiting) == 1 else 'wait'} to be passed on, first: "
            f"{waiting['outcome'].iloc[0]}."
        )
    return said


def _method(net: Network, day: pd.Timestamp | None) -> Method:
    return Method(
        name="The register of outcomes, held against ties and agreements.",
        formula=(
            "Done: the row says so; a new relationship with a tie on file; an action step of two "
            "organizations with an agreement of both signed since. Overdue: not done and past its "
            "due date. A mere contact makes no relationship."
        ),
        settings={"network": net.title, "as of": "no dates" if day is None else str(day.date())},
    )
