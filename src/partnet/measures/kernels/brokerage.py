"""Between others: Burt's structural holes and the roles of Gould and Fernandez."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .cells import find_cell
from .compiling import kernel
from .in_order import list_cells

MOST_AT_ONCE = 500  # organizations with a table of all pairs
MOST_PATHS = 200_000  # over all brokers, listed at once


@kernel(small=10_000)
def measure_holes(
    indptr: Any,
    above: Any,
    indices: Any,
    data: Any,
    scale: Any,
    first: int,
    last: int,
    holes: Any,
) -> None:
    """Write constraint, effective size, efficiency, hierarchy of ``first:last`` to rows of holes.

    The matrix is symmetric: z_ij + z_ji; ``above`` is where the part of a row right of the diagonal
    begins. ``scale[0]`` is 1 / its row sums, ``scale[1]`` is 1 / its row maxima. One pass over the
    ties among the contacts of each ego, each tie once, gives all four.
    """
    n = indptr.size - 1
    shares, tops = scale[0], scale[1]
    position = np.empty(n, np.int32)
    position[:] = -1
    widest = 1
    for ego in range(first, last):
        widest = max(widest, indptr[ego + 1] - indptr[ego])
    direct = np.empty(widest)  # p_ij
    invested = np.empty(widest)  # p_ij + sum_q p_iq p_qj
    for ego in range(first, last):
        start, stop = indptr[ego], indptr[ego + 1]
        contacts = stop - start
        if contacts == 0:
            holes[:, ego] = np.nan
            continue
        for e in range(start, stop):
            position[indices[e]] = e - start
            direct[e - start] = invested[e - start] = data[e] * shares[ego]
        redundant = 0.0
        for here in range(contacts):
            q = np.int64(indices[start + here])
            through, share, top = direct[here], shares[q], tops[q]
            if contacts * 16 < indptr[q + 1] - above[q]:  # a hub: look its row up instead
                for k in range(here + 1, contacts):
                    j = np.int64(indices[start + k])
                    at = find_cell(indptr, indices, q, j)
                    if at >= 0:
                        invested[k] += through * data[at] * share
                        invested[here] += direct[k] * data[at] * shares[j]
                        redundant += (through * tops[j] + direct[k] * top) * data[at]
            else:
                for at in range(above[q], indptr[q + 1]):
                    j = indices[at]
                    k = position[j]
                    if k >= 0:
                        invested[k] += through * data[at] * share
                        invested[here] += direct[k] * data[at] * shares[j]
                        redundant += (through * tops[j] + direct[k] * top) * data[at]
        _sum_up(invested[:contacts], contacts - redundant, holes[:, ego])
        for e in range(start, stop):
            position[indices[e]] = -1


@kernel
def _sum_up(invested: Any, effective: float, holes: Any) -> None:
    """Write the four measures of an ego from what it invests in each contact."""
    contacts, total, uneven = invested.size, 0.0, 0.0
    for k in range(contacts):
        total += invested[k] * invested[k]
    for k in range(contacts):
        ratio = invested[k] * invested[k] * contacts / total
        uneven += ratio * math.log(ratio)
    holes[0], holes[1], holes[2] = total, effective, effective / contacts
    holes[3] = 1.0 if contacts == 1 else uneven / (contacts * math.log(contacts))


@kernel
def _role_of(before: int, broker: int, after: int) -> int:
    """Role on a path before -> broker -> after: row of the census; -1 if a group is not known."""
    if before < 0 or broker < 0 or after < 0:
        return -1
    if before == broker:
        return 0 if broker == after else 3
    if broker == after:
        return 2
    return 1 if before == after else 4


@kernel
def _count_open(groups: Any, ego: int, senders: Any, receivers: Any, incoming: Any) -> Any:
    """Census of one broker as if none of its paths were closed; leaves `incoming` zeroed."""
    roles = np.zeros(6, np.int64)
    roles[5] = senders.size * receivers.size
    own = groups[ego]
    known = 0
    for u in senders:
        if groups[u] >= 0:
            incoming[groups[u]] += 1
            known += 1
    if own >= 0:
        for w in receivers:
            g = groups[w]
            if g < 0:
                continue
            if g == own:
                roles[0] += incoming[own]
                roles[2] += known - incoming[own]
            else:
                roles[3] += incoming[own]
                roles[1] += incoming[g]
                roles[4] += known - incoming[own] - incoming[g]
    for u in senders:
        if groups[u] >= 0:
            incoming[groups[u]] = 0
    return roles


@kernel(small=5_000, calls=1_500)
def count_roles(
    indptr: Any,
    indices: Any,
    in_indptr: Any,
    in_indices: Any,
    groups: Any,
    first: int,
    last: int,
    census: Any,
) -> None:
    """Gould–Fernandez census of ``first:last``: paths u -> v -> w without a tie u -> w.

    Columns: coordinator, itinerant, gatekeeper, representative, liaison, all open paths. Group -1
    (not known) has no role but counts in the last column.
    """
    n = indptr.size - 1
    mark = np.empty(n, np.int32)
    mark[:] = -1
    most = -1
    for v in range(n):
        most = max(most, groups[v])
    incoming = np.zeros(most + 2, np.int64)
    for ego in range(first, last):
        senders = in_indices[in_indptr[ego] : in_indptr[ego + 1]]
        receivers = indices[indptr[ego] : indptr[ego + 1]]
        roles = _count_open(groups, ego, senders, receivers, incoming)
        for w in receivers:
            mark[w] = ego
        for u in senders:
            closed = np.int64(0)
            if mark[u] == ego:  # back to where it came from is no path between two
                role = _role_of(groups[u], groups[ego], groups[u])
                closed += 1
                if role >= 0:
                    roles[role] -= 1
            row = indices[indptr[u] : indptr[u + 1]]
            if receivers.size * 16 < row.size:  # a hub: look its row up instead
                for w in receivers:
                    if find_cell(indptr, indices, np.int64(u), np.int64(w)) >= 0:
                        closed += 1
                        role = _role_of(groups[u], groups[ego], groups[w])
                        if role >= 0:
                            roles[role] -= 1
            else:
                for w in row:
                    if mark[w] == ego:
                        closed += 1
                        role = _role_of(groups[u], groups[ego], groups[w])
                        if role >= 0:
                            roles[role] -= 1
            roles[5] -= closed
        for role in range(6):
            census[ego, role] = roles[role]


@count_roles.in_python
def _count_at_once(
    indptr: Any,
    indices: Any,
    in_indptr: Any,
    in_indices: Any,
    groups: Any,
    first: int,
    last: int,
    census: Any,
) -> Any:
    n = indptr.size - 1
    coming = slice(in_indptr[first], in_indptr[last])
    senders = in_indices[coming]
    brokers = np.repeat(np.arange(first, last), np.diff(in_indptr[first : last + 1]))
    if n > MOST_AT_ONCE or np.diff(indptr)[brokers].sum() > MOST_PATHS:
        return NotImplemented
    closed = np.eye(n, dtype=np.bool_)
    closed[np.repeat(np.arange(n), np.diff(indptr)), indices] = True
    cells, which = list_cells(indptr, brokers)
    open_ = np.flatnonzero(~closed[senders[which], indices[cells]])
    which, broker = which[open_], brokers[which[open_]]
    before, own, after = groups[senders[which]], groups[broker], groups[indices[cells[open_]]]
    role = np.where(
        before == own,
        np.where(own == after, 0, 3),
        np.where(own == after, 2, np.where(before == after, 1, 4)),
    )
    known = (before >= 0) & (own >= 0) & (after >= 0)
    row = broker - first
    counts = np.bincount(row[known] * 6 + role[known], minlength=6 * (last - first))
    census[first:last] = counts.reshape(-1, 6)
    census[first:last, 5] = np.bincount(row, minlength=last - first)
    return None
