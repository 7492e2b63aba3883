"""Arguments of public functions held against their declared types, before anything uses them."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from numbers import Integral, Real
from typing import Any, ParamSpec, TypeVar

from .errors import UsageError
from .storage.shapes import Shape, show

P = ParamSpec("P")
R = TypeVar("R")


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse an argument of another type than the declared one by the name the caller used.

    The annotation says what is allowed; a type that is not in `KINDS` is the function's own to
    check. A text where a list of texts is declared is a list of one.

    Examples
    --------
    >>> @checked
    ... def plan(budget: int = 10, *, kinds: Sequence[str] = ()):
    ...     return budget, kinds
    >>> plan(5, kinds="hospital")
    (5, ['hospital'])
    >>> plan("many")
    Traceback (most recent call last):
    partnet.core.errors.UsageError: budget: found 'many'. Allowed is a whole number. Give ...
    """
    signature = inspect.signature(function)

    @wraps(function)
    def call(*args: P.args, **given: P.kwargs) -> R:
        try:
            bound = signature.bind(*args, **given)
        except TypeError:  # one too many, or none where one is needed: Python says it best
            return function(*args, **given)
        for name, value in bound.arguments.items():
            parameter = signature.parameters[name]
            if value is not parameter.default:
                bound.arguments[name] = _take(parameter, value)
        return function(*bound.args, **bound.kwargs)

    return call


def _take(parameter: inspect.Parameter, value: Any) -> Any:
    """Give the value of an argument, or refuse it."""
    shapes = _read_annotation(str(parameter.annotation))
    if not shapes or parameter.kind is parameter.VAR_KEYWORD:
        return value
    if parameter.kind is parameter.VAR_POSITIONAL:
        one = parameter.replace(kind=parameter.POSITIONAL_ONLY)
        return tuple(_take(one, each) for each in value)
    if _WHOLE in shapes and _WHOLE.fits(value):
        return int(value)  # one of numpy is as good
    if TEXTS in shapes:
        value = _list_texts(value, alone=_TEXT not in shapes)
    if not any(shape.fits(value) for shape in shapes):
        words = " or ".join(dict.fromkeys(shape.words for shape in shapes if shape.words))
        end = "." if parameter.default is parameter.empty else ", or leave it out."
        raise UsageError(
            f"{parameter.name}: found {show(value)}. Allowed is {words}. Give one{end}"
        )
    return value


def _list_texts(value: Any, *, alone: bool) -> Any:
    """A list of what can be gone through once, or is no list; with `alone`, of one text too."""
    if isinstance(value, str):
        return [value] if alone and _is_text(value) else value
    several = isinstance(value, Iterable) and not isinstance(value, list | tuple | bytes | Mapping)
    return list(value) if several and not _is_a("Network", "DataFrame")(value) else value


@cache
def _read_annotation(annotation: str) -> tuple[Shape, ...]:
    """The shapes that an annotation allows; none where it names a type that is not known here."""
    names = _split(annotation)
    shapes = [_read_name(name) for name in names]
    if "Path" in names:
        shapes = [PATH if name == "str" else s for name, s in zip(names, shapes, strict=True)]
    known = [shape for shape in shapes if shape is not None]
    return tuple(known) if len(known) == len(shapes) else ()


def _split(annotation: str) -> list[str]:
    """The parts of a union: ``"str | Mapping[str, int | None]"`` has two."""
    parts, depth = [""], 0
    for letter in annotation:
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _read_name(name: str) -> Shape | None:
    """The shape of one type by its name; None where it is not known here."""
    if name in KINDS:
        return KINDS[name]
    outer, _, inner = name.removesuffix("]").partition("[")
    if outer == "Mapping":
        item = KINDS.get(inner.partition(",")[2].strip())
        return item and _mapping_of(item)
    return None


def _is_a(*names: str) -> Callable[[Any], bool]:
    """Whether a value is of a class of such a name: the class itself need not be imported."""
    return lambda value: any(each.__name__ in names for each in type(value).__mro__)


def _list_of(item: Shape, words: str) -> Shape:
    def fits(value: Any) -> bool:
        return isinstance(value, list | tuple) and all(map(item.fits, value))

    return Shape(words, fits)


def _mapping_of(item: Shape) -> Shape:
    def fits(value: Any) -> bool:
        named = isinstance(value, Mapping) and all(isinstance(key, str) for key in value)
        return named and all(map(item.fits, value.values()))

    return Shape(f"a dictionary, each entry {item.words}", fits)


def _is_text(value: Any) -> bool:
    """Whether it is a text that can be written to a file: half a character cannot."""
    try:
        return isinstance(value, str) and bool(value.encode("utf-8") or True)
    except UnicodeEncodeError:
        return False


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and value == value  # not nan


def _is_switch(value: Any) -> bool:
    """Whether it is True or False, 1 or 0 for them, or such a value of numpy."""
    number = isinstance(value, Integral) and value in (0, 1)
    return number or getattr(getattr(value, "dtype", None), "kind", "") == "b"


def _is_path(value: Any) -> bool:
    """Whether a system takes it for a path."""
    try:
        found = os.fspath(value)
        return isinstance(found, str) and bool(found.strip()) and b"\0" not in os.fsencode(found)
    except (TypeError, UnicodeEncodeError):
        return False


def _is_source(value: Any) -> bool:
    """Whether a network is read from it: a path, or tables by name."""
    return _is_path(value) or isinstance(value, Mapping)


def _is_pairs(value: Any) -> bool:
    """Whether it is one text such as "A = B", or a list of such texts and of pairs."""
    listed = [value] if isinstance(value, str) else value
    return isinstance(listed, list | tuple) and all(
        _is_text(each)
        or (isinstance(each, list | tuple) and len(each) == 2 and all(map(_is_text, each)))
        for each in listed
    )


_TEXT = Shape("a text", _is_text)
_WHOLE = Shape("a whole number", _is_whole)
_NUMBER = Shape("a number", _is_number)
_NETWORK = Shape("a network (as read_network gives it)", _is_a("Network"))
_TABLE = Shape("a table (a pandas DataFrame)", _is_a("DataFrame"))
PATH = Shape("the path of a file or folder", _is_path)
TEXTS = _list_of(_TEXT, "a list of texts")

KINDS: Mapping[str, Shape] = {
    "None": Shape("", lambda value: value is None),
    "str": _TEXT,
    "int": _WHOLE,
    "float": _NUMBER,
    "bool": Shape("True or False", _is_switch),
    "Path": PATH,
    "Sequence[str]": TEXTS,
    "Iterable[str]": TEXTS,
    "Sequence[Network]": _list_of(_NETWORK, "a list of networks"),
    "Network": _NETWORK,
    "Layer": Shape("a layer (as build_layer gives it)", _is_a("Layer")),
    "Result": Shape("a result (as a verb gives it)", _is_a("Result")),
    "Vocabulary": Shape("a vocabulary", _is_a("Vocabulary")),
    "pd.DataFrame": _TABLE,
    "pd.Series": Shape("a column (a pandas Series)", _is_a("Series")),
    "Source": Shape("a path, or tables (pandas DataFrames) by name", _is_source),
    "Pairs": Shape('a list of pairs of texts, or of texts such as "A = B"', _is_pairs),
    "Progress": Shape("a function", callable),
    "Axes": Shape("axes of matplotlib", _is_a("Axes")),
}
