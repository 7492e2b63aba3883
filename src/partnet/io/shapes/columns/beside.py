"""Columns beside the organizations that belong to other tables: services, groups, partners."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.names import fold_name
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import Headers, holds_kinds, match_headers
from ...tables.joining import join_tables
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..cells.counties import list_places
from ..entries import Entries, name_headers, note_shape
from ..ties.corner import GROUP
from .wide import find_boxes, name_box, read_box

# table: the column of the organizations, its own column, and headers that mean only this
BESIDE: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "services": ("organization", "service", frozenset(map(fold_word, (
        "services", "services offered", "services provided", "service", "programs and services",
        "what services do you offer", "services you offer")))),
    "memberships": ("organization", "group", frozenset(map(fold_word, (
        "coalitions", "coalition", "groups", "memberships", "member of", "group memberships",
        "coalition memberships", "networks and coalitions", "coalition membership", "task force",
        "workgroup", "work group", "working group", "committee", "subcommittee", "council",
        "committees", "committee s", "subcommittees", "workgroups", "work groups",
        "working groups", "workgroup s", "task forces", "councils", "action teams",
        "action team", "consortium", "alliance", "network/consortium", "network name",
        "consortium name", "network affiliation", "network membership")))),
    "service_areas": ("organization", "place", frozenset(map(fold_word, (
        "counties served", "county served", "counties", "service area", "service area counties",
        "counties covered", "areas served", "county ies served", "county s served",
        "counties in service area", "zip codes served", "zip code served", "zips served",
        "service area zip codes", "zip codes in service area")))),
    "ties": ("source", "target", frozenset(map(fold_word, (
        "partners", "partner organizations", "works with", "collaborates with", "connected to",
        "current partners", "works closely with", "partner agencies", "key partners",
        "main partners", "who do you work with", "organizations you work with",
        "linked partners", "associated company", "associated companies", "related account",
        "related accounts", "related organization", "linked organizations", "collaborators",
        "collaborating organizations", "partners organizations", "existing partners")))),
    "affiliations": ("organization", "parent", frozenset(map(fold_word, (
        "parent", "parent organization", "parent org", "parent agency", "parent company",
        "parent system", "parent health system", "parent entity", "health system",
        "hospital system", "system affiliation", "owned by", "part of", "system", "system name",
        "parent facility", "parent hospital", "affiliated system", "owner")))),
}  # fmt: skip

PARTNERS = "partners"  # a header of the ends of ties
OWNERSHIP = frozenset({
    "nonprofit", "non-profit", "not for profit", "not-for-profit", "for profit", "for-profit",
    "government", "county", "public", "private", "proprietary", "district", "city", "state",
    "federal", "tribal", "church", "physician", "individual", "partnership", "corporation", "llc",
    "hospital district", "local government", "voluntary nonprofit", "501(c)(3", "501c3",
})  # fmt: skip
INDEPENDENT = frozenset(
    {"independent", "freestanding", "free-standing", "stand-alone", "standalone"}
)


SEVERAL = re.compile(r"\bservices\b", re.IGNORECASE)
SHORT = re.compile(r"[^,;&]{1,30}(?:, [^,;&]{1,30})+")


def _part_short(text: str) -> str:
    """Part "Steering, Data" by semicolons: short names without an "and" are names each."""
    alone = SHORT.fullmatch(text) and not re.search(r"\b(and|or|of|inc)\b", text, re.IGNORECASE)
    return text.replace(", ", "; ") if alone else text


def take_beside(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Make tables of services, groups and ties from columns beside the organizations.

    A table that is there already is not touched; then the column is kept as text.
    """
    raw = tables["organizations"]
    at = match_headers(raw, TABLES["organizations"])
    made: dict[str, RawTable] = {}
    if "name" not in at.columns:
        return made
    for table, (owner, column, words) in BESIDE.items():
        columns = _find_columns(raw, at, words | NUMBERED.get(table, frozenset()), words)
        if table in tables or not columns:
            continue
        areas = table == "service_areas"
        if table == "services" and any(SEVERAL.search(raw.header[k]) for k in columns):
            column = "services"  # its header announces several
        column = PARTNERS if table == "ties" else column  # each cell may name several
        entries = Entries(raw, (owner, column, *(["place_kind"] if areas else [])))
        state = at.columns.get("state", -1)
        for position, row in enumerate(raw.rows):
            name = row[at.columns["name"]]
            for k in columns:
                text = _part_short(row[k]) if table == "memberships" else row[k]
                if is_nothing(text) or is_nothing(name, "label"):
                    continue
                if table == "affiliations" and _is_its_own(text, name):
                    continue
                if not areas:
                    entries.add(position, [name, text])
                    continue
                for kind, place in list_places(text, row[state] if state >= 0 else ""):
                    entries.add(position, [name, place, kind])
        named = name_headers(raw, columns)
        note = note_shape(
            raw,
            f"{named} beside the organizations",
            f"{'It is' if len(columns) == 1 else 'They are'} read as a table {table}: "
            f"{count_noun(len(entries.rows), 'row')}.",
            allowed=f"The table {table} has one entry a row.",
        )
        made[table] = replace(entries.make(), table=table, notes=(note,), spent=0)
    tied = None if "ties" in tables else _take_relations(raw, at, made.get("ties"))
    if tied is not None:
        made["ties"] = tied
    if "memberships" not in tables and "memberships" not in made:
        ticked = _take_ticked(raw, at)
        made |= {"memberships": ticked} if ticked is not None else {}
    if "services" not in tables and "services" not in made:
        offered = _take_offered(raw, at)
        made |= {"services": offered} if offered is not None else {}
    if "service_areas" not in tables and "service_areas" not in made:
        served = _take_counties_ticked(raw, at)
        made |= {"service_areas": served} if served is not None else {}
    return made


