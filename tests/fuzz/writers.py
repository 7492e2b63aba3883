"""Everything that partnet writes: each command with an output, in each of its formats.

The works of ``kills`` are killed at every step; these go the same one way to the disk, and are
tried where a disk fills up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pandas as pd

import partnet as pn
from partnet.cli import cli
from partnet.io.formats.registry import FORMATS

from ..public.readers.files import write_hospitals, write_pilot
from .kills import DAY, NET, OLD, WORKS, Work, run_command

BRIEFS = ("html", "docx", "pptx", "xlsx", "json", "csv")
PICTURES = ("svg", "png", "pdf")
TOOLS = ("xlsform", "redcap", "qualtrics", "forms")
STORES = ("nation.duckdb", "nation")
OF_STORE = ("components", "coverage", "degree", "investment", "pagerank", "shared-partners",
            "affinity", "link", "candidates")  # fmt: skip
WORDS = {"candidates": ("ccn-281301",)}  # whom to ask about


def _make(*words: object, where: str = "net") -> Work:
    """A command about a network: its output made once, and again of another network."""

    def prepare(place: Path) -> None:
        pn.write_network(OLD, place / where)
        _run(place, words, where)
        pn.write_network(NET, place / where)

    return Work(prepare, lambda place: _run(place, words, where))


def _run(place: Path, words: tuple[object, ...], where: str) -> None:
    command, *rest = words
    name = rest.pop()
    run_command(command, place / where, *rest, "-o", place / str(name), "--as-of", DAY)


def _export(name: str, end: str) -> Work:
    """A file of another program, and its side file, made again of another network."""
    path = f"out{end}"
    return Work(
        lambda place: _forget(pn.export_network(OLD, place / path, format=name)),
        lambda place: pn.export_network(NET, place / path, format=name),
    )


def _forget(_: object) -> None:
    """Give nothing."""


def _form(tool: str) -> Work:
    return Work(
        lambda place: None,
        lambda place: pn.write_questionnaires(OLD, place / "wave", tool=tool, wave="2027"),
    )


def _put_grid(place: Path) -> None:
    """An export of a survey tool, not yet mapped."""
    pn.write_network(OLD, place / "net")
    rows = {"Your organization": ["A", "B"], "Who works with you? [A]": ["", "yes"],
            "Who works with you? [B]": ["yes", ""]}  # fmt: skip
    pd.DataFrame(rows).to_csv(place / "export.csv", index=False)


def _map(place: Path) -> None:
    run_command(
        *("survey", "map", place / "export.csv", place / "net", "-o", place / "mapping.toml")
    )


def _put_files(place: Path) -> None:
    write_hospitals(place)
    write_pilot(place)


def _load(place: Path, home: str, name: str = "cms.csv") -> None:
    run_command("store", "build", place / name, "-o", place / home)


def _put_store(place: Path, home: str) -> None:
    _put_files(place)
    _load(place, home)


def _put_both(place: Path) -> None:
    """A store with money in it."""
    _put_store(place, STORES[0])
    _load(place, STORES[0], "fcc.csv")


def _of_store(command: str) -> Work:
    return Work(
        _put_both,
        lambda place: run_command(
            "store", command, place / STORES[0], *WORDS.get(command, ()), "-o", place / "rows.csv"
        ),
    )


def _extract(place: Path) -> None:
    run_command("store", "extract", place / STORES[0], "-o", place / "ne", "--state", "NE")


def _write_states(place: Path) -> None:
    from partnet.store.reports import Wanted, write_state_reports
    from partnet.store.store import open_store

    with open_store(place / STORES[0], read_only=True) as store:
        write_state_reports(store, place / "states", Wanted(DAY, suffix=".json"), states=["NE"])


BASE: dict[str, Work] = {
    **{f"report.{end}": _make("report", f"report.{end}") for end in BRIEFS[:-1]},
    **{f"brief.{end}": _make("gaps", f"brief.{end}") for end in BRIEFS},
    **{f"picture.{end}": _make("draw", f"picture.{end}") for end in PICTURES},
    **{f"map.{end}": _make("draw", "--map", f"map.{end}") for end in PICTURES},
    **{
        f"export {one.name}": _export(one.name, "" if one.folder else one.suffixes[0])
        for one in FORMATS
        if one.write is not None
    },
    **{f"form for {tool}": _form(tool) for tool in TOOLS},
    "survey map": Work(_put_grid, _map),
    "whole template": Work(
        lambda place: None, lambda place: pn.write_template(place / "t.xlsx", all_tables=True)
    ),
    "template of a survey": Work(
        lambda place: None,
        lambda place: run_command("template", place / "t.xlsx", "--survey", "alliance"),
    ),
}  # fmt: skip
STORE: dict[str, Work] = {
    **{
        f"store build {home}": Work(
            lambda place, home=home: _put_store(place, home),  # type: ignore[misc]
            lambda place, home=home: _load(place, home, "fcc.csv"),  # type: ignore[misc]
        )
        for home in STORES
    },
    **{f"store {command}": _of_store(command) for command in OF_STORE},
    "store extract": Work(lambda place: _put_store(place, STORES[0]), _extract),
    "reports of States": Work(lambda place: _put_store(place, STORES[0]), _write_states),
}
WRITERS: dict[str, Work] = {**WORKS, **BASE, **STORE}
COMMANDS = {  # commands that write something else than a brief, each by one of its works
    "build": "build", "check": "marked.xlsx", "checkpack": "pack", "draw": "map.svg",
    "explore": "page.html", "export": "export graphml", "report": "report.html",
    "store build": "store build nation", "store extract": "store extract",
    "survey collect": "survey collect", "survey map": "survey map", "survey new": "questionnaires",
    **{f"store {name}": f"store {name}" for name in OF_STORE},
}  # fmt: skip


def list_outputs(command: click.Command = cli, name: str = "") -> Iterator[tuple[str, str]]:
    """Every command that writes a file, with what its option says of it."""
    if isinstance(command, click.Group):
        for inner, each in command.commands.items():
            yield from list_outputs(each, f"{name} {inner}".strip())
        return
    for option in command.params:
        if "-o" in option.opts:
            yield name, str(getattr(option, "help", ""))
