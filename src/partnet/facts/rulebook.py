"""Rules as data: the shipped rulebook and the rules table of a network, parsed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..core.vocabulary import Vocabulary, fold_word


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a rule: a kind (with a value in a column), or a named organization."""

    kind: str = ""
    organization: str = ""
    column: str = ""
    value: str = ""
    same_group: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What a regulation or a program expects of organizations of one kind.

    Attributes
    ----------
    rule, citation, checked_on : str
        What is expected, where it is written, and when that was last compared.
    from_kind : str
        Of whom; "any" means every organization for which the condition holds.
    relation, topic : str
        The tie or agreement; "any" means any working relation.
    applies_if : str
        "member of X", "grantee of X" or "column = value"; blank: always.
    alternatives : tuple of Alternative
        With whom; any one will do, and everybody where none is named.
    ask : tuple of Alternative
        Those of whom the text does not say by itself whether they count.
    reading : str
        Which reading of the text is taken, and why the others must be asked about.
    unresolved : tuple of str
        Alternatives that are neither a kind nor an organization of the network.
    signed, separately_owned : bool
        Only a signed agreement counts; organizations of one owner count once.
    minimum : int
        How many counterparts.
    within_km, within_days : float
        How near, and how recent.
    weight : float
        1 for law, less for what a program only recommends; multiplies the severity.
    """

    rule: str
    from_kind: str
    relation: str
    citation: str
    applies_if: str
    topic: str
    alternatives: tuple[Alternative, ...]
    ask: tuple[Alternative, ...]
    reading: str
    unresolved: tuple[str, ...]
    signed: bool
    separately_owned: bool
    minimum: int
    within_km: float
    within_days: float
    checked_on: str
    weight: float


@fact
def read_rules(here: Network) -> tuple[Rule, ...]:
    """Give the shipped rules and those of the network's own rules table.

    An own rule of the same name replaces the shipped one. Rules about contacts are left out: they
    set the limits of the contact gaps.
    """
    own = [row for row in here.rows("rules").to_dict("records") if row["relation"] != "contact"]
    named = {fold_word(row["rule"]) for row in own}
    kept = [row for row in shipped_entries("rules") if fold_word(row["rule"]) not in named]
    return tuple(_make_rule(row, here) for row in [*kept, *own])


def shipped_entries(section: str) -> Any:
    """Give one section of the shipped rulebook: rules, networks, or contact_days."""
    return _read_rulebook()[section]


@cache
def _read_rulebook() -> dict[str, Any]:
    text = files("partnet").joinpath("data/rulebook.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _make_rule(row: Mapping[Any, Any], net: Network) -> Rule:
    checked = row.get("checked_on", "")
    alternatives = _parse_alternatives(row, "alternatives", net)
    asked = _parse_alternatives(row, "ask", net)
    return Rule(
        rule=row["rule"],
        from_kind=row["from_kind"],
        relation=row["relation"],
        citation=row["citation"],
        applies_if=row.get("applies_if", ""),
        topic=row.get("topic", ""),
        alternatives=tuple(one for one in alternatives.values() if one is not None),
        ask=tuple(one for one in asked.values() if one is not None),
        reading=row.get("reading", ""),
        unresolved=tuple(text for text, one in alternatives.items() if one is None),
        signed=row.get("evidence") == "signed agreement",
        separately_owned=row.get("separately_owned") == "yes",
        minimum=int(_number(row.get("minimum"), 1)),
        within_km=_number(row.get("within_km"), float("inf")),
        within_days=_number(row.get("within_days"), float("inf")),
        checked_on=checked if isinstance(checked, str) else _day(checked),
        weight=_number(row.get("weight"), 1.0),
    )


def _number(value: Any, default: float) -> float:
    return default if value is None or pd.isna(value) else float(value)


def _day(date: Any) -> str:
    return "" if pd.isna(date) else str(pd.Timestamp(date).date())


def _parse_alternatives(
    row: Mapping[Any, Any], column: str, net: Network
) -> dict[str, Alternative | None]:
    """Read the alternatives of a rule; ``None`` for what is neither kind nor organization."""
    parts = [part.strip() for part in row.get(column, "").split(";") if part.strip()]
    shared = row.get("same_group") == "yes"
    return {part: _parse_alternative(part, shared, net) for part in parts}


def _parse_alternative(text: str, same_group: bool, net: Network) -> Alternative | None:
    """Read "kind", "kind with column = value", "kind in the same group" or an organization."""
    bare = re.sub(r"\s+in the same group$", "", text)
    same_group = same_group or bare != text
    head, _, condition = bare.partition(" with ")
    column, _, value = (part.strip() for part in condition.partition("="))
    kind = net.vocabulary.find_kind(head)
    if kind:
        return Alternative(kind=kind, column=column, value=value, same_group=same_group)
    found = net.resolve(pd.Series([bare], dtype="str")).iloc[0]
    return Alternative(organization=found, same_group=same_group) if found else None


def group_kind_of(condition: str) -> str:
    """Give the group kind in "member of (a) X", or "" where the condition is of another form."""
    match = re.fullmatch(r"\s*member of (?:an? )?(?:group of kind )?(.+?)\s*", condition, re.I)
    return fold_word(match.group(1)) if match else ""


def program_of(condition: str) -> str:
    """Give the program in "grantee of X", or "" where the condition is of another form."""
    match = re.fullmatch(r"\s*grantee of (?:the )?(.+?)\s*", condition, re.I)
    return fold_word(match.group(1)) if match else ""


def parse_condition(condition: str) -> tuple[str, str]:
    """Read "column = value"; ("", "") where it has another form."""
    column, equals, value = condition.partition("=")
    return (column.strip(), value.strip()) if equals else ("", "")


def same_kind_of_group(text: str, wanted: str, vocabulary: Vocabulary) -> bool:
    """Whether two texts name the same kind of group, by word or as a kind of organization."""
    if fold_word(text) == wanted:
        return True
    kind = vocabulary.find_kind(text)
    return kind is not None and kind == vocabulary.find_kind(wanted)