def drop_ownership(raw: RawTable) -> RawTable:
    """Leave out kinds of ownership among the parents: County is no owner that two share."""
    at = match_headers(raw, TABLES["affiliations"]).columns.get("parent", -1)
    kinds = {row[at] for row in raw.rows if fold_cell(row[at]) in OWNERSHIP} if at >= 0 else set()
    if not kinds:
        return raw
    kept = Entries(raw, raw.header)
    for position, row in enumerate(raw.rows):
        if row[at] not in kinds:
            kept.add(position, list(row))
    said = ", ".join(f'"{text}"' for text in sorted(kinds)[:3])
    note = note_shape(
        raw,
        f'{said} under "{raw.header[at]}"',
        "A kind of ownership is no owner: these rows are left out.",
        allowed="The parent of an organization goes by its name.",
    )
    return kept.make(note)


def _find_columns(
    raw: RawTable, at: Headers, numbered: Collection[str], words: Collection[str]
) -> list[int]:
    """The column that goes by one of some words, else all that bear a number: Category 1, 2."""
    whole = [k for k, text in at.extras.items() if fold_word(text) in words]
    if whole:
        return [k for k in whole[:1] if _names_something(raw, k)]
    counted = {k: COUNTED.fullmatch(fold_word(text)) for k, text in at.extras.items()}
    found = [k for k, m in counted.items() if m and fold_word(m[1]) in numbered]
    return [k for k in found if _names_something(raw, k)] if len(found) > 1 else []


def is_beside(header: str) -> bool:
    """Tell whether a header beside the organizations belongs to a table that it is read into."""
    word = fold_word(header)
    counted = COUNTED.fullmatch(word)
    bare = fold_word(counted[1]) if counted else ""
    kinds = [words for _, _, words in BESIDE.values()]
    if any(word in words or bare in words for words in kinds):
        return True
    find = default_vocabulary().find_relation
    numbered = any(bare in words for words in NUMBERED.values())
    return numbered or (find(header) or find(AMONG.sub("", header))) is not None


