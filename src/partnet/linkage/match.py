"""Who is who: identifiers decide, names propose, a person judges.

Two rows are the *same* organization where their CCN or NPI agree, or where two files give names
that say the same and all that is known of the place makes it all but certain (a probability, see
:mod:`partnet.linkage.comparison`), with no third row that fits as well. Different CCNs are
different organizations, whatever the names; but a hospital that became a Rural Emergency Hospital
got a new one. Everything that only looks alike is listed for *review*, with the evidence side
by side, and stays apart until a person judges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..core.arguments import checked
from ..core.arrays import BoolArray, IntArray, ObjectArray, label_components
from ..core.deprecation import renamed
from ..core.errors import UsageError
from ..core.memory import fact
from ..core.network import Network
from ..core.results.result import Method, Result
from ..core.wording.text import count_noun
from .blocking import (
    DECIDING,
    HOSPITALS,
    PROPOSED,
    SHARED,
    Pairs,
    Records,
    find_candidates,
    make_records,
)
from .comparison import (
    MAYBE_TOGETHER,
    NEARLY,
    TOGETHER,
    describe_agreement,
    estimate_probability,
    go_together,
    load_model,
)

AUTOMATIC = 0.99  # two files: above this probability, one organization
REVIEW = 0.10  # below this, two; between the two, a person judges
ALIKE = 0.90  # likeness of names in one ZIP code that a person should look at
ALIKE_ELSEWHERE = 0.93  # in one county, with another ZIP code or none
NUMBERS = {
    "ccn": "CCN",
    "npi": "NPI",
    "ein": "EIN",
    "uei": "UEI",
    "hrsa_grant": "HRSA grant number",
}
SIDE_BY_SIDE = ("name", "kind", "address", "city", "zip", "county", "origin")

AGREED = ("zip", "town", "county", "street", "alone")

Judgments = Mapping[frozenset[str], str]


@renamed(judgements="judgments")
@checked
def match_organizations(
    organizations: Network | pd.DataFrame,
    *others: Network | pd.DataFrame,
    judgments: pd.DataFrame | None = None,
) -> Result:
    """Find duplicates of organizations: in two files, or in one network.

    Parameters
    ----------
    organizations, *others : Network or DataFrame
        Networks, or organizations tables with ``id``, ``name`` and any of ``kind``, ``zip``,
        ``county_fips``, ``city``, ``ccn``, ``npi``, ``origin`` ("file, row 5"). Within one file
        names alone decide nothing.
    judgments : DataFrame, optional
        ``a``, ``b`` (ids) and ``judgment`` (same, not the same): what a person decided is obeyed.

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
    [['c1', 'f1', 'same', 'the same name, both at ZIP 68410, in two files']]
    """
    records = make_records(
        source.rows("organizations") if isinstance(source, Network) else source
        for source in (organizations, *others)
    )
    judged = _read_judgments(judgments)
    candidates = find_candidates(records)
    candidates = candidates.keep(_is_open(records, candidates, judged))
    pairs = [*_list_judged_same(records, judged), *judge_pairs(records, candidates)]
    table = _make_table(records, _keep_unambiguous(records, pairs))
    return Result(
        verb="match_organizations",
        title="Organizations that are duplicates",
        table=table,
        sentences=(_say(table),),
        method=_method(),
    )


@fact
def find_possible_duplicates(net: Network) -> pd.DataFrame:
    """List pairs of organizations of a network that may be one, entered twice.

    Pairs that the network's judgments table settles are left out, and an organization and its
    parent: who wrote the affiliation knows both.

    Returns
    -------
    DataFrame
        ``a``, ``b`` (ids), ``a_name``, ``b_name``, ``evidence`` (words), the likeliest first.
    """
    table = match_organizations(net, judgments=net.rows("judgments")).table
    table = table[~are_affiliated(net, table)].reset_index(drop=True)
    return table[["a", "b", "a_name", "b_name"]].assign(evidence=table["why"])


def are_affiliated(net: Network, pairs: pd.DataFrame) -> BoolArray:
    """Tell of which pairs (`a`, `b`) an affiliation says that one is a part of the other."""
    rows = net.rows("affiliations")
    known = set(zip(rows["organization"], net.resolve(rows["parent"]), strict=True))
    both = list(zip(pairs["a"], pairs["b"], strict=True))
    return np.array([{(a, b), (b, a)} & known != set() for a, b in both], dtype=bool)


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two rows, what follows for them, and why."""

    i: int
    j: int
    decision: str
    likeness: float
    probability: float
    why: str
    by_name: bool = False


