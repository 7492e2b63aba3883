"""What readers of county files share: a row becomes attributes of a county."""

from __future__ import annotations

from collections.abc import Mapping

from ...places.gazetteer import state_of
from .family import RowCollector


def keep_county(
    row: int, fips: str, found: str, attributes: Mapping[str, str], collector: RowCollector
) -> None:
    """Keep the attributes that a row gives of a county; without a county it is set aside."""
    state = state_of(fips)
    if collector.is_elsewhere(row, state):
        return
    if not fips:
        allowed = "The Census knows no county by this code."
        collector.set_aside(row, "FIPS", f'"{found}"', allowed)
        return
    collector.use(row, fips)
    for column, text in attributes.items():
        if text:
            cells = {"county_fips": fips, "column": column, "value": text}
            collector.add_row("counties", row, cells)
