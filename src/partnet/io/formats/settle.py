"""From what a foreign file says to what partnet's tables need: ids, kinds, relations, strengths."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from ...core.errors import InputError
from ...core.schema import TABLES
from ...core.vocabulary import Vocabulary, fold_word
from ...core.wording.text import count_noun, join_words
from ..cells import clean_cell
from ..headers.columns import are_kinds
from ..shapes.people.persons import PERSON
from ..shapes.ties.related import DEFAULT_RELATION, is_denial
from ..typed.identity import make_slug
from ..values.numbers import prove_mark, read_number
from ..values.strengths import find_missing_codes
from ..values.words import fold_cell, is_mark, list_words
from .model import MOST_ROWS, Foreign, Records

KEPT_WEIGHT = "weight of the file"
NO_ANSWER, SIGNS = "no answer", (-1.0, -2.0)
# What is written at a tie, in files that name no relation.
LABELS = ("label", "edge label", "name", "key of the file")
# What often says something else of a tie than its relation; then it is looked into.
BLANK_RELATIONS = list_words("blank") | {"na"}
VAGUE = frozenset({"type", "kind", "how", "connection", "category"})
TYPES = ("type of the file", "kind", "category of the file", "networkcanvastype")
MOST_RELATIONS = 100  # a column with more different words holds remarks, not relations
# Aliases that mean something else in files of network tools: places in a picture, numbers.
NOT_MEANT = {
    "organizations": frozenset({"x", "y", "key", "long"}),
    "ties": frozenset({"value", "type", "category", "key", "organization", "partner"}),
}


def settle_foreign(foreign: Foreign, vocabulary: Vocabulary) -> Vocabulary:
    """Complete the rows of a foreign file in place; gives the vocabulary with its own relations.

    Raises
    ------
    InputError
        It has no organization, or more rows than a network may have.
    """
    for name, records in foreign.tables().items():
        if len(records) > MOST_ROWS:
            raise InputError(
                f"{foreign.file}: found {len(records):,} rows of {name}. At most {MOST_ROWS:,} are "
                "read. Export a part of the network."
            )
        records.rows = [_clean(name, row) for row in records.rows]
    _make_organizations_of_ends(foreign)
    _settle_organizations(foreign, vocabulary)
    _settle_weights(foreign)
    return _settle_relations(foreign, vocabulary)


def _clean(table: str, row: dict[str, str]) -> dict[str, str]:
    """Clean cells; keep headers from being taken for columns that they do not mean."""
    cells: dict[str, str] = {}
    for header, text in row.items():
        cleaned = clean_cell(text)
        name = _clean_header(table, header)
        if name and cleaned:
            cells.setdefault(name, cleaned)
    return cells


@lru_cache(maxsize=10_000)
def _clean_header(table: str, header: str) -> str:
    name = " ".join(clean_cell(header).split())
    return f"{name} of the file" if name.casefold() in NOT_MEANT.get(table, ()) else name


def _make_organizations_of_ends(foreign: Foreign) -> None:
    """Where no organization is listed, those that ties name are all there are."""
    if len(foreign.organizations):
        return
    ends: dict[str, int] = {}
    for row, line in zip(foreign.ties.rows, foreign.ties.lines, strict=True):
        for end in (row.get("source", ""), row.get("target", "")):
            if end:
                ends.setdefault(end, line)
    for end, line in ends.items():
        foreign.organizations.add(line, {"id": end, "name": end})
    foreign.organizations.sheet = foreign.ties.sheet


def _settle_organizations(foreign: Foreign, vocabulary: Vocabulary) -> None:
    """Give every organization an id, a name and a kind; ties then name them by id."""
    records = foreign.organizations
    if not len(records) and not len(foreign.ties):
        raise InputError(
            f"{foreign.file}: found {foreign.label} without any organization. A network has at "
            "least one. Check that the export holds nodes."
        )
    _take_classes(records, vocabulary)
    for column in ("name", "kind"):
        _call_by_name(records, column, TABLES["organizations"].column(column).aliases)
    _take_sectors(records)
    _take_groups(records, vocabulary)
    by_name = _number_names(records)
    taken = {row["id"] for row in records.rows if row.get("id")}
    for row in records.rows:
        row.setdefault("name", row.get("id", ""))
        if not row.get("id"):
            row["id"] = _free_id(make_slug(row["name"]), taken)
        kind = row.get("kind", "other")  # no file of another tool has to say it
        row["kind"] = vocabulary.find_kind(kind) or kind
    _resolve_ends(foreign, by_name)


def _take_classes(records: Records, vocabulary: Vocabulary) -> None:
    """Take the kind from the labels of Neo4j: :Organization:Hospital, :Person."""
    said = [row.get("labels", "") for row in records.rows]
    if not any(said) or not all(text.startswith(":") for text in said if text):
        return
    for row in records.rows:
        parts = [part for part in row.get("labels", "").split(":") if part]
        known = [part for part in parts if fold_word(part) in PERSON or vocabulary.find_kind(part)]
        if known and "kind" not in row:
            row["kind"] = known[-1]


def _take_sectors(records: Records) -> None:
    """Take the kind from a column Sector that holds kinds (Hospital, Clinic)."""
    if any("kind" in row for row in records.rows):
        return
    names = dict.fromkeys(n for row in records.rows for n in row if n.casefold() == "sector")
    for name in names:
        if are_kinds(row[name] for row in records.rows if name in row):
            for row in records.rows:
                row.update({"kind": row.pop(name)} if name in row else {})


def _take_groups(records: Records, vocabulary: Vocabulary) -> None:
    """Take the kind from the group of a node (d3, visNetwork) where groups are called by kinds."""
    said = {text for row in records.rows if (text := row.get("group", ""))}
    known = {text for text in said if vocabulary.find_kind(text)}
    if known and known == said and not any("kind" in row for row in records.rows):
        for row in records.rows:
            row["kind"] = row.pop("group", "") or "other"


def _free_id(base: str, taken: set[str]) -> str:
    id_, k = base, 2
    while id_ in taken:
        id_, k = f"{base}-{k}", k + 1
    taken.add(id_)
    return id_


def _call_by_name(records: Records, column: str, words: Iterable[str]) -> None:
    """Give a column its own name where the file has it under an alias (label, type)."""
    aliases = set(map(fold_word, words))
    headers = dict.fromkeys(header for row in records.rows for header in row)
    if column in headers:
        return
    capital = (header for header in headers if fold_word(header) == column)
    known = (header for header in headers if fold_word(header) in aliases)
    alias = next(capital, next(known, None))
    for row in records.rows if alias is not None else ():
        if alias in row:
            row[column] = row.pop(alias)


def _number_names(records: Records) -> dict[str, int]:
    """The row of each name that only one row has and that is no id."""
    names = [row.get("name", "") for row in records.rows]
    counts = Counter(names)
    return {name: k for k, name in enumerate(names) if name and counts[name] == 1}


def _resolve_ends(foreign: Foreign, by_name: dict[str, int]) -> None:
    ids = {row["id"] for row in foreign.organizations.rows}
    rows = foreign.organizations.rows
    for tie in foreign.ties.rows:
        for end in ("source", "target"):
            text = tie.get(end, "")
            if text and text not in ids and text in by_name:
                tie[end] = rows[by_name[text]]["id"]


def _settle_weights(foreign: Foreign) -> None:
    """Turn weights into strengths; ties below zero are set aside, scales are said."""
    if not any("strength" in row for row in foreign.ties.rows):
        _call_by_name(foreign.ties, "weight", ("edge weight",))
    _tidy_weights(foreign.ties)
    _tell_missing(foreign)
    _set_negative_aside(foreign)
    ties = foreign.ties
    spans: dict[str, list[float]] = defaultdict(list)
    for row in ties.rows:
        number = _number(row.get("weight", ""))
        if number is not None:
            spans[_scale_of(row, foreign)].append(number)
    tops = {relation: max(numbers) for relation, numbers in spans.items()}
    scaled = sorted(relation for relation, top in tops.items() if top > 1)
    _fill_unsaid(foreign, spans, scaled)
    for row in ties.rows:
        _settle_weight(row, tops.get(_scale_of(row, foreign), 1.0))
    for relation in scaled:
        low, top = min(spans[relation]), tops[relation]
        of = f" of {relation}" if relation else ""
        foreign.note(
            f"weights{of} of {top:g}" if low == top else f"weights{of} from {low:g} to {top:g}",
            "A strength lies above 0 and at most at 1.",
            f'They were divided by the largest one; the column "{KEPT_WEIGHT}" keeps them. If '
            f"{top:g} is not the strongest possible, give strengths in a column strength.",
        )


def _tidy_weights(ties: Records) -> None:
    """Numbers as people type them (2,5 and 1,000) as plain ones; words stay."""
    texts = dict.fromkeys(row["weight"] for row in ties.rows if "weight" in row)
    if all(_number(text) is not None for text in texts):
        return
    mark, cell = prove_mark(texts)
    if mark is None and cell:
        return  # both marks are proven: nobody knows which numbers are meant
    numbers = {text: read_number(text, mark or "point") for text in texts}
    plain = {text: shorten_number(n) for text, n in numbers.items() if n is not None}
    for row in ties.rows:
        if "weight" in row:
            row["weight"] = plain.get(row["weight"], row["weight"])


def _fill_unsaid(foreign: Foreign, spans: dict[str, list[float]], scaled: Sequence[str]) -> None:
    """Give the weight that a program leaves out: beside 31 it is 1, not the strongest of all."""
    filled = 0
    for row in foreign.ties.rows if foreign.unsaid else ():
        scale = _scale_of(row, foreign)
        if scale in scaled and "weight" not in row and "strength" not in row:
            row["weight"] = foreign.unsaid
            spans[scale].append(float(foreign.unsaid))
            filled += 1
    if filled:
        foreign.note(
            f"{count_noun(filled, 'tie')} without a weight",
            f"Programs leave out a weight of {foreign.unsaid}.",
            f"{'It counts' if filled == 1 else 'They count'} as {foreign.unsaid}.",
        )


def _tell_missing(foreign: Foreign) -> None:
    """Numbers that code a missing answer are none, as in partnet's own tables: 99 on 1 to 5.

    -1 and -2 stay: in files of network tools they are the sign of a conflict.
    """
    numbers: dict[str, set[float]] = defaultdict(set)
    for row in foreign.ties.rows:
        number = _number(row.get("weight", ""))
        if number is not None and "strength" not in row:
            numbers[_scale_of(row, foreign)].add(number)
    codes = {relation: find_missing_codes(found) for relation, found in numbers.items()}
    for row in foreign.ties.rows if any(codes.values()) else ():
        number = _number(row.get("weight", ""))
        code = number in codes.get(_scale_of(row, foreign), ()) and number not in SIGNS
        if code and "strength" not in row:
            row[KEPT_WEIGHT] = row.pop("weight")
            row["strength"] = NO_ANSWER


def _scale_of(row: dict[str, str], foreign: Foreign) -> str:
    """The relation on whose scale a weight is; "" where all of a file have one."""
    return row.get("relation", "") if foreign.apart else ""


def _settle_weight(row: dict[str, str], top: float) -> None:
    text = row.pop("weight", "")
    if not text or "strength" in row:
        return
    number = _number(text)
    if number is None or top <= 1:
        row["strength"] = text
    else:
        row["strength"] = shorten_number(number / top)
        row[KEPT_WEIGHT] = text


def shorten_number(number: float) -> str:
    """Write a number as short as reads back the same.

    Examples
    --------
    >>> shorten_number(1.0), shorten_number(0.25)
    ('1', '0.25')
    """
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _set_negative_aside(foreign: Foreign) -> None:
    """A tie below zero (a conflict) is no partnership: it must not count as one."""
    ties, kept = foreign.ties, Records(sheet=foreign.ties.sheet)
    for row, line, key in zip(ties.rows, ties.lines, ties.keys, strict=True):
        number = _number(row.get("weight", ""))
        if number is None or number >= 0:
            kept.add(line, row, key)
            continue
        foreign.set_aside(
            "ties",
            f'"{row["weight"]}" between "{row.get("source", "")}" and "{row.get("target", "")}"',
            "A strength lies above 0; below it is a conflict, which is no partnership.",
            "The row is set aside. If its sign is a mistake, correct it.",
            row=line,
            sheet=ties.sheet,
        )
    foreign.ties = kept


def _settle_relations(foreign: Foreign, vocabulary: Vocabulary) -> Vocabulary:
    """Name every relation; words that partnet does not know become relations of their own."""
    _find_relations(foreign.ties, vocabulary)
    _drop_blank_relations(foreign.ties.rows)
    foreign.ties = _split_relations(foreign, vocabulary)
    rows = foreign.ties.rows
    _take_labels(rows, vocabulary)
    _take_denials(rows, vocabulary)
    _name_by_id(rows, vocabulary)
    blank = sum("relation" not in row for row in rows)
    words = {row["relation"] for row in rows if "relation" in row}
    unknown = sorted(word for word in words if vocabulary.find_relation(word) is None)
    if len(unknown) > MOST_RELATIONS:
        _take_for_remarks(rows, frozenset(unknown))
        unknown = []
    if blank:
        for row in rows:
            row.setdefault("relation", DEFAULT_RELATION)
        foreign.note(
            f"{count_noun(blank, 'tie')} without a relation",
            "A tie has a relation (referral, contract, data sharing, ...).",
            f"They count as {DEFAULT_RELATION}.",
        )
    return _declare(foreign, unknown, vocabulary) if unknown else vocabulary


def _find_relations(ties: Records, vocabulary: Vocabulary) -> None:
    """Take the column that says the relation: by its name, or a type that knows one."""
    words = TABLES["ties"].column("relation").aliases
    _call_by_name(ties, "relation", (word for word in words if word not in VAGUE))
    if any("relation" in row for row in ties.rows):
        return
    types = sorted({name for row in ties.rows for name in row if name.casefold() in TYPES})
    said = {name: {row.get(name, "") for row in ties.rows} - {""} for name in types}
    column = next((n for n in types if any(map(vocabulary.find_relation, said[n]))), "")
    for row in ties.rows if column else ():
        if column in row:
            row["relation"] = row.pop(column)


def _drop_blank_relations(rows: list[dict[str, str]]) -> None:
    """A tie whose relation is NA (as R writes a blank), null or - is there, and says none."""
    words = {row["relation"] for row in rows if "relation" in row}
    blank = {w for w in words if fold_cell(w) in BLANK_RELATIONS or is_mark(w)}
    for row in rows if blank else ():
        if row.get("relation", "") in blank:
            del row["relation"]


def _split_relations(foreign: Foreign, vocabulary: Vocabulary) -> Records:
    """A list of relations (referral; contract) is as many ties."""
    split = Records(sheet=foreign.ties.sheet)
    for row, line, key in zip(
        foreign.ties.rows, foreign.ties.lines, foreign.ties.keys, strict=True
    ):
        words = _list_relations(row.get("relation", ""), foreign, vocabulary)
        for k, word in enumerate(words):
            split.add(line, {**row, "relation": word}, f"{key}.{k}" if key and k else key)
        if not words:
            split.add(line, row, key)
    return split


def _list_relations(text: str, foreign: Foreign, vocabulary: Vocabulary) -> list[str]:
    if ";" not in text or vocabulary.find_relation(text) is not None:
        return []
    words = list(dict.fromkeys(filter(None, (part.strip() for part in text.split(";")))))
    return words if foreign.lists or all(map(vocabulary.find_relation, words)) else []


def _take_labels(rows: list[dict[str, str]], vocabulary: Vocabulary) -> None:
    """Take what is written at a tie (its label, its key) for its relation, where it is one."""
    columns = {name for row in rows for name in row if name.casefold() in LABELS}
    for column in sorted(columns, key=lambda name: LABELS.index(name.casefold())):
        said = {row.get(column, "") for row in rows} - {""}
        known = {word: vocabulary.find_relation(word) for word in said}
        for row in rows:
            relation = known.get(row.get(column, ""))
            if relation is not None:
                row.setdefault("relation", relation)


def _take_denials(rows: list[dict[str, str]], vocabulary: Vocabulary) -> None:
    """A relation that says that there is none (No relationship) is the answer none."""
    words = {row["relation"] for row in rows if "relation" in row}
    none = {w for w in words if is_denial(w, vocabulary)}
    for row in rows if none else ():
        if row.get("relation", "") in none:
            row["strength"] = row.pop("relation")


def _name_by_id(rows: list[dict[str, str]], vocabulary: Vocabulary) -> None:
    words = {row["relation"] for row in rows if "relation" in row}
    known = {word: vocabulary.find_relation(word) or word for word in words}
    for row in rows:
        if "relation" in row:
            row["relation"] = known[row["relation"]]


def _take_for_remarks(rows: list[dict[str, str]], words: frozenset[str]) -> None:
    """So many different words are remarks: they become the evidence of a collaboration."""
    for row in rows:
        if row.get("relation", "") in words:
            row.setdefault("evidence", row["relation"])
            row["relation"] = DEFAULT_RELATION


def _declare(foreign: Foreign, unknown: list[str], vocabulary: Vocabulary) -> Vocabulary:
    taken = set(vocabulary.relations)
    ids = {word: _relation_id(word, taken) for word in unknown}
    rows = foreign.ties.rows
    arrows = {row["relation"] for row in rows if row.get("directed") == "yes"}
    entries: dict[str, Any] = {
        id_: {"label": " ".join(word.split()), "directed": word in arrows}
        for word, id_ in ids.items()
    }
    for row in rows:
        row["relation"] = ids.get(row["relation"], row["relation"])
    named = [f'"{word}"' for word in unknown[:5]] + ["others"] * (len(unknown) > 5)
    foreign.note(
        f"{'relations' if len(unknown) > 1 else 'the relation'} {join_words(named)}",
        "partnet knows referral, contract, data sharing and others.",
        "Each is kept as a relation of its own, under the words of the file.",
    )
    return vocabulary.extend({"relations": entries})


def _relation_id(word: str, taken: set[str]) -> str:
    """An id that folds to itself, so that it is found again."""
    base = "_".join(re.findall(r"[a-z0-9]+", fold_word(word))) or "relation"
    id_, k = base, 2
    while id_ in taken:
        id_, k = f"{base}_{k}", k + 1
    taken.add(id_)
    return id_
