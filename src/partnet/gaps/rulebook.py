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

from ..network import Network
from ..vocabulary import Vocabulary, fold_word


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

    ``from_kind`` "any" means every organization for which the condition holds; ``relation`` "any"
    means any working relation.
    """

    rule: str
    from_kind: str
    relation: str
    citation: str
    applies_if: str
    alternatives: tuple[Alternative, ...]
    signed: bool
    minimum: int
    within_km: float
    within_days: float
    checked_on: str


def read_rules(net: Network, *, shipped: bool = True) -> list[Rule]:
    """Give the shipped rules and those of the network's own rules table."""
    own = net.table("rules").to_dict("records")
    rows = [*(_shipped_rows() if shipped else ()), *own]
    return [_make_rule(row, net) for row in rows]


@cache
def _shipped_rows() -> tuple[dict[str, Any], ...]:
    text = files("partnet").joinpath("data/rulebook.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["rules"])


def _make_rule(row: Mapping[Any, Any], net: Network) -> Rule:
    checked = row.get("checked_on", "")
    return Rule(
        rule=row["rule"],
        from_kind=row["from_kind"],
        relation=row["relation"],
        citation=row["citation"],
        applies_if=row.get("applies_if", ""),
        alternatives=_parse_alternatives(row, net),
        signed=row.get("evidence") == "signed agreement",
        minimum=int(_number(row.get("minimum"), 1)),
        within_km=_number(row.get("within_km"), float("inf")),
        within_days=_number(row.get("within_days"), float("inf")),
        checked_on=checked if isinstance(checked, str) else _day(checked),
    )


def _number(value: Any, default: float) -> float:
    return default if value is None or pd.isna(value) else float(value)


def _day(date: Any) -> str:
    return "" if pd.isna(date) else str(pd.Timestamp(date).date())


def _parse_alternatives(row: Mapping[Any, Any], net: Network) -> tuple[Alternative, ...]:
    parts = [part.strip() for part in row.get("alternatives", "").split(";") if part.strip()]
    shared = row.get("same_group") == "yes"
    return tuple(_parse_alternative(part, shared, net) for part in parts)


def _parse_alternative(text: str, same_group: bool, net: Network) -> Alternative:
    """Read "kind", "kind with column = value", "kind in the same group" or an organization."""
    bare = re.sub(r"\s+in the same group$", "", text)
    same_group = same_group or bare != text
    head, _, condition = bare.partition(" with ")
    column, _, value = (part.strip() for part in condition.partition("="))
    kind = net.vocabulary.find_kind(head)
    if kind:
        return Alternative(kind=kind, column=column, value=value, same_group=same_group)
    found = net.resolve(pd.Series([bare], dtype="str")).iloc[0]
    return Alternative(organization=found, same_group=same_group)


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
