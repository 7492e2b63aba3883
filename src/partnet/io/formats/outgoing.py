"""A network made ready to be written: its organizations and all its ties as text."""

from __future__ import annotations

import pandas as pd

from ...core.network import Network
from ...core.rows.ties import is_denial
from ...core.schema import NUMERIC_TYPES, PROVENANCE, TABLES
from ...core.vocabulary import Vocabulary
from ..tables.frames import texts_of_column
from .containers.values import is_finite
from .model import Outgoing

# What a ladder was is needed only to read the number of its level; the strength is written.
NOT_WRITTEN = (PROVENANCE, "ladder")
NUMBERS = frozenset({"weight", "dollars"}) | {
    column.name
    for table in ("organizations", "ties")
    for column in TABLES[table].columns
    if column.type in NUMERIC_TYPES
}


def make_outgoing(net: Network) -> Outgoing:
    """Give organizations and ties as text; answers of "none" are no ties."""
    nodes = list_cells(net.table("organizations"))
    reported, derived = split_ties(net)
    edges = list_cells(reported) + list_cells(_name_origin(derived))
    both = [*_list_directed(reported, net.vocabulary), *_list_directed(derived, net.vocabulary)]
    _name_by_number(nodes, edges)
    weighed = [_name_weight(edge) for edge in edges]
    weights = pd.concat([reported["strength"], derived["strength"]]).fillna(1.0).tolist()
    return Outgoing(
        title=net.title,
        nodes=nodes,
        edges=weighed,
        directed=both,
        weights=weights,
        node_numbers=_list_numbers(nodes, "organizations"),
        edge_numbers=_list_numbers(weighed, "ties"),
        labels=_list_labels(net.vocabulary),
    )


def _list_numbers(rows: list[dict[str, str]], table: str) -> frozenset[str]:
    """Columns of numbers; one of the user's own may be called like one of them and hold words."""
    typed = {column.name for column in TABLES[table].columns}
    own = {
        name
        for row in rows
        for name, text in row.items()
        if name in NUMBERS and name not in typed and not is_finite(text)
    }
    return NUMBERS - own


def _name_by_number(nodes: list[dict[str, str]], edges: list[dict[str, str]]) -> None:
    """Number organizations whose ids would not come back from a file: invisible marks, blanks."""
    ids = [node["id"] for node in nodes]
    if all(id_.isprintable() and id_ == id_.strip() for id_ in ids):
        return
    numbers = (f"organization {k}" for k in range(1, len(ids) + 1))
    named = dict(zip(ids, numbers, strict=True))
    for node in nodes:
        node["id"] = named[node["id"]]
    for edge in edges:
        edge["source"], edge["target"] = named[edge["source"]], named[edge["target"]]


def split_ties(net: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reported ties that are there, and ties that follow from other tables."""
    reported = net.table("ties")
    derived = net.ties[net.ties["table"] != "ties"]
    return (
        reported[~is_denial(reported)].reset_index(drop=True),
        derived[~is_denial(derived)].reset_index(drop=True),
    )


def _name_origin(derived: pd.DataFrame) -> pd.DataFrame:
    return derived.rename(columns={"table": "from_table", "amount": "dollars"})


def _list_directed(ties: pd.DataFrame, vocabulary: Vocabulary) -> list[bool]:
    return [
        is_directed(relation, said, vocabulary)
        for relation, said in zip(ties["relation"], ties["directed"], strict=True)
    ]


def is_directed(relation: str, said: str, vocabulary: Vocabulary) -> bool:
    """Whether a tie has a direction: as it says, else as its relation usually has."""
    if said:
        return said == "yes"
    known = vocabulary.relations.get(relation)
    return known is not None and known.directed


def list_cells(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Give the filled cells of each row as text."""
    names = [str(name) for name in frame.columns if name not in NOT_WRITTEN]
    columns = [texts_of_column(frame[name]) for name in names]
    rows = zip(*columns, strict=True) if columns else ()
    return [{n: text for n, text in zip(names, row, strict=True) if text} for row in rows]


def _name_weight(edge: dict[str, str]) -> dict[str, str]:
    """Network programs call the strength of a tie its weight."""
    return {("weight" if name == "strength" else name): text for name, text in edge.items()}


def _list_labels(vocabulary: Vocabulary) -> dict[str, str]:
    kinds = {kind.id: kind.label for kind in vocabulary.kinds.values()}
    relations = {relation.id: relation.label for relation in vocabulary.relations.values()}
    return {**vocabulary.sectors, **kinds, **relations}