COUNTED = re.compile(r"(.*[^\d ]) ?#? ?\d{1,2}")
# Headers that mean a table only where several of them are counted.
NUMBERED: Mapping[str, frozenset[str]] = {
    "services": frozenset(map(fold_word, (
        "category", "service category", "service type", "program", "primary service"))),
    "ties": frozenset(map(fold_word, (
        "partner", "partner agency", "partner organization", "partner name", "collaborator"))),
    "memberships": frozenset(map(fold_word, ("group", "network"))),
}  # fmt: skip


def _take_relations(raw: RawTable, at: Headers, made: RawTable | None) -> RawTable | None:
    """Columns of partners, each under the name of a relation: Refers to, Shares data with."""
    find = default_vocabulary().find_relation
    taken = BESIDE["ties"][2] if made is not None else frozenset[str]()
    extras = {k: text for k, text in at.extras.items() if text and fold_word(text) not in taken}
    words = {k: AMONG.sub("", text) for k, text in extras.items()}
    asked = {k: r for k, w in words.items() if (r := find(raw.header[k]) or find(w)) is not None}
    known = {fold_name(row[at.columns["name"]]) for row in raw.rows}
    asked = {k: r for k, r in asked.items() if _names_known(raw, k, known)}
    if not asked:
        return None
    entries = Entries(raw, ("source", "target", "relation"))
    for position, row in enumerate(raw.rows):
        for k, relation in asked.items():
            if not is_nothing(row[k]) and not is_nothing(row[at.columns["name"]], "label"):
                entries.add(position, [row[at.columns["name"]], row[k], relation])
    named = ", ".join(f'"{raw.header[k]}"' for k in asked)
    note = note_shape(
        raw,
        f"{named} beside the organizations",
        f"They are read as a table ties: {count_noun(len(entries.rows), 'row')}.",
        allowed="The table ties has one entry a row.",
    )
    found = replace(entries.make(), table="ties", notes=(note,), spent=0)
    return found if made is None else join_tables(made, found, "ties")


AMONG = re.compile(r"\s+(with|to|from|partners?|among|for)$", re.IGNORECASE)


def _names_known(raw: RawTable, position: int, known: Collection[str]) -> bool:
    """Whether a column names some of the organizations of its own list, and no yes or no."""
    texts = {row[position] for row in raw.rows if row[position]}
    parts = {part for text in texts for part in re.split(r"[;|,\n]", text)}
    return any(fold_name(part.strip()) in known for part in parts)


def _is_its_own(parent: str, name: str) -> bool:
    """Whether an organization has no parent, in words or by its own name."""
    return fold_cell(parent) in INDEPENDENT or fold_name(parent) == fold_name(name)


def _take_ticked(raw: RawTable, at: Headers) -> RawTable | None:
    """Columns that are ticked, each under the name of a committee or coalition, as memberships."""
    heads = [k for k, text in at.extras.items() if GROUP.search(text)]
    groups = find_boxes(raw, heads, "memberships")
    if not groups:
        return None
    entries = Entries(raw, ("organization", "group"))
    for position, row in enumerate(raw.rows):
        name = row[at.columns["name"]]
        for k in groups:
            told = read_box(row[k], raw, raw.header[k], "memberships")
            if told == "yes" and not is_nothing(name, "label"):
                entries.add(position, [name, raw.header[k]])
    named = ", ".join(f'"{raw.header[k]}"' for k in groups[:3])
    note = note_shape(
        raw,
        f"{named} ticked beside the organizations",
        f"They are read as a table memberships: {count_noun(len(entries.rows), 'row')}.",
        allowed="The table memberships has one entry a row.",
    )
    return replace(entries.make(), table="memberships", notes=(note,), spent=0)


