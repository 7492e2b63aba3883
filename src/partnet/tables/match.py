"""Who is who: identifiers decide, names propose, a person judges.

Two rows are the *same* organization where their CCN or NPI agree, or where two files give the same
name (spelling habits taken away) at the same ZIP code for kinds that go together, and no third row
fits as well. Different CCNs are different organizations, whatever the names. Everything that only
looks alike is listed for *review*, with the evidence side by side, and stays apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ..network import Network
from ..results import Method, Result
from ..wording import count_noun
from .candidates import DECIDING, HOSPITALS, Records, find_candidates, make_records
from .likeness import tells_sites_apart

ALIKE = 0.90  # likeness of names in one ZIP code that a person should look at
ALIKE_ELSEWHERE = 0.93  # in one county, with another ZIP code or none
CLINICS = frozenset(
    {"rural_health_clinic", "health_center", "health_center_look_alike", "free_clinic"}
)
TOGETHER = (HOSPITALS, CLINICS)  # kinds that two files may give to one place
MAYBE_TOGETHER = (*TOGETHER, HOSPITALS | {"behavioral_health"})
SIDE_BY_SIDE = ("name", "kind", "city", "zip", "county", "origin")

Judgements = Mapping[frozenset[str], str]


def match_organizations(
    organizations: Network | pd.DataFrame,
    *others: Network | pd.DataFrame,
    judgements: pd.DataFrame | None = None,
) -> Result:
    """Find organizations that stand twice: in two files, or in one network.

    Parameters
    ----------
    organizations, *others : Network or DataFrame
        Networks, or organizations tables with ``id``, ``name`` and any of ``kind``, ``zip``,
        ``county_fips``, ``city``, ``ccn``, ``npi``, ``origin`` ("file, row 5"). Within one file
        names alone decide nothing.
    judgements : DataFrame, optional
        ``a``, ``b`` (ids) and ``judgement`` (same, not the same): what a person decided is obeyed.

    Returns
    -------
    Result
        ``.table``, one row a pair: ``a``, ``b`` (ids), ``decision`` (same, review), ``likeness``
        of the names (0 to 1), ``why``, then name, kind, city, ZIP, county and origin of both.

    Examples
    --------
    >>> cms = pd.DataFrame({"id": ["c1"], "name": ["ST MARYS HOSP"], "zip": ["68410"]})
    >>> fcc = pd.DataFrame({"id": ["f1"], "name": ["Saint Mary's Hospital"], "zip": ["68410"]})
    >>> match_organizations(cms, fcc).table[["a", "b", "decision", "why"]].values.tolist()
    [['c1', 'f1', 'same', 'the same name at ZIP 68410 in two files']]
    """
    records = make_records(
        source.table("organizations") if isinstance(source, Network) else source
        for source in (organizations, *others)
    )
    judged = _read_judgements(judgements)
    pairs = _list_judged_same(records, judged)
    for i, j, likeness in find_candidates(records):
        pair = _judge(records, i, j, likeness)
        if pair is not None and _ids(records, i, j) not in judged:
            pairs.append(pair)
    table = _make_table(records, _keep_unambiguous(pairs))
    return Result(
        verb="match_organizations",
        title="Organizations that stand twice",
        table=table,
        sentences=(_say(table),),
        method=_method(),
    )


def find_possible_duplicates(net: Network) -> pd.DataFrame:
    """List pairs of organizations of a network that may be one, entered twice.

    Pairs that the network's judgements table settles are left out.

    Returns
    -------
    DataFrame
        ``a``, ``b`` (ids), ``a_name``, ``b_name``, ``evidence`` (words), the likeliest first.
    """
    table = match_organizations(net, judgements=net.table("judgements")).table
    return table[["a", "b", "a_name", "b_name"]].assign(evidence=table["why"])


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two rows, what follows for them, and why."""

    i: int
    j: int
    decision: str
    likeness: float
    why: str


def _read_judgements(judgements: pd.DataFrame | None) -> Judgements:
    """What a person decided, by pair of ids; the last word on a pair counts."""
    if judgements is None:
        return {}
    rows = zip(judgements["a"], judgements["b"], judgements["judgement"], strict=True)
    return {frozenset((a, b)): word.strip().casefold() for a, b, word in rows if word.strip()}


def _list_judged_same(records: Records, judged: Judgements) -> list[_Pair]:
    position = {row["id"]: k for k, row in enumerate(records.rows)}
    pairs = []
    for ids, judgement in judged.items():
        known = sorted(position[id_] for id_ in ids if id_ in position)
        if judgement == "same" and len(known) == 2:
            pairs.append(_Pair(known[0], known[1], "same", 1.0, "judged to be the same"))
    return pairs


def _ids(records: Records, i: int, j: int) -> frozenset[str]:
    return frozenset((records.rows[i]["id"], records.rows[j]["id"]))


