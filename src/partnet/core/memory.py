"""Facts: functions of a network, each worked out once for a network and its day."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from .network import Network

P = ParamSpec("P")
T = TypeVar("T")


def fact(work_out: Callable[Concatenate[Network, P], T]) -> Callable[Concatenate[Network, P], T]:
    """Remember what a function says of a network; arguments after the network must be hashable.

    A fact depends on nothing but the network (which knows its day) and the arguments. Tables are
    handed out as copies, so that nobody changes what others are told.

    Examples
    --------
    >>> import partnet as pn
    >>> asked = []
    >>> @fact
    ... def count_services(here):
    ...     asked.append(here.day)
    ...     return len(here.rows("services"))
    >>> here = pn.load_sample("prairie").at()
    >>> count_services(here) == count_services(here), len(asked)
    (True, 1)
    """
    asks = signature(work_out)
    all_given = len(asks.parameters) - 1

    @wraps(work_out)
    def remember(net: Network, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key: Hashable = (work_out, *args)
        if kwargs or len(args) != all_given:  # binding takes longer than most look-ups
            asked = asks.bind(net, *args, **kwargs)
            asked.apply_defaults()  # an argument left out is the same wish as its default
            key = (work_out, *list(asked.arguments.values())[1:])
        if key not in net._facts:
            net._facts[key] = work_out(net, *args, **kwargs)
        return _hand_out(net._facts[key])

    return remember


def _hand_out(value: T) -> T:
    """Copy tables without their data, as pandas copies on write; also those in a dict."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.copy(deep=False)
    if type(value) is dict:
        return cast(T, {key: _hand_out(item) for key, item in cast(dict[Any, Any], value).items()})
    return value
