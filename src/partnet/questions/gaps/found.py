"""The gaps of a network on its day, each kind worked out once."""

from __future__ import annotations

import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from .kind import OWN_KINDS, SETTLED, Gap, tabulate_gaps
from .kinds import list_kinds


@fact
def list_gaps(here: Network, kind: str) -> tuple[Gap, ...]:
    """Give everything judged of one kind, also what is settled.

    Partners and the public are told of rules, agreements and visits of the reader alone.
    """
    found = tuple(list_kinds()[kind].find(here))
    if here.audience == "internal" or kind not in OWN_KINDS:
        return found
    own = here.reader
    return tuple(gap for gap in found if own and own in (gap.organization, gap.other))


@fact
def tabulate_judged(here: Network, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Give everything judged of some kinds, without what concerns only neighbors."""
    found = [gap for kind in kinds for gap in list_gaps(here, kind)]
    return _drop_context(here, tabulate_gaps(here, found))


def tabulate_open(here: Network, kinds: tuple[str, ...] | None = None) -> pd.DataFrame:
    """Give the open gaps of some kinds, default all, the most severe first: what others build on.

    Returns
    -------
    DataFrame
        The main table of :func:`partnet.find_gaps`.
    """
    judged = tabulate_judged(here, kinds or tuple(list_kinds()))
    return judged[~judged["status"].isin(SETTLED)].reset_index(drop=True)


def _drop_context(net: Network, gaps: pd.DataFrame) -> pd.DataFrame:
    """Leave out what concerns only neighbors that are kept as context."""
    if not net.is_context.any():
        return gaps
    own = net.organizations[~net.is_context.to_numpy()]
    parties = gaps["organization"].isin(own.index) | gaps["other"].isin(own.index)
    inside = gaps["place"].str[:2].isin(own["county_fips"].str[:2])
    nobody = gaps["organization"] == ""
    return gaps[parties | (nobody & (inside | (gaps["place"] == "")))].reset_index(drop=True)
