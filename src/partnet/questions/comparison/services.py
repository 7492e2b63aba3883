"""What came and went between waves beside ties: services, and what counties need."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.network import Network
from ...core.rows.spelling import fold_label
from ...places.gazetteer import county_name
from .shown import SHOWN_NEEDS, SHOWN_SERVICES

NEW, GONE = "new", "gone"
BETTER, WORSE, SAME, CHANGED = "better", "worse", "same", "changed"
Offered = dict[str, dict[str, str]]  # services by organization: as written, by folded word


def list_services(waves: Sequence[Network]) -> pd.DataFrame:
    """Give the services that are new or not on file any more, first wave against last.

    Only of organizations with services on file in both: without any, what one offers is not known.
    """
    offered = [_read_services(wave) for wave in waves]
    first, last = offered[0], offered[-1]
    rows = []
    for id_ in waves[-1].ids:
        if id_ not in first or id_ not in last:
            continue
        for service in sorted(first[id_].keys() ^ last[id_].keys()):
            ran = [f"{k}" for k, each in enumerate(offered, 1) if service in each.get(id_, {})]
            change = NEW if service in last[id_] else GONE
            label = (last if change == NEW else first)[id_][service]
            rows.append((id_, waves[-1].name(id_), label, change, ", ".join(ran)))
    return pd.DataFrame(rows, columns=SHOWN_SERVICES.names)


def count_offering(waves: Sequence[Network]) -> int:
    """Count the organizations with services on file in the first and in the last wave."""
    first, last = (_read_services(wave) for wave in (waves[0], waves[-1]))
    return len(first.keys() & last.keys())


def _read_services(wave: Network) -> Offered:
    rows = wave.rows("services")
    found: Offered = {}
    for organization, service in zip(rows["organization"], rows["service"], strict=True):
        if organization and service:
            found.setdefault(organization, {}).setdefault(fold_label(service), service)
    return found


def list_needs(waves: Sequence[Network]) -> pd.DataFrame:
    """Give what became of every indicator of a county on file in the first and the last wave.

    The newest value of each wave counts. Where the file does not say whether higher or lower is
    worse, it is only said that it changed.
    """
    first, last = (_read_needs(wave) for wave in (waves[0], waves[-1]))
    both = last.index.intersection(first.index)
    rows = []
    for key in sorted(both):
        was, now = first.loc[key], last.loc[key]
        county, _ = key
        change = float(now["value"]) - float(was["value"])
        direction = now["direction"] or was["direction"]
        rows.append(
            (county, county_name(county) or county, now["indicator"], was["value"], now["value"],
             change, was["year"], now["year"], _judge(change, direction))
        )  # fmt: skip
    return pd.DataFrame(rows, columns=SHOWN_NEEDS.names)


def _read_needs(wave: Network) -> pd.DataFrame:
    """The newest value of each indicator, by county and folded indicator."""
    rows = wave.rows("needs")
    rows = rows[rows["value"].notna()].sort_values("year", kind="stable", na_position="first")
    keys = ["county_fips", rows["indicator"].map(fold_label).rename("key")]
    newest = rows.groupby(keys).tail(1)
    folded = newest["indicator"].map(fold_label)
    newest.index = pd.MultiIndex.from_arrays([newest["county_fips"], folded])
    return newest[["indicator", "value", "year", "direction"]]


def _judge(change: float, direction: str) -> str:
    if change == 0:
        return SAME
    if not direction:
        return CHANGED
    return WORSE if (change > 0) == (direction == "higher is worse") else BETTER