def _read_judgments(judgments: pd.DataFrame | None) -> Judgments:
    """What a person decided, by pair of ids; the last word on a pair counts."""
    if judgments is None:
        return {}
    if missing := [name for name in ("a", "b", "judgment") if name not in judgments]:
        raise UsageError(
            f"judgments: found no column {missing[0]}. Needed are a, b (ids) and judgment. Add it."
        )
    rows = zip(judgments["a"], judgments["b"], judgments["judgment"], strict=True)
    return {frozenset((a, b)): word.strip().casefold() for a, b, word in rows if word.strip()}


def _list_judged_same(records: Records, judged: Judgments) -> list[JudgedPair]:
    position = {id_: k for k, id_ in enumerate(records.texts("id"))}
    pairs = []
    for ids, judgment in judged.items():
        known = sorted(position[id_] for id_ in ids if id_ in position)
        if judgment == "same" and len(known) == 2:
            pairs.append(JudgedPair(known[0], known[1], "same", 1.0, 1.0, "judged to be the same"))
    return pairs


def _is_open(records: Records, pairs: Pairs, judged: Judgments) -> BoolArray:
    """Which pairs no person has judged."""
    ids = records.texts("id")
    known = {id_ for both in judged for id_ in both}
    marked = np.isin(ids, sorted(known))
    open_ = ~(marked[pairs.i] & marked[pairs.j])
    for k in np.flatnonzero(~open_):
        open_[k] = frozenset((ids[pairs.i[k]], ids[pairs.j[k]])) not in judged
    return open_


def may_be_one(records: Records, pairs: Pairs) -> BoolArray:
    """Tell which pairs nothing forbids to be one organization.

    Forbidden: different CCN or NPI, unless one became a Rural Emergency Hospital; different
    identifiers of any kind within one file; different sides or numbers in the names; kinds that do
    not go together; another ZIP code and town, or another county.
    """
    i, j = pairs.i, pairs.j
    forbidden = np.zeros(len(i), dtype=bool)
    for column in (*DECIDING, *SHARED):
        deciding = ~records.across(i, j) | (column in DECIDING)
        forbidden |= records.differ(column, i, j) & deciding & ~_became_emergency(records, i, j)
    forbidden |= records.marks[i] != records.marks[j]
    forbidden |= ~go_together(records, i, j, MAYBE_TOGETHER)
    forbidden |= records.differ("county_fips", i, j)
    forbidden |= records.differ("zip", i, j) & records.differ("town", i, j)
    return ~forbidden


def _became_emergency(records: Records, i: IntArray, j: IntArray) -> BoolArray:
    """One row is a Rural Emergency Hospital, the other what it may have been before.

    CMS gives a converted hospital a new CCN.
    """
    emergency = records.texts("kind") == "rural_emergency_hospital"
    hospital = np.isin(records.texts("kind"), sorted(HOSPITALS))
    return np.asarray((emergency[i] != emergency[j]) & hospital[i] & hospital[j], dtype=bool)


