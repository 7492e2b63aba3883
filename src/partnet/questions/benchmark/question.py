"""Several networks side by side: where ours stands, and what cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import hypot

import pandas as pd

from ...core.arguments import checked
from ...core.checks import check_count
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result
from ...core.storage.shapes import show
from .comparable import NO, Comparable, judge
from .measured import NAN, RESTS_ON, TIES, WIDE, Measured, measure_network
from .shown import ABOUT, SHOWN, SIDE_BY_SIDE, STANDING
from .text import describe_method, say_benchmark

DRAWS = 200  # bootstrap samples: a standard error is then known to about 5 %
Verdicts = dict[tuple[str, str], Comparable]  # by network and statistic


@checked
def benchmark_networks(
    net: Network,
    others: Sequence[Network],
    *,
    as_of: str | pd.Timestamp | None = None,
    relations: Sequence[str] | None = None,
    draws: int = DRAWS,
) -> Result:
    """Say where our network stands among others, and what of them cannot be compared.

    Compared are the mean number of partners, density, transitivity, the share without a tie,
    services for each organization, mean value and trust, and the share of goals reached or on
    track. Of ties, only relations count that all networks (with any) have on file, and only among
    those who answered. For every other network and statistic it is judged whether they can be
    compared:

    * *no*: it is not known in one; no relation is shared; ties come from a roster in one and from
      free recall, or from no survey, in the other; densities of networks of which one has more
      than 1.5 times as many organizations.
    * *with care*: fewer than 60 % of those asked answered; much fewer raters; goals and lists of
      services, which every network keeps its own way; more than two years apart.

    Value, trust and goals are shown only where every network is for inside use.

    A place is given among those that can be compared. A difference is *clear* where it is more
    than 1.96 sqrt(e1^2 + e2^2), e the standard error over resampled organizations.

    Parameters
    ----------
    net : Network
        Ours.
    others : sequence of Network
        Networks of other coalitions or States, on the newest date of each.
    as_of : str or Timestamp, optional
        The day to judge ours on; default: the newest date in its tables.
    relations : sequence of str, optional
        Relations to compare; default: the working relations on file in all of them.
    draws : int, default 200
        Bootstrap samples (seeded); none in networks of more than 500 organizations.

    Returns
    -------
    Result
        ``.table``: one row a statistic, with our value, our place and the span of the others.
        ``.tables``: ``networks`` (every value side by side, with the verdict and why) and
        ``about`` (how large each is, how it was asked, how many answered).

    Raises
    ------
    UsageError
        No other network is given, or a relation is unknown.

    See Also
    --------
    compare_networks : The same network in several waves.
    find_peer_states : The States most like ours.

    References
    ----------
    Snijders, T. A. B., & Borgatti, S. P. (1999). Non-parametric standard errors and tests for
    network statistics. Connections 22(2), 161-170.

    Examples
    --------
    >>> import partnet as pn
    >>> ours = pn.load_sample("prairie")
    >>> found = pn.benchmark_networks(ours, [pn.load_sample("prairie_2024")], draws=20)
    >>> found.claims["networks"]["networks"]
    1
    """
    check_count("draws", draws, least=2)
    given = [others] if isinstance(others, Network) else list(others)
    _check_others(given)
    nets = [net.at(as_of), *(other.at() for other in given)]
    chosen = relations or _find_shared(nets)
    labels = _make_labels(nets)
    inside = all(each.audience == "internal" for each in nets)
    ours, *rest = (
        measure_network(each, label, chosen, draws, inside=inside)
        for each, label in zip(nets, labels, strict=True)
    )
    verdicts = {(o.label, s): judge(s, ours, o) for o in rest for s in RESTS_ON}
    standing = pd.DataFrame([_stand(s, ours, rest, verdicts) for s in RESTS_ON])
    networks = _list_networks(ours, rest, verdicts)
    return Result(
        verb="benchmark_networks",
        title="Among other networks",
        table=standing[STANDING.names],
        sentences=tuple(say_benchmark(ours, rest, standing, networks)),
        method=describe_method(chosen, draws),
        tables={"networks": networks, "about": _list_about((ours, *rest))},
        shown=SHOWN,
        as_of=nets[0].day,
        paper="Benchmark",
        network=net.title,
    )


def _check_others(others: Sequence[object]) -> None:
    for other in others:
        if not isinstance(other, Network):
            raise UsageError(
                f"others: found {show(other)}. Allowed is a list of networks, as read_network "
                "gives them. Read them first."
            )
    if not others:
        raise UsageError(
            "others: found no network. A benchmark holds ours against one or more. Give them."
        )


def _working(net: Network) -> tuple[str, ...]:
    return tuple(r for r in net.vocabulary.working_relations if r in net.scale)


def _find_shared(nets: Sequence[Network]) -> tuple[str, ...]:
    """The working relations that all networks with any have on file."""
    known = [found for net in nets if (found := _working(net))]
    return tuple(r for r in known[0] if all(r in found for found in known)) if known else ()


def _make_labels(nets: Sequence[Network]) -> list[str]:
    """Titles that differ: of those called alike the number of the network is added."""
    twice = Counter(net.title for net in nets)
    return [
        net.title if twice[net.title] == 1 else f"{net.title} ({number})"
        for number, net in enumerate(nets, start=1)
    ]


def _stand(
    statistic: str, ours: Measured, others: Sequence[Measured], verdicts: Verdicts
) -> dict[str, object]:
    """Our place in one statistic, among those that can be compared."""
    kept = [o for o in others if verdicts[o.label, statistic].verdict != NO]
    values = pd.Series([o.values[statistic] for o in kept], dtype="float64")
    value = ours.values[statistic]
    clear = [_tell_apart(statistic, ours, o) for o in kept]
    drawn = RESTS_ON[statistic] == TIES and kept and all(c is not None for c in clear)
    return {
        "statistic": statistic,
        "key": statistic.replace(" ", "_"),
        "ours": value,
        "rank": 1 + int((values.round(9) > round(value, 9)).sum()) if kept else NAN,
        "of": 1 + len(kept) if value == value else 0,
        "lowest": values.min(),
        "median": values.median(),
        "highest": values.max(),
        "clearly_above": sum(c == 1 for c in clear) if drawn else NAN,
        "clearly_below": sum(c == -1 for c in clear) if drawn else NAN,
        "left_out": len(others) - len(kept),
    }


def _tell_apart(statistic: str, ours: Measured, other: Measured) -> int | None:
    """1 above, -1 below, 0 not beyond chance; ``None`` where no error was drawn."""
    error = hypot(ours.errors.get(statistic, NAN), other.errors.get(statistic, NAN))
    if error != error:
        return None
    difference = ours.values[statistic] - other.values[statistic]
    return int(difference > WIDE * error) - int(difference < -WIDE * error)


def _list_networks(ours: Measured, others: Sequence[Measured], verdicts: Verdicts) -> pd.DataFrame:
    rows = []
    for statistic in RESTS_ON:
        for each in (ours, *others):
            found = verdicts.get((each.label, statistic), Comparable("ours"))
            rows.append(
                (each.label, statistic, each.values[statistic], *each.interval(statistic),
                 found.verdict, found.why)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=SIDE_BY_SIDE.names)


def _list_about(all_: Sequence[Measured]) -> pd.DataFrame:
    rows = [
        (m.label, m.net.day, m.net.n, m.organizations, m.asked, m.response_rate, m.raters)
        for m in all_
    ]
    table = pd.DataFrame(rows, columns=ABOUT.names)
    return table.assign(day=pd.to_datetime(table["day"]))
