"""Who is who in a nation: blocks on the engine, the fitted score in batches, one rule for both.

The engine finds the pairs worth a look: rows with an equal identifier, and rows of one ZIP code,
county or town whose names have a word that begins or ends alike. Each batch of pairs is judged by
the rules and the fitted probability of :func:`partnet.match_organizations`; pairs never come into
memory all at once. What is the same is the same on every engine, because the same function judges.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from ..core.arrays import BoolArray, IntArray, label_components
from ..core.errors import UsageError
from ..core.results.result import Method, Result
from ..core.wording.text import count_noun, join_words
from ..linkage.blocking import DECIDING, HOSPITALS, PROPOSED, SHARED, Pairs, Records
from ..linkage.match import judge_pairs
from ..linkage.similarity import compare_names, core_of, normalize_name, normalize_street
from ..places.gazetteer import county_name
from ..places.location import place_organizations
from ..public.previous import JUDGMENTS
from .loading import read_ledger
from .nation import BETWEEN_FILES, CELLS, Nation

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

LETTERS = 4  # of a word's beginning and end, by which names are brought together
MOST_IN_BLOCK = 300  # rows with one key; what more rows share tells nothing
MOST_NAMESAKES = 2000  # rows of one place with the same distinguishing words
COMPARED = (
    *("id", "name", "kind", "state", "zip", "county_fips", "city", "address"),
    *(*DECIDING, *SHARED),
    *("town", "street", "names", "cores"),
)
JUDGED = ("a", "b", "judgment")
NO_KEY = "-"
OTHERS = "o"  # marks names of rows whose place is known


def link_organizations(nation: Nation, judgments: pd.DataFrame | None = None) -> Result:
    """Find out which ids of all files are one organization; see :meth:`Store.link`."""
    judgments = _check_judgments(judgments)
    with nation.shelf.alone():
        return _link(nation, judgments)


def _link(nation: Nation, judgments: pd.DataFrame | None) -> Result:
    shelf = nation.shelf
    shelf.map_batches("linked_records", _with_cells(nation), prepare_batch, record_schema())
    records = shelf.table("linked_records")
    pairs = shelf.save("work_pairs", find_pairs(nation, records))
    looked_at = int(pairs.count().to_pyarrow().as_py())
    lonely = _find_alone(records).select("id", alone="key")
    known = records.left_join(lonely, "id")
    compared = known.select(*COMPARED, "position", alone=known.alone.notnull())
    joined = _with_sides(pairs, shelf.save("work_compared", compared))
    shelf.map_batches("linked_pairs", joined, judge_batch, pair_schema())
    found = shelf.table("linked_pairs").order_by(["a", "b"]).to_pandas()
    decided = settle_pairs(_obey(found, judgments))
    links = _make_links(decided[decided["decision"] == "same"])
    shelf.save("links", links)
    places = records.filter(records.county_fips != "").select("id", placed_in="county_fips")
    shelf.save("linked_places", places)
    shelf.save("linked_files", _list_files(nation, links))
    nation.forget()
    return _make_result(decided, looked_at)


def _check_judgments(judgments: pd.DataFrame | None) -> pd.DataFrame | None:
    """Refuse judgments without their columns, or in other words; blank ones are none."""
    if judgments is None:
        return None
    lacking = [name for name in JUDGED if name not in judgments]
    if lacking:
        raise UsageError(
            f"judgments: found no column {lacking[0]}. A judgment has the columns "
            f"{join_words(JUDGED)}. Start from the pairs of store.link()."
        )
    table = judgments[list(JUDGED)].fillna("").astype("str")
    table["judgment"] = table["judgment"].str.strip().str.casefold()
    table = table[table["judgment"] != ""]
    others = table.loc[~table["judgment"].isin(JUDGMENTS), "judgment"]
    if len(others):
        raise UsageError(
            f"judgments: found {others.iloc[0]!r}. Allowed are {join_words(JUDGMENTS, final='or')}."
            " Correct it, or leave it blank."
        )
    return table


def _with_cells(nation: Nation) -> ir.Table:
    """Every id with the cells that the first file gives of it: what is compared."""
    rows = nation.placed_rows("organizations")
    sources = nation.sources()  # says so where the store is empty
    assert rows is not None
    first = sources.select("id", first=sources.position // BETWEEN_FILES)
    own = rows.join(first, "id")
    own = own.filter(own.position // BETWEEN_FILES == own["first"])
    cells = {
        name: own[name].argmin(own.position, where=own[name] != "").fill_null("") for name in CELLS
    }
    return own.group_by("id").aggregate(position=own.position.min(), **cells)


# -- records -------------------------------------------------------------------------------------


def record_schema() -> pa.Schema:
    """Columns of the records that are compared."""
    import pyarrow as pa

    texts = [(name, pa.string()) for name in COMPARED]
    return pa.schema([*texts, ("position", pa.int64()), ("keys", pa.list_(pa.string()))])


def prepare_batch(batch: pa.Table) -> pa.Table:
    """Place a batch of organizations, normalize what is compared, and give the keys of each."""
    import pyarrow as pa

    told = batch.to_pandas()
    texts = {name: told[name].fillna("").astype("str") for name in ("id", *CELLS)}
    placed = place_organizations(pd.DataFrame(texts))
    placed["town"] = [" ".join(city.casefold().split()) for city in placed["city"]]
    placed["street"] = [normalize_street(address) for address in placed["address"]]
    placed["names"] = [normalize_name(name) for name in placed["name"]]
    placed["cores"] = [core_of(name) for name in placed["names"]]
    keys = [list_keys(row) for row in placed[list(COMPARED)].to_dict("records")]
    columns: dict[str, Any] = {
        name: pa.array(placed[name].tolist(), pa.string()) for name in COMPARED
    }
    columns["position"] = pa.array(told["position"].astype("int64"), pa.int64())
    columns["keys"] = pa.array(keys, pa.list_(pa.string()))
    return pa.table(columns, schema=record_schema())


def list_keys(row: dict[str, str]) -> list[str]:
    """Give the keys of a record: two records with a key in common are looked at.

    Examples
    --------
    >>> row = dict.fromkeys(COMPARED, "") | {"zip": "68739", "names": "cozad hospital"}
    >>> list_keys(row | {"cores": "cozad"})
    ['z|68739|coza', 'z|68739|ozad', 'Z|68739|cozad', 'o|cozad hospital']
    """
    words = row["cores"].split()
    parts = list(dict.fromkeys(p for w in words for p in (w[:LETTERS], w[-LETTERS:]))) or ["#"]
    places = {"z": row["zip"], "c": row["county_fips"]}
    known = {mark: place for mark, place in places.items() if place}
    if not known:
        known = {"t": f"{row['state']}|{row['town']}" if row["town"] else NO_KEY}
    keys = [f"{mark}|{place}|{part}" for mark, place in known.items() for part in parts]
    if row["town"] and "t" not in known:
        keys += [f"t|{row['state']}|{row['town']}|{part}" for part in parts]
    if row["cores"]:
        keys += [f"{m.upper()}|{place}|{row['cores']}" for m, place in known.items() if m != "t"]
    keys += [f"{name}|{row[name]}" for name in DECIDING if row[name]]
    keys += [f"{name}|{row[name]}|{row['names']}" for name in SHARED if row[name]]
    lost = not (places["z"] or places["c"])
    return [*keys, f"{'n' if lost else OTHERS}|{row['names']}"]


# -- pairs ---------------------------------------------------------------------------------------


def find_pairs(nation: Nation, records: ir.Table) -> ir.Table:
    """Pairs of records with a key in common, each once, the more trusted one first."""
    import ibis

    shelf = nation.shelf
    named = records.mutate(key=records["keys"].unnest()).select("id", "position", "key")
    alone = _find_alone(records)
    keys = shelf.save("work_keys", _find_namesakes(named).union(alone))
    sizes = keys.group_by("key").aggregate(n=keys.count())
    namesakes = sizes.key.substr(0, 2).isin(["Z|", "C|"])
    most = ibis.ifelse(namesakes, MOST_NAMESAKES, MOST_IN_BLOCK)
    useful = sizes.filter((sizes.n > 1) & (sizes.n <= most)).select("key")
    kept = shelf.save("work_blocks", keys.semi_join(useful, "key"))
    other = kept.view().select(b="id", behind="position", key="key")
    met = kept.select(a="id", position="position", key="key").join(other, "key")
    return met.filter(met.position < met.behind).select("a", "b").distinct()


def _find_namesakes(keys: ir.Table) -> ir.Table:
    """Bring rows of a known place together with namesakes of no known place, and with no others."""
    import ibis

    others = keys.key.startswith(f"{OTHERS}|")
    lost = keys.filter(keys.key.startswith("n|")).select("key").distinct()
    named = keys.filter(others)
    renamed = named.select("id", "position", key=ibis.literal("n").concat(named.key.substr(1)))
    return keys.filter(~others).union(renamed.semi_join(lost, "key"))


def _find_alone(records: ir.Table) -> ir.Table:
    """Hospitals that are the only one of their file in a ZIP code, by that code."""
    import ibis

    hospitals = records.filter(records.kind.isin(sorted(HOSPITALS)) & (records.zip != ""))
    hospitals = hospitals.mutate(file=hospitals.position // BETWEEN_FILES)
    counted = hospitals.mutate(n=ibis._.count().over(group_by=["file", "zip"]))
    alone = counted.filter(counted.n == 1)
    return alone.select("id", "position", key=ibis.literal("alone|").concat(alone.zip))


def _with_sides(pairs: ir.Table, records: ir.Table) -> ir.Table:
    """Pairs with what is compared of both records."""
    sides = []
    for side in ("a", "b"):
        names = (*COMPARED, "position", "alone")
        sides.append(records.view().select(**{f"{side}_{name}": name for name in names}))
    first = pairs.join(sides[0], [("a", "a_id")])
    return first.join(sides[1], [("b", "b_id")])


def pair_schema() -> pa.Schema:
    """Columns of the pairs that were judged."""
    import pyarrow as pa

    texts = [(name, pa.string()) for name in ("a", "b", "decision", "why")]
    numbers = [(name, pa.int64()) for name in ("likeness", "probability", "file_a", "file_b")]
    order = [(name, pa.int64()) for name in ("position_a", "position_b")]
    return pa.schema([*texts, *numbers, *order, ("by_name", pa.bool_())])


def judge_batch(batch: pa.Table) -> pa.Table:
    """Judge a batch of pairs; those that are two organizations are left out.

    Likeness and probability are kept in millionths.
    """
    import pyarrow as pa

    told = batch.to_pandas()
    names = [f"{side}_names" for side in ("a", "b")]
    likeness = compare_names(*(told[name].tolist() for name in names))
    worth = (likeness >= PROPOSED) | _agree_otherwise(told)
    told, likeness = told[worth].reset_index(drop=True), likeness[worth]
    records = _make_records(told)
    m = len(told)
    pairs = Pairs(np.arange(m), np.arange(m, 2 * m), likeness)
    judged = list(judge_pairs(records, pairs))
    at = np.array([pair.i for pair in judged], dtype=np.int64)
    columns: dict[str, Any] = {name: told[name].to_numpy()[at] for name in ("a", "b")}
    columns["decision"] = [pair.decision for pair in judged]
    columns["why"] = [pair.why for pair in judged]
    columns["likeness"] = [round(pair.likeness * 1e6) for pair in judged]
    columns["probability"] = [round(pair.probability * 1e6) for pair in judged]
    for side in ("a", "b"):
        position = told[f"{side}_position"].to_numpy(dtype=np.int64)[at]
        columns[f"file_{side}"] = position // BETWEEN_FILES
        columns[f"position_{side}"] = position
    columns["by_name"] = [pair.by_name for pair in judged]
    arrays = [pa.array(columns[field.name], field.type) for field in pair_schema()]
    return pa.Table.from_arrays(arrays, schema=pair_schema())


def _agree_otherwise(told: pd.DataFrame) -> BoolArray:
    """Pairs that are worth a look whatever their names say."""

    def same(column: str) -> BoolArray:
        a, b = told[f"a_{column}"].to_numpy(), told[f"b_{column}"].to_numpy()
        return np.asarray((a == b) & (a != ""), dtype=bool)

    found = same("cores") & (same("zip") | same("county_fips"))
    found |= same("zip") & _both_alone(told)
    for column in DECIDING:
        found |= same(column)
    for column in SHARED:
        found |= same(column) & same("names")
    return found


def _both_alone(told: pd.DataFrame) -> BoolArray:
    sides = [told[f"{side}_alone"].to_numpy(dtype=bool) for side in ("a", "b")]
    return np.asarray(sides[0] & sides[1], dtype=bool)


def _make_records(told: pd.DataFrame) -> Records:
    """The two sides of pairs as records, all first ones and then all second ones."""
    sides = [
        told[[f"{side}_{name}" for name in COMPARED]].set_axis(list(COMPARED), axis=1)
        for side in ("a", "b")
    ]
    frame = pd.concat(sides, ignore_index=True)
    alone = np.concatenate([told[f"{side}_alone"].to_numpy(dtype=bool) for side in ("a", "b")])
    frame["alone"] = frame["zip"].where(alone, "")
    frame["county"] = [county_name(code) for code in frame["county_fips"]]
    frame["origin"] = ""
    codes = {name: pd.factorize(frame[name].where(frame[name] != "", None))[0] for name in frame}
    positions = [told[f"{side}_position"].to_numpy(dtype=np.int64) for side in ("a", "b")]
    files, source = np.unique(np.concatenate(positions) // BETWEEN_FILES, return_inverse=True)
    shares = np.eye(len(files), dtype=bool)
    return Records(frame, pd.DataFrame(codes), np.asarray(source, dtype=np.int64), shares)


# -- what is the same ----------------------------------------------------------------------------


def _obey(found: pd.DataFrame, judgments: pd.DataFrame | None) -> pd.DataFrame:
    """Put what a person decided in place of what was found."""
    if judgments is None or judgments.empty:
        return found
    judged = {frozenset((a, b)): word for a, b, word in judgments.itertuples(index=False)}
    open_ = [frozenset(pair) not in judged for pair in zip(found["a"], found["b"], strict=True)]
    same = [sorted(pair) for pair, word in judged.items() if word == "same" and len(pair) == 2]
    added = pd.DataFrame(same, columns=["a", "b"]).assign(
        decision="same", why="judged to be the same", likeness=1_000_000, probability=1_000_000,
        file_a=-1, file_b=-1, position_a=-1, position_b=-1, by_name=False,
    )  # fmt: skip
    return pd.concat([found[open_], added], ignore_index=True)


def settle_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Leave to a person what more than one row of a file fits by name; then as in one network."""
    same = pairs[pairs["decision"] == "same"]
    ids, ends = np.unique(same[["a", "b"]].to_numpy(dtype=object).ravel(), return_inverse=True)
    groups = _group(ends.reshape(-1, 2), len(ids))
    files = np.concatenate([same["file_a"], same["file_b"]])
    own = np.concatenate([ends.reshape(-1, 2)[:, 0], ends.reshape(-1, 2)[:, 1]])
    seats = pd.DataFrame({"group": groups[own], "file": files, "row": own}).drop_duplicates()
    seats = seats[seats["file"] >= 0]
    crowded = seats[seats.duplicated(["group", "file"], keep=False)]["group"].unique()
    group_of = dict(zip(ids, groups, strict=True))
    full = set(crowded.tolist())
    inside = np.array([group_of.get(id_, -1) in full for id_ in pairs["a"]], dtype=bool)
    doubtful = pairs["by_name"].astype(bool) & inside & (pairs["decision"] == "same")
    return pairs.assign(
        decision=pairs["decision"].mask(doubtful, "review"),
        why=pairs["why"].mask(doubtful, pairs["why"] + "; more than one row fits"),
    )