def judge_pairs(records: Records, pairs: Pairs) -> Iterator[JudgedPair]:
    """Decide about pairs that look alike; pairs that are two organizations are left out."""
    numbers = _find_numbers(records, pairs)
    pairs = pairs.keep((numbers != "") | may_be_one(records, pairs))
    numbers = _find_numbers(records, pairs)
    probability = estimate_probability(describe_agreement(records, pairs))
    across = records.across(pairs.i, pairs.j)
    automatic = across & _is_beyond_names(records, pairs) & (probability >= AUTOMATIC)
    doubtful = np.where(across, probability >= REVIEW, _stand_twice(records, pairs))
    texts = {name: records.texts(name) for name in ("names", "cores", "city", *AGREED)}
    for k in np.flatnonzero((numbers != "") | automatic | doubtful):
        i, j, likeness = int(pairs.i[k]), int(pairs.j[k]), float(pairs.likeness[k])
        if numbers[k]:
            yield JudgedPair(i, j, "same", likeness, 1.0, f"the same {numbers[k]}")
            continue
        why = _say_why(texts, i, j, likeness)
        if automatic[k]:
            yield JudgedPair(
                i, j, "same", likeness, float(probability[k]), f"{why}, in two files", True
            )
        else:
            yield JudgedPair(i, j, "review", likeness, float(probability[k]), why)


def _stand_twice(records: Records, pairs: Pairs) -> BoolArray:
    """Whether two rows of one file have names so alike that a person should look."""
    near = records.agree("zip", pairs.i, pairs.j) | records.agree("town", pairs.i, pairs.j)
    return pairs.likeness >= np.where(near, ALIKE, ALIKE_ELSEWHERE)


def _find_numbers(records: Records, pairs: Pairs) -> ObjectArray:
    """The number that decides that a pair is one organization; "" if there is none.

    CCN and NPI decide alone; EIN, UEI and grant numbers, which all sites of a legal entity share,
    only together with the same name.
    """
    i, j = pairs.i, pairs.j
    same_name = records.agree("names", i, j) & may_be_one(records, pairs)
    found = np.full(len(i), "", dtype=object)
    for column in reversed((*DECIDING, *SHARED)):
        agree = records.agree(column, i, j)
        if column in SHARED:
            agree &= same_name & ~records.differ("zip", i, j)
        label = NUMBERS[column]
        texts = records.texts(column)
        found[agree] = [f"{label} {texts[k]}" for k in i[agree]]
    return found


def _is_beyond_names(records: Records, pairs: Pairs) -> BoolArray:
    """Names that say the same in one ZIP code or town, of kinds that two files mix up.

    Without all of these no probability makes two rows one.
    """
    i, j = pairs.i, pairs.j
    same_core = records.agree("cores", i, j)
    named = (pairs.likeness >= NEARLY) | (same_core & (pairs.likeness >= PROPOSED))
    placed = records.agree("zip", i, j) | (records.agree("town", i, j) & same_core)
    return named & placed & go_together(records, i, j, TOGETHER)


def _say_why(texts: Mapping[str, ObjectArray], i: int, j: int, likeness: float) -> str:
    """Say what two rows agree on."""
    a, b = ({name: column[k] for name, column in texts.items()} for k in (i, j))
    agree = {name for name in AGREED if a[name] and a[name] == b[name]}
    place = "the place of one or both is not known"
    if "zip" in agree:
        place = f"both at ZIP {a['zip']}"
    elif "town" in agree:
        place = f"both in {a['city']}"
    elif "county" in agree:
        place = f"both in {a['county']}"
    street = ", at one street address" if "street" in agree else ""
    return f"{_say_name(a, b, likeness, 'alone' in agree)}, {place}{street}"


def _say_name(a: Mapping[str, str], b: Mapping[str, str], likeness: float, alone: bool) -> str:
    if a["names"] == b["names"]:
        return "the same name"
    if likeness >= ALIKE:
        return "names nearly the same"
    if a["cores"] and a["cores"] == b["cores"]:
        return f'both names say "{a["cores"]}"'
    return "each is the only hospital of its file" if alone else "names alike"


