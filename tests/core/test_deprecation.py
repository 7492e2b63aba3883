"""Old names of arguments work for one release, and say the new ones."""

from __future__ import annotations

import inspect
import warnings

import pytest

from partnet.core.deprecation import dropped, list_deprecated, renamed
from partnet.core.errors import UsageError


@dropped("gaps")
@renamed(place="where")
def visit(net: str, where: str = "", *, days: int = 1) -> tuple[str, str, int]:
    """Say what arrived."""
    return net, where, days


def test_old_name_is_taken_and_the_warning_points_at_the_caller() -> None:
    with pytest.warns(DeprecationWarning, match="place is now called where") as told:
        assert visit("net", place="Knox", days=2) == ("net", "Knox", 2)  # type: ignore[call-arg]
    assert told[0].filename == __file__


def test_dropped_argument_is_left_aside() -> None:
    with pytest.warns(DeprecationWarning, match="gaps is no longer needed"):
        assert visit("net", "Knox", gaps=object()) == ("net", "Knox", 1)  # type: ignore[call-arg]


def test_new_names_warn_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert visit("net", where="Knox") == ("net", "Knox", 1)


def test_both_names_at_once_are_an_error() -> None:
    with pytest.raises(UsageError, match=r"^place: found it beside where\."):
        visit("net", where="Knox", place="Nora")  # type: ignore[call-arg]


def test_unknown_argument_is_still_refused() -> None:
    with pytest.raises(TypeError):
        visit("net", county="Knox")  # type: ignore[call-arg]


def test_signature_shows_new_names_only_and_old_ones_are_listed() -> None:
    assert [*inspect.signature(visit).parameters] == ["net", "where", "days"]
    assert list_deprecated(visit) == {"place": "where", "gaps": ""}


def test_what_moved_is_found_in_its_old_place() -> None:
    from partnet import safety

    with pytest.warns(DeprecationWarning, match=r"from partnet\.core\.wording\.saf"):
        assert safety.strip_controls("a\u061cb") == "ab"