def _group(ends: IntArray, n: int) -> IntArray:
    linked = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    _, groups = label_components(linked)
    return np.asarray(groups)


def _make_links(same: pd.DataFrame) -> pa.Table:
    """The organization of every id that is linked: the most trusted row of its group."""
    import pyarrow as pa

    ids, ends = np.unique(same[["a", "b"]].to_numpy(dtype=object).ravel(), return_inverse=True)
    pairs = ends.reshape(-1, 2)
    groups = _group(pairs, len(ids))
    position = np.full(len(ids), np.iinfo(np.int64).max)
    for k, side in enumerate(("a", "b")):
        known = same[f"position_{side}"].to_numpy(dtype=np.int64)
        told = known >= 0
        position[pairs[told, k]] = known[told]
    order = np.lexsort((np.arange(len(ids)), position, groups))
    first = order[np.flatnonzero(np.diff(groups[order], prepend=-1))] if len(ids) else order
    chosen = dict(zip(groups[first], ids[first], strict=True))
    organizations = [chosen[group] for group in groups]
    return pa.table(
        {"source": pa.array(ids.tolist(), pa.string()),
         "organization": pa.array(organizations, pa.string())}
    )  # fmt: skip


def _list_files(nation: Nation, links: pa.Table) -> pa.Table:
    """The files that were linked, with a mark that changes where the links do."""
    import pyarrow as pa

    numbers = read_ledger(nation.shelf)["file_no"].astype("int64")
    mark = hashlib.sha256(json.dumps(links.to_pydict()).encode("utf-8")).hexdigest()
    marks = pa.array([mark] * len(numbers), pa.string())
    return pa.table({"file_no": pa.array(numbers, pa.int64()), "mark": marks})


def _make_result(decided: pd.DataFrame, looked_at: int) -> Result:
    columns = ["a", "b", "decision", "likeness", "probability", "why"]
    order = decided.assign(last=decided["decision"] != "same").sort_values(
        ["last", "probability", "a", "b"], ascending=[True, False, True, True], ignore_index=True
    )
    table = order[columns].assign(
        likeness=order["likeness"] / 1e6, probability=order["probability"] / 1e6
    )
    same = int((table["decision"] == "same").sum())
    review = len(table) - same
    return Result(
        verb="store.link",
        title="Organizations that are duplicates",
        table=table,
        sentences=(
            f"{looked_at:,} pairs were looked at: {count_noun(same, 'pair is', 'pairs are')} the "
            f"same organization beyond doubt, {review:,} look alike and need a person to judge.",
        ),
        method=Method(
            name="Blocks on the engine, judged as in match_organizations.",
            formula="Pairs with an equal identifier, or in one ZIP code, county or town with a "
            f"word of the name that begins or ends with the same {LETTERS} letters; keys of more "
            f"than {MOST_IN_BLOCK} rows are left out.",
            sources=("Fellegi & Sunter (1969), doi:10.1080/01621459.1969.10501049",),
        ),
    )
