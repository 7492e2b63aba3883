"""One report works out each fact once."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections import Counter
from types import CodeType, FrameType
from typing import Any

import pytest

import partnet as pn
from partnet import facts, questions
from partnet.core.memory import fact

from ..builders import load_anew


def list_facts() -> dict[CodeType, str]:
    """Every function marked @fact, by the code behind it."""
    found = {}
    for package in (facts, questions):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, thing in vars(importlib.import_module(module.name)).items():
                inner = getattr(thing, "__wrapped__", None)
                if inner is not None and getattr(thing, "__code__", None) is MARK:
                    found[inner.__code__] = f"{module.name}.{name}"
    return found


@fact
def _example(here: pn.Network) -> int:
    return here.n


MARK = _example.__code__  # the wrapper that all facts share


@pytest.mark.slow  # every call of every function is looked at
def test_a_report_works_out_each_fact_once() -> None:
    known = list_facts()
    assert len(known) > 20
    asked: Counter[tuple[Any, ...]] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in known:
            code = frame.f_code
            names = code.co_varnames[1 : code.co_argcount]
            given = tuple(repr(frame.f_locals[name]) for name in names)
            net = frame.f_locals[code.co_varnames[0]]
            asked[(known[code], net.day, net.n, given)] += 1

    net = load_anew("prairie")
    sys.setprofile(count)
    try:
        pn.build_report(net, as_of="2026-06-30")
    finally:
        sys.setprofile(None)
    assert len(asked) > 20
    assert {key: times for key, times in asked.items() if times > 1} == {}
