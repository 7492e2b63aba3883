"""What a written file does not hold: the network held against its file read alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ...core.network import Network
from ...core.rows.ties import is_denial
from ...core.schema import PROVENANCE, TABLES
from ...core.wording.text import count_noun, join_words
from ..tables.frames import texts_of_column
from .outgoing import is_directed, split_ties

Row = dict[str, str]
SAME_TIE = ("source", "target", "relation")
OWN_TO_EXPORT = frozenset({"from_table", "dollars", "table", "amount", PROVENANCE})


@dataclass(frozen=True)
class Loss:
    """One thing that a file does not hold.

    Attributes
    ----------
    table, column : str
        Where it stands; no column for whole rows.
    rows : int
        In how many rows.
    what : str
        In words.
    """

    table: str
    column: str
    rows: int
    what: str

    @property
    def is_column(self) -> bool:
        """Whether cells of one column are lost, and not rows."""
        return bool(self.column) and self.column not in ("split", "none")


def find_losses(net: Network, back: Network, ids: Mapping[str, str]) -> list[Loss]:
    """List all that differs between a network and its file read alone.

    Parameters
    ----------
    net, back : Network
        The network, and what its file says without the side file.
    ids : mapping
        The id in `net` of every id in `back`.
    """
    return [
        *_compare_organizations(net, back, ids),
        *_compare_ties(net, back, ids),
        *_list_other_tables(net, back),
    ]


def _compare_organizations(net: Network, back: Network, ids: Mapping[str, str]) -> list[Loss]:
    found = {ids.get(row["id"], ""): row for row in _rows(back.table("organizations"))}
    counts: Counter[str] = Counter()
    missing = 0
    for row in _rows(net.table("organizations")):
        theirs = found.get(row["id"])
        if theirs is None:
            missing += 1
            continue
        counts.update(column for column, text in row.items() if theirs.get(column, "") != text)
    losses = [Loss("organizations", "", missing, count_noun(missing, "organization"))]
    losses += [
        Loss("organizations", c, n, f"{_say(c)} of {count_noun(n, 'organization')}")
        for c, n in counts.items()
    ]
    return [loss for loss in losses if loss.rows]


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Every cell of every row as text, blanks too."""
    names = [str(name) for name in frame.columns if name != PROVENANCE]
    columns = [texts_of_column(frame[name]) for name in names]
    rows = zip(*columns, strict=True) if columns else ()
    return [dict(zip(names, row, strict=True)) for row in rows]


def _compare_ties(net: Network, back: Network, ids: Mapping[str, str]) -> list[Loss]:
    ours = _group_ties(net, {id_: id_ for id_ in net.ids})
    theirs = _group_ties(back, ids)
    counts: Counter[str] = Counter()
    lost = split = 0
    for key, mine in ours.items():
        other = list(theirs.get(key, ()))
        lost += max(0, len(mine) - len(other))
        split += max(0, len(other) - len(mine))
        for tie in mine[: len(other)]:
            match = min(other, key=lambda row: len(_differences(tie, row)))
            other.remove(match)
            counts.update(_differences(tie, match))
    split += sum(len(rows) for key, rows in theirs.items() if key not in ours)
    denials = int(is_denial(net.table("ties")).sum())
    return _say_ties(lost, split, denials, counts)


def _say_ties(lost: int, split: int, denials: int, counts: Counter[str]) -> list[Loss]:
    losses = [
        Loss("ties", "", lost, f"{count_noun(lost, 'more tie')} between the same two"),
        Loss("ties", "split", split, f"{count_noun(split, 'tie')} said as one in each direction"),
        Loss("ties", "none", denials, f"{count_noun(denials, 'answer')} that there is no tie"),
    ]
    losses += [
        Loss("ties", column, n, f"{_say(column)} of {count_noun(n, 'tie')}")
        for column, n in counts.items()
    ]
    return [loss for loss in losses if loss.rows]


def _group_ties(net: Network, ids: Mapping[str, str]) -> dict[tuple[str, ...], list[Row]]:
    """Ties that are there by the two organizations and the relation, effective values filled in."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for ties in split_ties(net):
        for row in _rows(ties):
            row["strength"] = row["strength"] or "1"
            arrow = is_directed(row["relation"], row["directed"], net.vocabulary)
            row["directed"] = "yes" if arrow else "no"
            source, target = (ids.get(row[end], row[end]) for end in ("source", "target"))
            row["source"], row["target"] = source, target
            relation = net.vocabulary.relations.get(row["relation"])
            word = relation.label.casefold() if relation else row["relation"]
            row["relation"] = word
            groups[*sorted((source, target)), word].append(row)
    return groups


def _differences(ours: Row, theirs: Row) -> list[str]:
    """The columns in which two rows of one tie differ."""
    columns = [
        column
        for column, text in ours.items()
        if column not in OWN_TO_EXPORT and column not in SAME_TIE
        and theirs.get(column, "") != text
    ]  # fmt: skip
    turned = ours["source"] != theirs["source"] and ours["directed"] == "yes"
    return [*columns, "source"] if turned else columns


def _list_other_tables(net: Network, back: Network) -> list[Loss]:
    """Tables that no network format has; those that give ties are in the file as ties only."""
    tied = Counter(net.ties["table"])
    losses = []
    for name, frame in net.tables.items():
        if name in ("organizations", "ties") or len(back.table(name)) == len(frame):
            continue
        words = f"{TABLES[name].label.lower()} ({count_noun(len(frame), 'row')}"
        also = f"; {count_noun(tied[name], 'tie')} of them in the file)" if tied[name] else ")"
        losses.append(Loss(name, "", len(frame), words + also))
    return losses


def _say(column: str) -> str:
    return {"id": "own ids", "name": "exact names", "source": "direction"}.get(
        column, column.replace("_", " ")
    )


def say_losses(losses: list[Loss]) -> str:
    """Say in one list what a file does not hold: columns first, then ties and whole tables."""
    parts = []
    for table in ("organizations", "ties"):
        columns = [_say(loss.column) for loss in losses if loss.table == table and loss.is_column]
        if columns:
            parts.append(f"of {table} {join_words(columns)}")
    parts += [loss.what for loss in losses if not loss.is_column]
    return "; ".join(parts)