def _take_counties_ticked(raw: RawTable, at: Headers) -> RawTable | None:
    """Columns that are ticked, each under the name of a county (of the row's State), as areas."""
    named = [k for k, text in at.extras.items() if COUNTY.search(text) and _is_ticked(raw, k)]
    if len(named) < FEWEST_OFFERED:
        return None
    state = at.columns.get("state", -1)
    entries = Entries(raw, ("organization", "place", "place_kind"))
    for position, row in enumerate(raw.rows):
        name = row[at.columns["name"]]
        for k in named:
            if fold_cell(row[k]) in YES and not is_nothing(name, "label"):
                for kind, place in list_places(raw.header[k], row[state] if state >= 0 else ""):
                    entries.add(position, [name, place, kind])
    note = note_shape(
        raw,
        f"{name_headers(raw, named)} ticked beside the organizations",
        f"They are read as a table service_areas: {count_noun(len(entries.rows), 'row')}.",
        allowed="The table service_areas has one entry a row.",
    )
    return replace(entries.make(), table="service_areas", notes=(note,), spent=0)


COUNTY = re.compile(r"\b(county|parish|borough)\b|^[A-Za-z. ]{3,30}, [A-Z]{2}$", re.IGNORECASE)


def _take_offered(raw: RawTable, at: Headers) -> RawTable | None:
    """Columns of yes and no, each under the name of a service, as services."""
    named = [k for k, text in at.extras.items() if text and not GROUP.search(text)]
    if sum(bool(OFFERS.search(raw.header[k])) for k in named) < FEWEST_OFFERED:
        return None
    boxes = find_boxes(raw, named)
    offered = [k for k in boxes if OFFERS.search(raw.header[k])]
    if len(offered) < FEWEST_OFFERED:
        return None
    entries = Entries(raw, ("organization", "service"))
    for position, row in enumerate(raw.rows):
        name = row[at.columns["name"]]
        for k in offered:
            if read_box(row[k], raw, raw.header[k], "services") == "yes" and not is_nothing(
                name, "label"
            ):
                entries.add(position, [name, name_box(raw.header[k])])
    left = name_headers(raw, [k for k in boxes if k not in offered])
    note = note_shape(
        raw,
        f"{name_headers(raw, offered)} with yes and no beside the organizations",
        f"They are read as a table services: {count_noun(len(entries.rows), 'row')}."
        + (f" Kept as text are {left}: if they are services, list them there." if left else ""),
        allowed="The table services has one entry a row.",
    )
    return replace(entries.make(), table="services", notes=(note,), spent=0)


FEWEST_OFFERED = 2  # columns
# What headers of services say, where a column of yes and no may be anything.
OFFERS = re.compile(
    r"\b(transport\w*|transit|rides?|foods?|meals?|pantry|nutrition|housing|shelters?|rent|clothing|"
    r"(behavioral|mental|public|oral|home|maternal|womens|women's|primary|emergency|urgent|prenatal|"
    r"palliative|respite|hospice|inpatient|outpatient|child|dental|vision|elder|specialty) "
    r"?(health|care|services)?|dental|dentistry|childcare|counsel\w*|therap\w*|treatment|recovery|"
    r"detox|substance|addiction|naloxone|narcan|crisis|hotline|pharmacy|immuni[sz]ations?|"
    r"vaccin\w*|screenings?|testing|telehealth|telemedicine|obstetrics|ob|prenatal|pediatrics|"
    r"hospice|case management|care coordination|navigation|enrollment|outreach|wic|snap|legal|"
    r"education|training|employment|job|interpret\w*|translation|utilit\w+|rehab\w*|laboratory|lab|"
    r"imaging|x-ray|radiology|surgery|ems|ambulance|wellness|tobacco|diabetes|peer support|"
    r"home visit\w*|interpreters?|medications?|specialists?)\b",
    re.IGNORECASE,
)


def _is_ticked(raw: RawTable, position: int) -> bool:
    cells = {fold_cell(row[position]) for row in raw.rows if row[position].strip()}
    return bool(cells & YES) and cells <= YES | NO


def _names_something(raw: RawTable, position: int) -> bool:
    """Whether a column holds names: neither counts nor yes and no, nor kinds of ownership."""
    cells = {fold_cell(row[position]) for row in raw.rows if not is_nothing(row[position])}
    if cells & OWNERSHIP:
        return False
    if fold_word(raw.header[position]) in ("group", "groups") and holds_kinds(raw, position):
        return False
    return bool(cells - YES - NO) and not all(read_number(text) is not None for text in cells)