def _keep_unambiguous(records: Records, pairs: list[JudgedPair]) -> list[JudgedPair]:
    """Where more than one row of a file fits by name, nobody but a person can tell which: review.

    Rows are taken together as far as pairs that are the same reach: the same place in three files
    is one organization, but two rows of one file are never joined by a name, not even by way of a
    third row.
    """
    groups = group_rows(records, pairs)
    rows = np.unique([k for pair in pairs if pair.decision == "same" for k in (pair.i, pair.j)])
    seats = Counter((groups[k], records.source[k]) for k in rows)
    crowded = {group for (group, _), count in seats.items() if count > 1}
    tail = "; more than one row fits"
    return [
        replace(pair, decision="review", why=pair.why + tail)
        if pair.by_name and groups[pair.i] in crowded
        else pair
        for pair in pairs
    ]


def group_rows(records: Records, pairs: list[JudgedPair]) -> IntArray:
    """Number the groups of rows that pairs of the decision same hold together."""
    ends = np.array([(p.i, p.j) for p in pairs if p.decision == "same"], dtype=int).reshape(-1, 2)
    if not len(ends):
        return np.arange(len(records))
    from scipy import sparse  # only here: most files that are checked have no twins

    shape = (len(records), len(records))
    linked = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=shape)
    _, groups = label_components(linked)
    return np.asarray(groups)


def _make_table(records: Records, pairs: list[JudgedPair]) -> pd.DataFrame:
    """One row a pair, decided ones first, then the likeliest; evidence side by side."""
    order = sorted(pairs, key=lambda p: (p.decision != "same", -round(p.probability, 9), p.i, p.j))
    ids = records.texts("id")
    table = pd.DataFrame(
        {
            "a": [ids[pair.i] for pair in order],
            "b": [ids[pair.j] for pair in order],
            "decision": [pair.decision for pair in order],
            "likeness": [round(pair.likeness, 3) for pair in order],
            "probability": [round(pair.probability, 3) for pair in order],
            "why": [pair.why for pair in order],
        }
    )
    first, second = ([getattr(pair, side) for pair in order] for side in ("i", "j"))
    for column in SIDE_BY_SIDE:
        table[f"a_{column}"] = records.texts(column)[first]
        table[f"b_{column}"] = records.texts(column)[second]
    numbers = ("likeness", "probability")
    return table.astype({name: "float64" if name in numbers else "str" for name in table})


def _say(table: pd.DataFrame) -> str:
    same = int((table["decision"] == "same").sum())
    review = len(table) - same
    if table.empty:
        return "No organization seems to have a duplicate."
    return (
        f"{count_noun(same, 'pair is', 'pairs are')} the same organization beyond doubt; "
        f"{count_noun(review, 'pair looks', 'pairs look')} alike and "
        f"{'needs' if review == 1 else 'need'} a person to judge."
    )


def _method() -> Method:
    model = load_model()
    return Method(
        name="Identifiers decide, names propose, a person judges.",
        formula=(
            "Same: equal CCN or NPI; equal EIN, UEI or grant number and name; or, in two files, "
            f"names that say the same and a probability of at least {AUTOMATIC}, with no second "
            "candidate. Never same: different CCN or NPI (unless a hospital became a Rural "
            "Emergency Hospital), different sides or numbers in the names, different places. "
            f"Review: a probability of at least {REVIEW}; within one file, names alike by at least "
            f"{ALIKE} in one ZIP code or town, or {ALIKE_ELSEWHERE} in one county. Probability = "
            "1 / (1 + exp(-(intercept + sum of weights))) over what agrees, differs or is not "
            "known of name, ZIP code, town, county, street and kind."
        ),
        settings={
            "likeness": "rapidfuzz token_sort_ratio of normalized names",
            "weights": f"fitted on {model['fitted_on']}",
        },
        sources=("Fellegi & Sunter (1969), doi:10.1080/01621459.1969.10501049",),
        notes=("Names are normalized: Saint and St., Med Ctr, legal forms, d/b/a, punctuation.",),
    )
