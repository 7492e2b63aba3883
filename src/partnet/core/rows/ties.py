"""From tables to ties: every row somewhere in the tables that links two organizations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from ..schema import PROVENANCE, TABLES, empty_table
from ..vocabulary import Vocabulary
from .awards import is_counted
from .periods import start_agreements

TIE_COLUMNS = (*TABLES["ties"].names, "amount", "table", PROVENANCE)

# Tables of which a row can link two organizations.
MAKE_TIES = ("ties", "funding", "memberships", "contacts", "agreements", "affiliations")

Resolve = Callable[[pd.Series], pd.Series]


def derive_ties(
    tables: Mapping[str, pd.DataFrame], vocabulary: Vocabulary, resolve: Resolve
) -> pd.DataFrame:
    """Give all ties, one row a source row, whichever table they come from.

    Reported ties come first, then funding (funder to recipient), memberships (organization to
    group), contacts (by whom to whom), executed agreements (every pair of parties) and
    affiliations (organization to parent) – each only where both ends are organizations of the
    network, and are not the same one.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of a network, at least those that make ties (`MAKE_TIES`).
    vocabulary : Vocabulary
        Tells the relation that a type of agreement stands for.
    resolve : callable
        Turns a Series of texts into ids, "" where a text names no organization.
    """
    made_of: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
        "ties": _reported_ties,
        "funding": lambda rows: _funding_ties(rows, resolve),
        "memberships": lambda rows: _text_ties(
            rows, "membership", "organization", "group", resolve
        ),
        "contacts": lambda rows: _contact_ties(rows, resolve),
        "agreements": lambda rows: _agreement_ties(rows, vocabulary),
        "affiliations": lambda rows: _text_ties(
            rows, "affiliation", "organization", "parent", resolve
        ),
    }
    parts = [made_of[name](tables[name]) for name in MAKE_TIES if len(tables[name])]
    filled = [part for part in parts if len(part)]
    ties = pd.concat(filled, ignore_index=True) if filled else _reported_ties(empty_table("ties"))
    return ties[ties["source"] != ties["target"]].reset_index(drop=True)


def is_denial(ties: pd.DataFrame) -> pd.Series:
    """Whether a row is an answer "none": somebody said that there is no tie."""
    return ties["strength"] == 0


def _reported_ties(ties: pd.DataFrame) -> pd.DataFrame:
    return _as_ties(ties, "ties")


def _funding_ties(funding: pd.DataFrame, resolve: Resolve) -> pd.DataFrame:
    """Funder to recipient; the period of the award is the life of the tie.

    Money that was taken back makes none; of dollars obligated and spent, one counts.
    """
    named = resolve(funding["funder"])
    rows = funding.assign(
        funder=funding["funder"].where(named == "", named),
        source=named,
        target=funding["recipient"],
        relation="funding",
        directed="yes",
        since=funding["period_start"],
        until=funding["period_end"],
        evidence=funding["program"],
    )
    return _as_ties(rows[(rows["source"] != "") & is_counted(rows)], "funding")


def _text_ties(
    table: pd.DataFrame, relation: str, source: str, target: str, resolve: Resolve
) -> pd.DataFrame:
    """Ties of a table whose target column is a text that may name an organization."""
    rows = table.assign(
        source=table[source],
        target=resolve(table[target]),
        relation=relation,
        directed="yes",
    )
    return _as_ties(rows[rows["target"] != ""], _TABLE_OF[relation])


_TABLE_OF = {"membership": "memberships", "affiliation": "affiliations"}


def _contact_ties(contacts: pd.DataFrame, resolve: Resolve) -> pd.DataFrame:
    rows = contacts.assign(
        source=resolve(contacts["by"]),
        target=contacts["organization"],
        relation="contact",
        directed="no",
        since=contacts["date"],
        last_contact=contacts["date"],
        evidence=contacts["topic"],
    )
    return _as_ties(rows[rows["source"] != ""], "contacts")


def _agreement_ties(agreements: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Every pair of parties to one agreement; drafts make no tie, those that renew do not end."""
    signed = agreements[agreements["status"] != "draft"]
    columns = ["agreement", "organization"]
    pairs = signed.merge(signed[columns], on="agreement", suffixes=("", "_other"))
    order = {id_: k for k, id_ in enumerate(pd.unique(agreements["organization"]))}
    ends = (pairs["organization"], pairs["organization_other"])
    first, second = (end.map(order).astype("float64") for end in ends)
    forward = first < second
    pairs = pairs[forward]
    kinds = {text: vocabulary.find_relation(text) or "agreement" for text in pairs["type"].unique()}
    rows = pairs.assign(
        source=pairs["organization"],
        target=pairs["organization_other"],
        relation=pairs["type"].map(kinds),
        directed="no",
        since=start_agreements(pairs),
        until=pairs["expires"].mask(pairs["renews"] == "yes"),
        evidence=pairs["agreement"],
    )
    return _as_ties(rows, "agreements")


def keep_distinct(ties: pd.DataFrame) -> pd.DataFrame:
    """Keep one row for each pair and relation, whoever reported it and from whichever table."""
    first = ties["source"] < ties["target"]
    low = ties["source"].where(first, ties["target"])
    high = ties["target"].where(first, ties["source"])
    keys = pd.DataFrame({"low": low, "high": high, "relation": ties["relation"]})
    return ties[~keys.duplicated()]


def list_ties_of(ties: pd.DataFrame, organization: str) -> pd.DataFrame:
    """Give the ties of one organization, with the other side as ``partner``."""
    out = ties[ties["source"] == organization].assign(partner=lambda rows: rows["target"])
    back = ties[ties["target"] == organization].assign(partner=lambda rows: rows["source"])
    return pd.concat([out, back])


def _as_ties(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Bring rows to the columns of a tie; what they lack is blank."""
    blank = empty_table("ties").assign(amount=pd.Series([], dtype="float64"), table="")
    columns = {
        name: rows[name] if name in rows else _blank_column(blank[name], rows.index)
        for name in TIE_COLUMNS
        if name != "table"
    }
    frame = pd.DataFrame(columns, index=rows.index)
    return frame.assign(table=pd.Series(table, index=rows.index, dtype="str"))[list(TIE_COLUMNS)]


def _blank_column(like: pd.Series, index: pd.Index) -> pd.Series:
    """Give a blank column of the same dtype: "", NaN or NaT."""
    if like.dtype == "str":
        return pd.Series("", index=index, dtype="str")
    return pd.Series(index=index, dtype=like.dtype)
