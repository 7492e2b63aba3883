"""Kernels are kept on disk; whatever is wrong with what is kept there, they are compiled anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnet.measures.kernels import cache
from partnet.measures.kernels.cache import KernelCache, list_places, seal, stamp_sources, unseal


def compile_in_child(place: Path | str, **settings: str) -> str:
    """Compile one kernel in a process of its own; what it says."""
    code = Path(__file__).parent / "one_kernel.py"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(place), **settings}
    done = subprocess.run(
        [sys.executable, str(code)], env=environment, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_damaged_file_is_no_kernel() -> None:
    whole = seal(b"kernel")
    assert unseal(whole) == b"kernel"
    broken = [whole[:k] for k in range(len(whole))] + [whole + b"x", b"\x00" * 100]
    broken += [whole[:k] + bytes([whole[k] ^ 1]) + whole[k + 1 :] for k in range(len(whole))]
    assert not any(unseal(content) is not None for content in broken)


@pytest.mark.slow
def test_a_kernel_is_loaded_where_it_is_whole_and_compiled_anew_where_not(tmp_path: Path) -> None:
    assert "compiled" in compile_in_child(tmp_path)
    (kept,) = (tmp_path / "partnet").glob("*.nbc")
    whole = kept.read_bytes()
    assert "compiled" not in compile_in_child(tmp_path)
    for damage in (b"", whole[:50], whole[:-1] + b"?", b"\x80\x04cposix\nsystem\n"):
        kept.write_bytes(damage)
        assert "compiled" in compile_in_child(tmp_path)
        assert unseal(kept.read_bytes()) is not None


def test_without_a_place_it_works_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    said = compile_in_child(tmp_path / "file")
    assert (
        "compiled" in said and "found no folder to keep them. Name one in NUMBA_CACHE_DIR" in said
    )


def test_a_full_disk_is_no_reason_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "_write", full)
    monkeypatch.setattr(cache, "find_place", lambda: tmp_path)
    KernelCache(seal).save_overload(
        (),
        type(
            "C",
            (),
            {
                "lifted": (),
                "library": type("L", (), {"has_dynamic_globals": False})(),
                "_reduce": lambda _: (),
                "codegen": None,
            },
        )(),
    )


def test_settings_in_the_current_folder_are_not_taken(tmp_path: Path) -> None:
    (tmp_path / ".numba_config.yaml").write_text("cache_dir: evil\ndisable_jit: 1\n: [broken")
    (tmp_path / "matplotlibrc").write_bytes(b"\xff\xfe broken")
    code = (
        "import partnet.measures.kernels.machine_code, partnet.views.draw, os; print(os.getcwd())"
    )
    quiet = {k: v for k, v in os.environ.items() if k != "PYTHONWARNDEFAULTENCODING"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        check=False, env=quiet,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and str(tmp_path) in done.stdout


def test_the_stamp_follows_what_a_kernel_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    from partnet.measures.kernels import reduction

    before = stamp_sources(reduction.find_twins.py_func)
    assert before == stamp_sources(reduction.find_twins.py_func)
    cache._hash_source.cache_clear()
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"another source")
    assert before != stamp_sources(reduction.find_twins.py_func)
    monkeypatch.undo()
    cache._hash_source.cache_clear()


def test_places_are_the_one_asked_for_or_package_and_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/asked")
    assert list(list_places()) == [Path("/asked/partnet")]
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert [place.name for place in list_places()] == ["__pycache__", "kernels"]
