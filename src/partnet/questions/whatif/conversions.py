"""A hospital becomes something else: which of its services leave, and where that is written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.vocabulary import fold_word
from ...core.wording.text import join_words
from ...places.gazetteer import county_name

SIGN = "="  # between two names, and between a name and a kind: "Cedar County Hospital = REH"
Pairs = Sequence[tuple[str, str] | str] | str


@dataclass(frozen=True, slots=True)
class Conversion:
    """What becomes of a hospital that becomes another kind.

    Attributes
    ----------
    kind : str
        Id of the kind that it becomes.
    leaves : tuple of str
        Words in the names of services that leave, folded.
    sources : tuple of str
        Ids of the kinds that become it.
    says, citation : str
        What the law says, and where it is written.
    """

    kind: str
    leaves: tuple[str, ...]
    sources: tuple[str, ...]
    says: str
    citation: str

    def takes(self, service: str) -> bool:
        """Whether a service leaves."""
        folded = fold_word(service)
        return any(word in folded for word in self.leaves)


@cache
def read_conversions() -> Mapping[str, Conversion]:
    """Give the conversions that ship with partnet, by the kind that a hospital becomes.

    Examples
    --------
    >>> found = read_conversions()["rural_emergency_hospital"]
    >>> found.takes("Swing-bed care"), found.takes("emergency care")
    (True, False)
    """
    text = files("partnet").joinpath("data/conversions.toml").read_text(encoding="utf-8")
    found = {
        kind: Conversion(
            kind,
            tuple(fold_word(word) for word in row["leaves"]),
            tuple(row["from"]),
            row["says"],
            row["citation"],
        )
        for kind, row in tomllib.loads(text).items()
    }
    return MappingProxyType(found)


def read_conversion(here: Network, pair: tuple[str, str] | str) -> tuple[str, Conversion]:
    """Read who becomes what: a name and a kind, or "NAME = KIND".

    Raises
    ------
    UsageError
        It is no such pair, the organization or the kind is unknown, or it cannot become that.
    """
    name, _, word = pair.rpartition(SIGN) if isinstance(pair, str) else (pair[0], SIGN, pair[-1])
    labels = {id_: kind.label for id_, kind in here.vocabulary.kinds.items()}
    known = read_conversions()
    if not name.strip():
        raise UsageError(
            f"convert: found {pair!r}. A hospital becomes another kind. Write both, for example "
            '"Cedar County Hospital = Rural Emergency Hospital".'
        )
    organization = here.find(name.strip(), argument="convert")
    conversion = known.get(here.vocabulary.find_kind(word.strip()) or "")
    if conversion is None:
        offered = join_words([labels[kind] for kind in known], final="or")
        raise UsageError(
            f"convert: found {word.strip()!r}. A hospital becomes a {offered}. Choose one of them."
        )
    own = here.organizations.at[organization, "kind"]
    if own not in conversion.sources:
        allowed = join_words([labels[kind] for kind in conversion.sources], final="or")
        raise UsageError(
            f"convert: found {here.name(organization)}, of the kind {labels[own]}. What becomes a "
            f"{labels[conversion.kind]} is a {allowed}. Name one of them."
        )
    return organization, conversion


def list_leaving(here: Network, converted: Mapping[str, Conversion]) -> pd.DataFrame:
    """Give the rows of the services table that leave, with ``citation``, in the order on file."""
    services = here.rows("services")
    pairs = zip(services["organization"], services["service"], strict=True)
    leaves = [a in converted and converted[a].takes(service) for a, service in pairs]
    rows = services[pd.Series(leaves, index=services.index, dtype=bool)]
    return rows.assign(
        citation=rows["organization"].map({a: c.citation for a, c in converted.items()})
    )


def tabulate_leaving(here: Network, leaving: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Give the services that leave as people see them, by organization and service."""
    names = here.names.to_dict()
    places = leaving["county_fips"].map(lambda code: county_name(code) or code)
    table = pd.DataFrame(
        {
            "organization": leaving["organization"],
            "organization_name": leaving["organization"].map(names),
            "service": leaving["service"],
            "county": places,
            "citation": leaving["citation"],
        },
        columns=list(columns),
    )
    return table.drop_duplicates().sort_values(
        ["organization", "service", "county"], ignore_index=True, kind="stable"
    )
