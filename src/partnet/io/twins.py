"""Organizations that may stand in a file twice: named with what would decide, until judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..core.errors import InputProblem, Where
from ..core.network import Network
from ..core.wording.text import join_words

if TYPE_CHECKING:
    import pandas as pd

    from .read import Reading

MOST_LOOKED_AT = 50_000  # organizations of a file
MOST_NOWHERE = 5_000  # of no known place: each is compared with each
TOLD = ("organizations", "judgments", "affiliations")  # tables that tell who is who
DECIDE = {"zip": "ZIP code", "address": "street address", "npi": "NPI", "ein": "EIN"}
ALLOWED = "Every organization has one row."
OPEN = (
    "If it is one, keep one row and its name everywhere. If they are two, write so in a table "
    "judgments: both names under a and b, and under judgment: not the same."
)
JUDGED = "Keep one row, and its name everywhere: you judged them to be the same."


def list_twins(reading: Reading) -> list[InputProblem]:
    """Say which organizations may be one, entered twice; what the file judges is obeyed."""
    from ..linkage.match import are_affiliated, match_organizations  # they need scipy

    organizations = reading.tables["organizations"]
    if _is_too_much(organizations):
        return [_tell_unseen(reading, len(organizations))]
    told = {name: reading.tables[name] for name in TOLD if name in reading.tables}
    net = Network(told, reading.vocabulary, ())
    pairs = match_organizations(net, judgments=net.rows("judgments")).table
    pairs = pairs[~are_affiliated(net, pairs)]
    rows = organizations.set_index("id", drop=False)
    position = {id_: k for k, id_ in enumerate(organizations["id"])}
    return [
        _tell(reading, pair, rows.loc[pair.a].to_dict(), rows.loc[pair.b].to_dict(), position)
        for pair in pairs.itertuples()
    ]


def _is_too_much(organizations: pd.DataFrame) -> bool:
    nowhere = (organizations["zip"] == "") & (organizations["county_fips"] == "")
    return len(organizations) > MOST_LOOKED_AT or int(nowhere.sum()) > MOST_NOWHERE


def _tell_unseen(reading: Reading, count: int) -> InputProblem:
    return InputProblem(
        Where(reading.listed.file, reading.listed.sheet),
        f"{count:,} organizations, too many of them without a ZIP code or county",
        ALLOWED,
        "Likely doubles were not looked for. Give ZIP codes or counties.",
        level="note",
        table="organizations",
    )


def _tell(
    reading: Reading,
    pair: Any,
    first: Mapping[str, str],
    second: Mapping[str, str],
    position: Mapping[str, int],
) -> InputProblem:
    a, b = sorted((position[pair.a], position[pair.b]))
    one, other = (first, second) if a == position[pair.a] else (second, first)
    listed = reading.listed
    judged = pair.why == "judged to be the same"
    found = f'"{other["name"]}" and "{one["name"]}" in row {listed.rows[a]}: {pair.why}'
    return InputProblem(
        Where(*listed.places[b], listed.rows[b], "name"),
        found if judged else f"{found}{_say_what_decides(one, other)}",
        ALLOWED,
        JUDGED if judged else OPEN,
        level="note",
        table="organizations",
    )


def _say_what_decides(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """What of both would tell whether they are one; what is known of both has not."""
    lacking = [label for name, label in DECIDE.items() if not (one.get(name) and other.get(name))]
    return f"; the {join_words(lacking, final='or')} of both would tell" if lacking else ""