def _judge(records: Records, i: int, j: int, likeness: float) -> _Pair | None:
    """Decide about two rows that look alike; ``None``: two organizations."""
    for column in DECIDING:
        if records.agree(column, i, j):
            number = f"{column.upper()} {records.rows[i][column]}"
            return _Pair(i, j, "same", likeness, f"the same {number}")
    if any(records.differ(column, i, j) for column in DECIDING):
        return None
    if tells_sites_apart(records.names[i], records.names[j]):
        return None
    across = records.across(i, j)
    if across and _is_beyond_doubt(records, i, j):
        why = f"the same name at ZIP {records.rows[i]['zip']} in two files"
        return _Pair(i, j, "same", likeness, why)
    if not _go_together(records, i, j, MAYBE_TOGETHER):
        return None
    why = _find_doubt(records, i, j, likeness)
    return _Pair(i, j, "review", likeness, why) if why else None


def _is_beyond_doubt(records: Records, i: int, j: int) -> bool:
    same = records.names[i] == records.names[j] and records.agree("zip", i, j)
    return same and _go_together(records, i, j, TOGETHER)


def _go_together(records: Records, i: int, j: int, together: tuple[frozenset[str], ...]) -> bool:
    """Whether two files may give these kinds to one place; "other" goes with everything."""
    kinds = {records.rows[i]["kind"], records.rows[j]["kind"]}
    return (
        len(kinds) == 1 or bool(kinds & {"other", ""}) or any(kinds <= group for group in together)
    )


def _find_doubt(records: Records, i: int, j: int, likeness: float) -> str:
    """Say why a person should look at two rows; "" if there is no reason to."""
    across = records.across(i, j)
    far = records.differ("zip", i, j) and records.differ("town", i, j)
    if far or records.differ("county", i, j):
        return ""
    near = records.agree("zip", i, j) or records.agree("town", i, j)
    enough = ALIKE if near else ALIKE_ELSEWHERE
    where = _say_where(records, i, j)
    if likeness >= enough:
        same = records.names[i] == records.names[j]
        how = "the same name" if same else "names nearly the same"
        return f"{how}, {where}"
    if across and near and records.cores[i] and records.cores[i] == records.cores[j]:
        return f'both names say "{records.cores[i]}", {where}'
    if across and records.alone[i] and records.alone[i] == records.alone[j]:
        return f"each is the only hospital of its file at ZIP {records.alone[i]}"
    return ""


def _say_where(records: Records, i: int, j: int) -> str:
    row = records.rows[i]
    if records.agree("zip", i, j):
        return f"both at ZIP {row['zip']}"
    if records.agree("town", i, j):
        return f"both in {row['city']}"
    if records.agree("county", i, j):
        return f"both in {row['county']}"
    return "the place of one or both is not known"


def _keep_unambiguous(pairs: list[_Pair]) -> list[_Pair]:
    """Where more than one row fits by name, nobody but a person can tell which: review."""
    by_name = [pair for pair in pairs if pair.decision == "same" and "two files" in pair.why]
    counts = Counter(k for pair in by_name for k in (pair.i, pair.j))
    several = {id(pair) for pair in by_name if max(counts[pair.i], counts[pair.j]) > 1}
    tail = "; more than one row fits"
    return [
        replace(pair, decision="review", why=pair.why + tail) if id(pair) in several else pair
        for pair in pairs
    ]


def _make_table(records: Records, pairs: list[_Pair]) -> pd.DataFrame:
    """One row a pair, decided ones first, then the likeliest; evidence side by side."""
    order = sorted(pairs, key=lambda p: (p.decision != "same", -round(p.likeness, 9), p.i, p.j))
    table = pd.DataFrame(
        {
            "a": [records.rows[pair.i]["id"] for pair in order],
            "b": [records.rows[pair.j]["id"] for pair in order],
            "decision": [pair.decision for pair in order],
            "likeness": [round(pair.likeness, 3) for pair in order],
            "why": [pair.why for pair in order],
        }
    )
    for column in SIDE_BY_SIDE:
        table[f"a_{column}"] = [records.rows[pair.i][column] for pair in order]
        table[f"b_{column}"] = [records.rows[pair.j][column] for pair in order]
    return table.astype({name: "float64" if name == "likeness" else "str" for name in table})


def _say(table: pd.DataFrame) -> str:
    same = int((table["decision"] == "same").sum())
    review = len(table) - same
    if table.empty:
        return "No organization seems to stand twice."
    return (
        f"{count_noun(same, 'pair is', 'pairs are')} the same organization beyond doubt; "
        f"{count_noun(review, 'pair looks', 'pairs look')} alike and "
        f"{'needs' if review == 1 else 'need'} a person to judge."
    )


def _method() -> Method:
    return Method(
        name="Identifiers decide, names propose, a person judges.",
        formula=(
            "Same: equal CCN or NPI; or, in two files, equal normalized name and ZIP code, kinds "
            "that go together, and no second candidate. Never same: different CCN or NPI, or "
            "different sides or numbers in the names. Review: normalized names alike by at least "
            f"{ALIKE} in one ZIP code or town, or {ALIKE_ELSEWHERE} in one county; across files "
            "also one distinguishing part of the name, or each the only hospital of its ZIP code."
        ),
        settings={"likeness": "rapidfuzz token_sort_ratio of normalized names"},
        notes=("Names are normalized: Saint and St., Med Ctr, legal forms, d/b/a, punctuation.",),
    )
