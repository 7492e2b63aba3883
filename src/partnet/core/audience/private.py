"""What names a person or a number of somebody's own: left out of texts, names, ids and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

import pandas as pd

from ..schema import TABLES
from ..vocabulary import Kind, Vocabulary

LEFT_OUT = "[left out]"
_MARKED = (
    # An address for mail, also as one is hidden from programs; each word is looked at once.
    r"(?<![\w.+-])[\w.+-]++(?:@[\w-]+(?:\.[\w-]+)+|"
    r"(?:[(\[]dot[)\]][\w+-]+)* ?[(\[]at[)\]] ?[\w-]+(?: ?(?:\.|[(\[]dot[)\]]) ?[\w-]+)+)"
    r"|\b\d{3}-\d{2}-\d{4}\b|\b\d{2}-\d{7}\b"  # social security, employer
    r"|(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])"  # telephone
    r"|\b(?:MRN|medical record|SSN|DOB|date of birth|born)\b(?: (?:no|number|on))?[ .:#]*\d[\d/.-]*"
)
MARKED = re.compile(_MARKED, re.IGNORECASE)
# Besides, what has no marks: ten digits are a telephone or an NPI, but where files number grants.
PRIVATE = re.compile(_MARKED + r"|(?<![\w-])(?<!\d[.,])\d{10}(?![\w-]|[.,]\d)", re.IGNORECASE)
NUMBERED = ("award", "parent_award", "hrsa_grant", "uei")
_MASKED = ("text", "name", "new_name")  # types of columns
_ENDS = ("organization", "new_id")
OF_ORGANIZATIONS = ("name", "funder", "parent")  # a clinic may bear the name of a person
MOST_WORDS = 8  # of the name of a person
_WORD = re.compile(r"\w+")
_TITLE = re.compile(
    r"(?:(?:dr|mr|mrs|ms|mx|rev|sr|fr|prof|sister|father|chief)\b\.? )+", re.IGNORECASE
)


def mask_texts(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Leave addresses for mail, telephone numbers and numbers of persons out of texts and names."""
    texts = {column.name for column in TABLES[table].columns if column.type in _MASKED}
    undeclared = set(frame.columns) - {*TABLES[table].names}
    found = {
        name: frame[name].str.replace(MARKED if name in NUMBERED else PRIVATE, LEFT_OUT, regex=True)
        for name in frame
        if name in texts | undeclared and frame[name].dtype == "str"
    }
    return frame.assign(**found)


def mask_persons(
    tables: Mapping[str, pd.DataFrame], people: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Leave persons of the table people out of all texts but the names of organizations."""
    roles = {role.casefold() for role in people["role"]}
    names = [name for name in people["person"].unique() if name.casefold() not in roles]
    whole = set(filter(None, map(_list_words, names)))
    persons = whole | {(words[0], words[-1]) for words in whole}
    return {name: _mask_persons(name, frame, persons) for name, frame in tables.items()}


def _list_words(name: str) -> tuple[str, ...]:
    """The words of a person's name, without title and degrees; a single one may be a place."""
    words = tuple(_WORD.findall(_TITLE.sub("", name.partition(",")[0]).casefold()))
    return words if 1 < len(words) <= MOST_WORDS else ()


def _mask_persons(table: str, frame: pd.DataFrame, persons: Set[tuple[str, ...]]) -> pd.DataFrame:
    if not persons:
        return frame
    masked = [column.name for column in TABLES[table].columns if column.type in ("text", "name")]
    found = {}
    for column in masked:
        if column not in OF_ORGANIZATIONS and column in frame and frame[column].dtype == "str":
            changed = {text: _cut(text, persons) for text in frame[column].unique()}
            found[column] = frame[column].map(changed).astype("str")
    return frame.assign(**found)


def _cut(text: str, persons: Set[tuple[str, ...]]) -> str:
    """Cut names out of a text, the longest that begins at a word."""
    spans = list(_WORD.finditer(text))
    words = [span[0].casefold() for span in spans]
    lengths = sorted(set(map(len, persons)), reverse=True)
    pieces, at, k = list[str](), 0, 0
    while k < len(words):
        found = next((n for n in lengths if tuple(words[k : k + n]) in persons), 0)
        if found:
            pieces += [text[at : spans[k].start()], LEFT_OUT]
            at = spans[k + found - 1].end()
        k += found or 1
    return "".join([*pieces, text[at:]])


def rename_private(tables: Mapping[str, pd.DataFrame], reader: str) -> dict[str, pd.DataFrame]:
    """Give other ids to organizations whose id says what is left out of their name.

    An id made of "Alma Clinic, 402-555-0143" holds the number; `reader` keeps its own.
    """
    organizations = tables["organizations"]
    pairs = zip(organizations["id"], organizations["name"], strict=True)
    private = [id_ for id_, name in pairs if id_ != reader and _tells(id_, name)]
    if not private:
        return dict(tables)
    taken, new = set(organizations["id"]), dict[str, str]()
    for id_ in sorted(private):
        k = len(new) + 1
        while f"organization-{k}" in taken:
            k += 1
        new[id_] = f"organization-{k}"
        taken.add(new[id_])
    return {name: _rename(name, frame, new) for name, frame in tables.items()}


def _tells(id_: str, name: str) -> bool:
    """Whether an id holds what is left out of a name, but for marks between the letters."""
    if MARKED.search(id_):
        return True
    letters = _keep_letters(id_)
    return any(_keep_letters(found[0]) in letters for found in PRIVATE.finditer(name))


def _keep_letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _rename(table: str, frame: pd.DataFrame, new: Mapping[str, str]) -> pd.DataFrame:
    named = [column.name for column in TABLES[table].columns if column.type in _ENDS]
    named += {"about": ["value"], "judgments": ["a", "b"], "responses": ["organization"]}.get(
        table, []
    )
    found = {name: frame[name].replace(new).astype("str") for name in named if name in frame}
    return frame.assign(**found)


def hide_words(vocabulary: Vocabulary) -> Vocabulary:
    """Leave out of a network's own words what names a person or a number; ids stay."""
    answers = _keep(vocabulary.none_answers)
    sectors = {key: _mask(label) for key, label in vocabulary.sectors.items()}
    kinds = {
        key: replace(kind, label=_mask(kind.label), plural=_mask_plural(kind),
                     aliases=_keep(kind.aliases))
        for key, kind in vocabulary.kinds.items()
    }  # fmt: skip
    relations = {
        key: replace(one, label=_mask(one.label), phrase=_mask(one.phrase),
                     aliases=_keep(one.aliases), levels=_keep_keys(one.levels))
        for key, one in vocabulary.relations.items()
    }  # fmt: skip
    ladders = {
        key: replace(one, label=_mask(one.label), levels=tuple(map(_mask, one.levels)),
                     aliases={_mask(level): _keep(words) for level, words in one.aliases.items()})
        for key, one in vocabulary.ladders.items()
    }  # fmt: skip
    hidden = replace(
        vocabulary,
        sectors=sectors,
        kinds=kinds,
        relations=relations,
        ladders=ladders,
        none_answers=answers,
    )
    return vocabulary if hidden == vocabulary else hidden


def _mask(text: str) -> str:
    return PRIVATE.sub(LEFT_OUT, text)


def _mask_plural(kind: Kind) -> str:
    """A plural may be made of the label, with letters behind the number."""
    return _mask(kind.label if PRIVATE.search(kind.label) else kind.plural)


def _keep(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if not PRIVATE.search(word))


def _keep_keys(levels: Mapping[str, float]) -> dict[str, float]:
    return {word: level for word, level in levels.items() if not PRIVATE.search(word)}
