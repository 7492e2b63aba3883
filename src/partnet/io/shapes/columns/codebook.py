"""A codebook beside the tables: which word each code of each column stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.codes import drop_decimals
from ...values.scales import KEY, list_points
from ...values.words import is_nonanswer
from ..entries import name_headers, note_shape

VARIABLES = frozenset(map(fold_word, (
    "variable", "variable name", "variable / field name", "field", "field name", "column",
    "column name", "item", "question", "question id", "var", "varname")))  # fmt: skip
CODES = frozenset(
    map(
        fold_word,
        (
            "code",
            "value",
            "values",
            "number",
            "response code",
            "numeric value",
            "coded value",
            "scale",
            "rating",
            "score",
            "level",
        ),
    )
)
LABELS = frozenset(map(fold_word, (
    "label", "labels", "meaning", "value label", "value labels", "response", "answer", "text",
    "response label", "description", "definition", "response option")))  # fmt: skip
FEWEST = 2  # codes of a column

Codes = Mapping[str, Mapping[str, str]]


def take_codebooks(raws: Iterable[RawTable]) -> list[RawTable]:
    """Write the words of a codebook for the codes of the other sheets; the codebook is none then.

    Where the codes are levels of a scale the numbers stay, and the header says what they mean.
    """
    listed = list(raws)
    books = [k for k, raw in enumerate(listed) if not raw.table and _find_columns(raw)]
    for k in books:
        codes = _read_codes(listed[k])
        told = [
            raw if i in books else _decode(raw, codes, listed[k]) for i, raw in enumerate(listed)
        ]
        if any(new is not raw for new, raw in zip(told, listed, strict=True)):
            listed = told
            listed[k] = replace(listed[k], header=())
    return _take_key([raw for k, raw in enumerate(listed) if k not in books or raw.header])


def _take_key(listed: list[RawTable]) -> list[RawTable]:
    """Hear a sheet that says what the numbers of the others mean, of whatever column they are."""
    keys = [raw for raw in listed if not raw.table and (codes := _read_key(raw)) and codes]
    if len(keys) != 1 or len(listed) == 1:
        return listed
    codes = _read_key(keys[0])
    told = []
    for raw in listed:
        held = any(_holds_codes(raw, k, codes) for k in range(len(raw.header)))
        if raw is keys[0] or not held or raw.above.count("="):
            told.append(raw)
            continue
        note = note_shape(
            raw,
            f'"{keys[0].sheet or keys[0].file}", which says what numbers mean',
            "The strengths of ties are read so.",
            allowed="A cell says what it means.",
        )
        above = f"{raw.above}\n{KEY}{_list_points(codes)}".strip()
        told.append(replace(raw, above=above, notes=(*raw.notes, note)))
    heard = any(new is not raw for new, raw in zip(told, listed, strict=True))
    return [raw for raw in told if not heard or raw is not keys[0]]


def _read_key(raw: RawTable) -> Mapping[str, str]:
    """The words for the numbers of a scale, where a sheet of two columns holds nothing else."""
    words = [fold_word(text) for text in raw.header]
    if len(words) != FEWEST or words[0] not in CODES or words[1] not in LABELS:
        return {}
    codes = {drop_decimals(row[0]): row[1].strip() for row in raw.rows if row[0] and row[1]}
    return codes if len(codes) >= FEWEST and _is_scale(codes) else {}


def _find_columns(raw: RawTable) -> tuple[int, int, int] | None:
    """The columns of variable, code and label; ``None`` where it is no codebook."""
    words = [fold_word(text) for text in raw.header]
    found = [
        next((k for k, word in enumerate(words) if word in part), -1)
        for part in (VARIABLES, CODES, LABELS)
    ]
    return (found[0], found[1], found[2]) if min(found) >= 0 else None


def _read_codes(raw: RawTable) -> Codes:
    """Labels by code and variable; a variable stands for the rows below it that name none."""
    columns = _find_columns(raw)
    found: dict[str, dict[str, str]] = {}
    before = ""
    for row in raw.rows if columns else ():
        variable, code, label = (row[k].strip() for k in columns or ())
        before = variable or before
        if before and code and label:
            found.setdefault(fold_word(before), {})[drop_decimals(code)] = label
    return {name: codes for name, codes in found.items() if len(codes) >= FEWEST}


def _decode(raw: RawTable, codes: Codes, book: RawTable) -> RawTable:
    told = {k: codes[w] for k, t in enumerate(raw.header) if (w := fold_word(t)) in codes}
    told = {k: words for k, words in told.items() if _holds_codes(raw, k, words)}
    told |= _share_ends(raw, told)
    if not told:
        return raw
    scales = {k for k, words in told.items() if _is_scale(words)}
    rows = [
        [
            told[k].get(drop_decimals(text), text) if k in told and k not in scales else text
            for k, text in enumerate(row)
        ]
        for row in raw.rows
    ]
    header = [f"{t} ({_list_points(told[k])})" if k in scales else t
              for k, t in enumerate(raw.header)]  # fmt: skip
    named = name_headers(raw, told)
    note = note_shape(
        raw,
        f'codes below {named}, and what they mean in "{book.sheet or book.file}"',
        "Each is read as the word that is given for it.",
        allowed="A cell says what it means.",
    )
    return replace(raw, header=tuple(header), rows=rows, notes=(*raw.notes, note))


def _share_ends(
    raw: RawTable, told: Mapping[int, Mapping[str, str]]
) -> dict[int, Mapping[str, str]]:
    """The codes of one end of the ties for the other end, of which the codebook says nothing."""
    at = match_headers(raw, TABLES["ties"]).columns
    ends = [at[end] for end in ("source", "target") if end in at]
    given = [k for k in ends if k in told]
    if len(ends) < FEWEST or len(given) != 1:
        return {}
    other, codes = ends[1 - ends.index(given[0])], told[given[0]]
    return {other: codes} if _holds_codes(raw, other, codes) else {}


def _holds_codes(raw: RawTable, position: int, codes: Mapping[str, str]) -> bool:
    """Whether every filled cell of a column is one of its codes."""
    filled = {drop_decimals(row[position]) for row in raw.rows if row[position].strip()}
    return bool(filled) and filled <= set(codes)


def _is_scale(codes: Mapping[str, str]) -> bool:
    """Whether codes are numbers, and a header can say that they are levels or no answers."""
    words = default_vocabulary()
    known = [words.find_answer(label, "") is not None for label in codes.values()]
    told = [known_ or is_nonanswer(t) for known_, t in zip(known, codes.values(), strict=True)]
    return any(known) and all(told) and list_points(_list_points(codes)).keys() == codes.keys()


def _list_points(codes: Mapping[str, str]) -> str:
    return ", ".join(f"{code} = {label}" for code, label in codes.items())
