"""Arguments of public functions: a wrong type is refused by the name the caller used."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import partnet as pn
from partnet.core.arguments import TEXTS, _list_texts, _read_annotation, checked

from ..builders import make_network

NET = make_network(["a", "b", "c"], [("a", "b"), ("b", "c")])
FUNCTIONS = sorted(name for name in pn.__all__ if inspect.isfunction(getattr(pn, name)))
# Of any type; what is right for an argument by chance is not tried with it.
ODD: tuple[Any, ...] = (
    object(), 7.5, [7], {"x": 1}, b"x", float("nan"), True, "\ud800", (), [None], [[]],
    np.array([1.0]), pd.NaT, pd.NA, pd.DataFrame(), pd.Series([], dtype=float), date(2026, 1, 1),
    NET, range(3), len,
)  # fmt: skip
NEEDED: dict[str, Any] = {
    "net": NET, "before": NET, "after": NET, "organization": "a", "partner": "b", "wave": "1",
    "path": "nowhere", "folder": "nowhere", "source": "nowhere", "output": "nowhere",
    "files": ["nowhere.csv"], "organizations": NET, "place": "x.duckdb",
    "others": [NET],
    "result": pn.find_gaps(NET),
}  # fmt: skip


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is to be written; if something were, then not here."""
    monkeypatch.chdir(tmp_path)


def declare(annotation: str) -> Any:
    """Give a function of one argument `kinds` that is declared so."""

    def call(kinds=...):  # type: ignore[no-untyped-def]
        return kinds

    call.__annotations__ = {"kinds": annotation}
    return checked(call)


@pytest.mark.parametrize(
    ("annotation", "right", "wrong"),
    [
        ("int", [0, -3, np.int64(2)], [True, 2.0, "2", None, [1]]),
        ("float | None", [0, 1.5, np.float32(2), None], [True, "2", float("nan")]),
        ("bool", [True, 0, 1, np.bool_(True)], [2, "yes", None, []]),
        ("str", ["", "a", "Müller"], [b"a", 7, "\ud800", ["a"]]),
        ("str | Path", ["a", Path("a")], [7, b"a", "a\0b", "\ud800", "", " "]),
        ("Sequence[str]", [["a"], (), ("a", "b")], [7, [7], {"a": 1}, b"a", pd.DataFrame()]),
        ("str | Sequence[str] | None", ["a", ["a"], None], [7, [7], {"a"} | {7}]),
        ("Mapping[str, float]", [{"a": 1.0}, {}], [{"a": "x"}, {7: 1.0}, ["a"]]),
        ("Network", [NET], ["a", pd.DataFrame()]),
        ("Network | pd.DataFrame", [NET, pd.DataFrame()], ["a", pd.Series([], dtype=float)]),
        ("Pairs | None", ["A = B", ["A = B", ("A", "B")], None], [7, [7], [("A",)], [None]]),
        ("Unknown | str", ["a", 7, None], []),  # the function's own to check
    ],
)
def test_what_an_annotation_allows(annotation: str, right: list[Any], wrong: list[Any]) -> None:
    call = declare(annotation)
    for value in right:
        found = call(kinds=value)
        assert found is value or found in (value, [value])
    for value in wrong:
        with pytest.raises(pn.UsageError, match=r"kinds: found .+\. Allowed is .+\. Give one"):
            call(kinds=value)


def test_a_text_is_a_list_of_one_and_an_iterator_is_gone_through_once() -> None:
    call = declare("Sequence[str] | None")
    assert call("hospital") == ["hospital"]
    assert call(iter(["a", "b"])) == ["a", "b"] and call(pd.Index(["a"])) == ["a"]
    assert declare("str | Sequence[str]")("hospital") == "hospital"


def test_missing_and_unknown_arguments_are_told_by_python() -> None:
    with pytest.raises(TypeError, match=r"find_gaps\(\) missing 1 required positional argument"):
        pn.find_gaps()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'nonsense'"):
        pn.find_gaps(NET, nonsense=1)  # type: ignore[call-arg]


def test_every_public_function_is_checked() -> None:
    assert [name for name in FUNCTIONS if not hasattr(getattr(pn, name), "__wrapped__")] == []
    assert len(FUNCTIONS) > 50


def list_wrong() -> list[tuple[str, str]]:
    return [
        (name, parameter.name)
        for name in FUNCTIONS
        if name != "load_sample"  # the suite keeps samples, and its own memory is asked first
        for parameter in inspect.signature(getattr(pn, name)).parameters.values()
        if _read_annotation(str(parameter.annotation))
        and parameter.kind is not parameter.VAR_POSITIONAL
    ]


@pytest.mark.parametrize(("name", "argument"), list_wrong())
def test_a_value_of_no_allowed_type_is_refused_by_name(name: str, argument: str) -> None:
    """Whatever the type: nothing is made, and nothing but a sentence comes back."""
    function = getattr(pn, name)
    parameters = inspect.signature(function).parameters
    needed = {
        p.name: NEEDED[p.name]
        for p in parameters.values()
        if p.name in NEEDED and p.default is p.empty and p.kind is not p.VAR_POSITIONAL
    }
    shapes = _read_annotation(str(parameters[argument].annotation))
    wrong = [value for value in ODD if not any(_may_be(shape, value) for shape in shapes)]
    assert len(wrong) > 8
    for value in wrong:
        with pytest.raises(pn.UsageError) as caught:
            function(**{**needed, argument: value})
        assert str(caught.value).startswith(f"{argument}: found "), repr(value)


def _may_be(shape: Any, value: Any) -> bool:
    """Whether a value may be meant: as it is, or as a list."""
    return bool(shape.fits(_list_texts(value, alone=True) if shape is TEXTS else value))
