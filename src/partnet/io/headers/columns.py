"""Which header is which column: by its words, and by what stands below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ...core.schema import TABLES, Table
from ...core.vocabulary import default_vocabulary, fold_word
from ...core.wording.names import OTHER_NAMES, fold_name, split_names
from ..cells import RawTable
from ..values.parse import is_direction, spell_choices
from ..values.words import find_direction, is_nothing, list_words
from .words import fold_headers, fold_texts, match_words, spellings

PERSONAL = frozenset(
    map(
        fold_word,
        (
            *("title", "job title", "position", "email", "e-mail", "email address", "phone"),
            *("telephone", "phone number", "cell", "cell phone", "mobile", "first name"),
            *("last name", "surname", "given name", "contact", "contact person", "contact name"),
            *("fax", "salutation", "prefix", "credentials", "signature"),
            *("telefon", "teléfono", "téléphone", "handy", "ansprechpartner", "contacto"),
        ),
    )
)
WHO = frozenset(map(fold_word, ("name", "full name", "contact name", "contact", "label")))
OF_CONTACT = ", contact name"  # behind the header of names that are known to be persons
OF_CONTACTS = frozenset(fold_word(f"{word}{OF_CONTACT}") for word in WHO)
OF_GRAPHS = frozenset({"group", "class"})  # where d3 and visNetwork have the kind of a node
DAY = re.compile(r"\d[-/.]\d{1,2}[-/.]\d|\d:\d\d\b")
MOST_LOOKED_AT = 2_000  # rows below a header that tell what it is


@dataclass
class Headers:
    """Positions of the columns of one table, and of whatever else stands in it.

    Attributes
    ----------
    columns : dict
        Position by name of a column that partnet knows.
    extras : dict
        Position by header of the others.
    turned : bool
        Whether yes in the column of directions means that there is none (Bidirectional).
    person : int
        Position of the name of a contact person, -1 where there is none.
    """

    columns: dict[str, int] = field(default_factory=dict)
    extras: dict[int, str] = field(default_factory=dict)
    turned: bool = False
    person: int = -1


def match_headers(raw: RawTable, table: Table) -> Headers:
    """Find the columns of a table under their names and aliases; exact names win."""
    words = fold_headers(raw.header, table.name)
    found = Headers(match_words(words, table))
    left = _leave_blank(raw, words, table, found)
    if table.name == "ties":
        _find_direction(raw, words, found)
        _find_levels(raw, table, found)
        _find_means(words, found)
        _part_days(raw, found)
    if table.name in ("organizations", "people"):
        _part_persons(words, table, found)
    if table.name == "organizations":
        _find_kinds(raw, found)
    if table.name == "memberships":
        _part_kinds(raw, found)
    taken = left | set(found.columns.values())
    found.extras = {k: text for k, text in enumerate(raw.header) if k not in taken}
    return found


def _leave_blank(raw: RawTable, words: Sequence[str], table: Table, found: Headers) -> set[int]:
    """Of two headers of one column (strength, frequency), a blank one gives way to the other.

    Gives the positions of the blank ones.
    """
    left: set[int] = set()
    taken = set(found.columns.values())
    others = {word: k for k, word in reversed([*enumerate(words)]) if word and k not in taken}
    for name, at in found.columns.items():
        hits = [others[word] for word in spellings(table.column(name)) if word in others]
        if hits and not _is_filled(raw, at):
            found.columns[name] = next((k for k in sorted(hits) if _is_filled(raw, k)), at)
            left |= {at} - {found.columns[name]}
    return left


def _is_filled(raw: RawTable, position: int) -> bool:
    return any(row[position] for row in raw.rows)


def _find_direction(raw: RawTable, words: Sequence[str], found: Headers) -> None:
    """A column whose cells are only Directed, Undirected, Mutual is the direction."""
    if "directed" in found.columns:
        return
    turned = {fold_word(word) for word in list_words("directions.undirected_headers")}
    for k, word in enumerate(words):
        if word in turned and k not in found.columns.values():
            found.columns["directed"], found.turned = k, True
            return
    known = set(found.columns.values())
    for k in range(len(words)):
        cells = {row[k] for row in raw.rows[:MOST_LOOKED_AT] if row[k].strip()}
        asks = default_vocabulary().find_relation(raw.header[k]) is not None
        if k not in known and words[k] and not asks and _are_arrows(cells):
            found.columns["directed"] = k
            return
    at = found.columns.get("relation", -1)
    if at >= 0 and _says_directions(row[at] for row in raw.rows[:MOST_LOOKED_AT]):
        del found.columns["relation"]
        found.columns["directed"] = at


def _find_levels(raw: RawTable, table: Table, found: Headers) -> None:
    """A column Level that names no level of leadership says how closely two work together."""
    at = found.columns.get("level", -1)
    if at < 0 or "strength" in found.columns:
        return
    leadership = spell_choices(table.column("level"))
    cells = {row[at] for row in raw.rows[:MOST_LOOKED_AT] if not is_nothing(row[at], "value")}
    if cells and not any(fold_word(text) in leadership for text in cells):
        found.columns["strength"] = found.columns.pop("level")


def _find_means(words: Sequence[str], found: Headers) -> None:
    """Beside means, n is how many answered, and no strength."""
    at = found.columns.get("strength", -1)
    taken = found.columns.values()
    means = [k for k, word in enumerate(words) if MEAN.match(word) and k not in taken]
    if at >= 0 and words[at] in ("n", "count") and len(means) == 1:
        found.columns["strength"] = means[0]


MEAN = re.compile(r"(mean|average|avg)\b")


def _find_kinds(raw: RawTable, found: Headers) -> None:
    """A column Sector or Group that holds kinds (Hospital, Clinic), and no sector, is the kind."""
    if "kind" in found.columns:
        return
    taken = found.columns.values()
    groups = [k for k, t in enumerate(raw.header) if fold_word(t) in OF_GRAPHS and k not in taken]
    if "sector" not in found.columns and groups and holds_kinds(raw, groups[0]):
        found.columns["kind"] = groups[0]
    at = found.columns.get("sector", -1)
    if at < 0 or "kind" in found.columns:
        return
    if are_kinds(row[at] for row in raw.rows[:MOST_LOOKED_AT]):
        found.columns["kind"] = found.columns.pop("sector")


def are_kinds(texts: Iterable[str]) -> bool:
    """Tell whether cells under Sector are kinds: half of them or more, and none a sector alone."""
    words = default_vocabulary()
    cells = {text for text in texts if not is_nothing(text, "value")}
    kinds = sum(words.find_kind(text) is not None for text in cells)
    sectors = any(words.find_sector(text) and not words.find_kind(text) for text in cells)
    return 2 * kinds >= len(cells) > 0 and not sectors


def _part_kinds(raw: RawTable, found: Headers) -> None:
    """A column Type that holds kinds of organizations (CAH, Food bank) tells none of the group."""
    at = found.columns.get("group_kind", -1)
    if at >= 0 and fold_word(raw.header[at]) in ("type", "kind") and holds_kinds(raw, at):
        del found.columns["group_kind"]


def holds_kinds(raw: RawTable, position: int) -> bool:
    """Whether half of the words of a column at least are kinds of organizations."""
    find = default_vocabulary().find_kind
    texts = (row[position] for row in raw.rows[:MOST_LOOKED_AT])
    cells = {text for text in texts if not is_nothing(text, "value")}
    return bool(cells) and 2 * sum(find(text) is not None for text in cells) >= len(cells)


def lists_members(raw: RawTable) -> bool:
    """Tell whether each organization stands with its kind, the same in all of its rows."""
    found = match_headers(raw, TABLES["organizations"]).columns
    name, kind = found.get("name", -1), found.get("kind", -1)
    if name < 0 or kind < 0 or not holds_kinds(raw, kind):
        return False
    pairs = {(fold_name(row[name]), fold_name(row[kind])) for row in raw.rows if row[name]}
    return len({one for one, _ in pairs}) == len(pairs)


def _part_days(raw: RawTable, found: Headers) -> None:
    """A column Time or Rating that holds days is no strength."""
    at = found.columns.get("strength", -1)
    first = next((row[at] for row in raw.rows[:MOST_LOOKED_AT] if row[at]), "") if at >= 0 else ""
    if DAY.search(first) and not raw.asked:
        del found.columns["strength"]


def _are_arrows(cells: Collection[str]) -> bool:
    """Whether cells of a column without a known header say directions, and nothing else."""
    return bool(cells) and all(find_direction(text) and not is_nothing(text) for text in cells)


def _says_directions(cells: Iterable[str]) -> bool:
    filled = {text for text in cells if text.strip()}
    return bool(filled) and all(map(is_direction, filled))


def _part_persons(words: Sequence[str], table: Table, found: Headers) -> None:
    """In a list of contacts Name is a person, and Organization the organization."""
    if table.name != "organizations" or "name" not in found.columns:
        return
    at = found.columns["name"]
    named = spellings(table.column("name")) - WHO
    others = [k for k, word in enumerate(words) if word in named and k != at]
    people = [k for k, word in enumerate(words) if word in PERSONAL | OF_CONTACTS]
    if words[at] in WHO and others and people:
        found.columns["name"], found.person = others[0], at
    elif people and words[at] in named:
        who = WHO | OF_CONTACTS
        found.person = next((k for k, word in enumerate(words) if word in who), -1)


def list_known(raw: RawTable | None) -> set[str]:
    """Ids and names of the organizations that are listed, folded; other names of theirs too.

    A row without a name is set aside later on, so its id is nobody's.
    """
    if raw is None:
        return set()
    headers = match_headers(raw, TABLES["organizations"])
    at = headers.columns
    columns = [at[name] for name in ("id", "name") if name in at]
    words = fold_texts(tuple(raw.header))[0]
    others = [k for k in headers.extras if words[k] in OTHER_NAMES]
    named = at.get("name")
    rows = [row for row in raw.rows if named is None or not is_nothing(row[named], "label")]
    known = {fold_name(row[k]) for row in rows for k in columns if row[k]}
    return known | {fold_name(part) for row in rows for k in others for part in split_names(row[k])}
