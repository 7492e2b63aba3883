"""Docstrings of the public face: complete, and with an example that runs."""

from __future__ import annotations

import inspect

import pytest
from numpydoc.validate import validate

import partnet

# What numpydoc asks and the house does otherwise: a summary that spans lines is allowed, sections
# end without a point where they are lists, and See Also stands only where another verb is near.
LEFT_OUT = {
    "GL01",  # the summary stands on the first line
    "GL08",  # of a property that is a dataclass field
    "ES01",  # an extended summary is not always needed
    "SA01",
    "SS06",
    "RT03",
    "EX01",  # counted below, for verbs
    "PR02",  # fields of a dataclass are attributes
    "PR10",
    "YD01",
}
VERBS = sorted(name for name in partnet.__all__ if inspect.isfunction(getattr(partnet, name)))


@pytest.mark.parametrize("name", partnet.__all__)
def test_docstrings_are_complete(name: str) -> None:
    thing = getattr(partnet, name)
    found = validate(f"{thing.__module__}.{thing.__qualname__}")
    left_out = LEFT_OUT | ({"PR01"} if inspect.isclass(thing) else set())
    wrong = [f"{code}: {text}" for code, text in found["errors"] if code not in left_out]
    assert not wrong, f"{name}: {wrong}"


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_an_example(name: str) -> None:
    assert ">>> " in (inspect.getdoc(getattr(partnet, name)) or ""), name
