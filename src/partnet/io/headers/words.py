"""Headers folded, and which of them mean which column: by its own name, or by an alias."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ...core.schema import TABLES, Column, Table
from ...core.vocabulary import fold_word


def fold_headers(header: Sequence[str], table: str) -> list[str]:
    """Fold headers; of one that is not known the remark in brackets behind it is left out.

    "Level (1 = seldom, 5 = often)" is Level. An amount in thousands is no amount. Of "To / Para",
    in two languages, the one that is known counts.
    """
    whole, bare = fold_texts(tuple(header))
    if any(map(_BOX.search, header)):  # partners___1 of REDCap is no first partner
        boxed = [bool(_BOX.search(text)) for text in header]
        whole, bare = (
            tuple(t if box else w for w, t, box in zip(part, header, boxed, strict=True))
            for part in (whole, bare)
        )
    known = list_spellings(table)
    words, taken = list(whole), set(known.intersection(whole))
    for k, word in enumerate(bare):
        new = word in known and words[k] not in known and word not in taken
        if new and not _MULTIPLE.search(header[k]):
            words[k] = word
            taken.add(word)
        elif words[k] not in known and _TWICE.search(header[k]):  # From / De: in two languages
            parts = {fold_word(part) for part in _TWICE.split(header[k])} & known - taken
            if len(parts) == 1:
                words[k] = parts.pop()
                taken.add(words[k])
    for k, word in enumerate(words):  # Partner Org is Partner Organization
        spelled = _ORG.sub("organization", word)
        if word not in known and spelled in known - taken:
            words[k] = spelled
            taken.add(spelled)
    if table == "funding" and {"from", "to"} <= {*words} and taken & _AMOUNT and not taken & _SIDES:
        words = [{"from": "funder", "to": "recipient"}.get(word, word) for word in words]
    if table == "organizations":
        for k, word in enumerate(words):
            bare_word = _OF_WHAT.sub("", word)
            if word not in known and bare_word in _PLACES - taken:
                words[k] = bare_word
                taken.add(bare_word)
    return words


@lru_cache(maxsize=64)  # every table asks for the headers of every sheet
def fold_texts(header: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fold headers as they stand, and without the remark in brackets behind them."""
    bare = (_REMARK.sub("", text) for text in header)
    return tuple(map(fold_word, header)), tuple(map(fold_word, bare))


_ORG = re.compile(r"\borg(anisation)?\b")
_BOX = re.compile(r"_{3}-?\d+$")
# What stands behind a header: a remark in brackets, or the ends of a scale (Strength 1-5).
_REMARK = re.compile(
    r"\s*[(\[][^()\[\]]*[)\]]?[\s:*?]*$|,? (?:scale )?(?:of |from )?[01] ?(?:-|\u2013|to) ?\d{1,2}$"
)
_TWICE = re.compile(r"\s+[/|]\s+")
_MULTIPLE = re.compile(r"0{3}|\bthousand|\bmillion|\bk\b|\$k|\bmm?\b", re.IGNORECASE)


# Facility State, ADDR_ZIP: columns of a place under the name of whose place it is.
_OF_WHAT = re.compile(
    r"^(facility|provider|organi[sz]ation|org|agency|hospital|clinic|site|physical|practice|"
    r"location|address|addr|office|main|primary|street|business|loc|member|partner) "
)


@cache
def list_spellings(name: str) -> frozenset[str]:
    """Every header, folded, by which some column of a table is recognized."""
    return frozenset(word for column in TABLES[name].columns for word in spellings(column))


def spellings(column: Column) -> set[str]:
    """Every header under which a column is recognized, folded."""
    return {fold_word(word) for word in (column.name, *column.aliases)}


_PLACES = frozenset(
    word
    for name in ("state", "zip", "county", "county_fips", "latitude", "longitude")
    for word in spellings(TABLES["organizations"].column(name))
    if len(word) > 1
)


def match_words(words: Sequence[str], table: Table) -> dict[str, int]:
    """Positions of folded headers by the column that they mean; exact names win over aliases."""
    first = {word: k for k, word in reversed([*enumerate(words)])}
    found: dict[str, int] = {}
    for pairs in _spell_table(table.name):
        for column, own in pairs:
            if column in found:
                continue
            taken = found.values()
            hit = next((first[w] for w in own if w in first and first[w] not in taken), None)
            if hit is not None:
                found[column] = hit
    if table.name == "ties" and "target" not in found and {"source", "reported_by"} <= set(found):
        found["target"], found["source"] = found["source"], found["reported_by"]  # who answers
        del found["reported_by"]
    if table.name == "ties" and "source" not in found and {"target", "reported_by"} <= set(found):
        found["source"] = found.pop("reported_by")  # Respondent, Partner
    if (
        table.name == "organizations"
        and "name" not in found
        and (_PLACED & set(found) or _BESIDE & set(first))
    ):
        words = (*_KINDS, *(_MEMBERS if _TYPES & set(first) else ()))
        at = next((first[word] for word in words if word in first), -1)
        found |= {"name": at} if at >= 0 and at not in found.values() else {}
    listed = table.name == "organizations" and "title" in first and bool(_SHAREPOINT & set(first))
    if listed and found.get("name", -1) in (-1, first.get("partner", -1)):
        found["name"] = first["title"]
    if table.name == "agreements" and "agreement" not in found and "title" in first:
        signed = {k for word, k in first.items() if word in _PARTIES}
        found |= {"agreement": first["title"]} if found.get("organization", -1) in signed else {}
    told = table.name == "responses" and {"organization", "answered"} <= set(found)
    if told and "respondent" not in found:
        found["respondent"] = found.pop("organization")  # Organization, Completed
    return found


# A list of hospitals calls its first column Hospital; elsewhere that word is a kind or a service.
_KINDS = (
    *("hospital", "clinic", "facility", "health center", "pharmacy", "practice", "school"),
    *("health department", "health district", "local health department", "ems agency"),
)
_BESIDE = frozenset(
    map(
        fold_word,
        (
            "city",
            "address",
            "counties",
            "phone",
            "website",
            "director",
            "ort",
            "telefon",
            "ciudad",
            "teléfono",
            "ville",
            "téléphone",
        ),
    )
)
_MEMBERS = ("member", "member name")  # persons, where no column says of what type they are
_TYPES = frozenset({"type", "kind", "organization type", "member type", "facility type", "sector"})
# What a list of SharePoint has beside Title, which names the entry.
_SHAREPOINT = frozenset(map(fold_word, ("item type", "content type", "compliance asset id")))
_PARTIES = frozenset(map(fold_word, ("parties", "party", "signatories", "parties to agreement")))
_PLACED = frozenset({"county", "county_fips", "state", "zip", "ccn", "npi"})


@cache
def _spell_table(name: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """The columns of a table with their folded names, and with their folded aliases."""
    columns = TABLES[name].columns
    names = tuple((c.name, (fold_word(c.name),)) for c in columns)
    aliases = tuple((c.name, tuple(dict.fromkeys(map(fold_word, c.aliases)))) for c in columns)
    return names, aliases


# What money is called, and who stands on its two sides.
_AMOUNT = spellings(TABLES["funding"].column("amount"))
_SIDES = spellings(TABLES["funding"].column("funder")) | spellings(
    TABLES["funding"].column("recipient")
)
