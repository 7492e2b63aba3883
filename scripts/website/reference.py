"""Pages of the reference, written from what the code declares: nothing here is typed by hand."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

import click

import partnet

Row = Sequence[str]

# Rooms of the public names, in the order in which somebody meets them.
ROOMS: Mapping[str, str] = {
    "io": "Read, check and write",
    "questions": "Ask",
    "report": "Papers",
    "views": "Pictures, maps, explorer",
    "survey": "Ask partners",
    "public": "Public files",
    "linkage": "Who is who",
    "store": "The nation in a database",
    "facts": "Layers, for analysts",
    "core": "What comes back",
}


def list_names(room: str) -> list[str]:
    """Name the public verbs and classes of a room."""
    return [name for name in partnet.__all__ if room_of(name) == room]


def room_of(name: str) -> str:
    """Name the room in which a public name is declared."""
    return str(getattr(partnet, name).__module__.split(".")[1])


def list_commands() -> dict[str, click.Command]:
    """Give every command by what is typed, in alphabetical order."""
    from partnet.cli.running import cli

    return dict(sorted(_walk(cli, "partnet")))


def _walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for part, below in command.commands.items():
            yield from _walk(below, f"{name} {part}")
    else:
        yield name, command


def write_commands() -> str:
    """Give the page of commands: what each does, its usage and all of its options."""
    from partnet.cli.running import cli

    lead = """Everything that `partnet` can be told on the command line. `partnet COMMAND --help`
says the same. Commands that take INPUT read a folder of CSV files, a workbook, or a [file of
another program](../formats.md).

Exit codes: 0 fine; 1 the input cannot be used, or rows were set aside; 2 wrong use; 3 a threshold
of a [repeated run](settings.md) was crossed; 70 a fault of partnet."""
    overall = _write_options(cli, "partnet")
    parts = [part for entry in list_commands().items() for part in _write_command(*entry)]
    return _join("# Commands", lead, "## partnet", *overall, *parts)


def _write_command(name: str, command: click.Command) -> Iterator[str]:
    """Give one command's section."""
    yield f"## {name}"
    yield _paragraphs(command.help or "")
    yield from _write_options(command, name)


def _write_options(command: click.Command, name: str) -> Iterator[str]:
    """Give the usage of a command and a table of its options."""
    context = click.Context(command, info_name=name)
    yield f"```text\n{name} {' '.join(command.collect_usage_pieces(context))}\n```"
    records = [param.get_help_record(context) for param in command.get_params(context)]
    rows = [(_code(record[0]), record[1]) for record in records if record and record[1]]
    yield _table(("Option", "What it does"), rows)


def write_settings() -> str:
    """Give the page of a repeated run's keys: what each may hold, and what it means."""
    from partnet.config import _ENTRIES as ENTRIES
    from partnet.core.results.limits import WATCHED
    from partnet.questions.gaps.kinds import ALL_GAPS, list_kinds

    meanings = read_key_meanings()
    keys = [
        (_code(key), shape.words, "yes" if key in ENTRIES.required else "", meanings[key])
        for key, shape in ENTRIES.entries.items()
    ]
    lead = """`partnet run monthly.toml` does what this file says: see [A report every
month](../guide/monthly.md). Paths are meant from the folder of the file. A key that is not known
is an error, found before the work starts."""
    limits = [(kind.threshold, f"open gaps: {kind.label}") for kind in list_kinds().values()]
    limits += [(ALL_GAPS, "open gaps of all kinds"), *WATCHED.items()]
    return _join(
        "# Settings of a repeated run",
        lead,
        _table(("Key", "Holds", "Needed", "What it means"), keys),
        "## Keys under `[thresholds]` and `[at_least]`",
        """Each is a number: under `[thresholds]` the most, under `[at_least]` the least that may
be found. Beyond a limit, the run still writes everything, and ends with exit code 3. What is not
known this time is said, and crosses nothing.""",
        _table(("Key", "What it counts"), [(_code(key), meaning) for key, meaning in limits]),
        "## Numbers of sentences",
        """Any number of a sentence can be a key too: the verb, the name of the sentence, the name
of the number. Of a sentence that is said several times, the number nearest the limit counts.""",
        _list_claims(),
    )


def _list_claims() -> str:
    """List the numbers of sentences, a line a verb."""
    from partnet.core.results.limits import list_claims

    by_verb: dict[str, list[str]] = {}
    for claim in sorted(list_claims()):
        by_verb.setdefault(claim.partition(".")[0], []).append(claim.partition(".")[2])
    return "\n".join(
        f"- `{verb}.`: {'; '.join(map(_code, names))}" for verb, names in by_verb.items()
    )


def read_key_meanings() -> dict[str, str]:
    """Give the meaning of every key, from the docstring of the configuration."""
    from numpydoc.docscrape import NumpyDocString

    from partnet.config import Config

    fields = NumpyDocString(inspect.getdoc(Config) or "")["Attributes"]
    said = {entry.name: " ".join(entry.desc).replace("``", "`") for entry in fields}
    return {**said, "output": said["outputs"]}  # one or several


def write_tables() -> str:
    """Give the page of tables and columns of a workbook."""
    from partnet.core.schema import TABLES

    lead = """A network is a workbook with a sheet for each table, or a folder with a CSV file
each. `organizations` is needed, and one other table to say something; the rest are there when you
have them. Columns are found by many names, in any order, in capital or small letters. A row
without a value in a needed column is set aside, counted and listed; columns that are not known
are kept as text."""
    overview = [(f"[`{table.name}`](#{table.name})", table.note) for table in TABLES.values()]
    sections = [part for table in TABLES.values() for part in _write_table(table)]
    return _join("# Tables and columns", lead, _table(("Table", "Holds"), overview), *sections)


def _write_table(table: Any) -> Iterator[str]:
    """Give the section of one table."""
    yield f"({table.name})=\n## {table.label}"
    yield f"`{table.name}`. {table.note}"
    rows = [
        (_code(column.name), "yes" if column.required else "", _say_column(column), column.example)
        for column in table.columns
    ]
    yield _table(("Column", "Needed", "What it holds", "Example"), rows)
    also = [(_code(c.name), ", ".join(c.aliases)) for c in table.columns if c.aliases]
    if also or table.aliases:
        sheets = f"The sheet or file may be called: {', '.join(table.words)}."
        headers = _table(("Column", "Is found under"), also)
        yield _fold(f"Other names that are understood in {table.label.lower()}", sheets, headers)


def _say_column(column: Any) -> str:
    """Say in sentences what a cell of a column holds."""
    several = (
        "Several may stand in one cell, with semicolons between them." if column.several else ""
    )
    return " ".join(filter(None, [column.note, column.allowed, several]))


def write_vocabulary() -> str:
    """Give the page of the words that a cell may hold: kinds, relations, ladders."""
    words = partnet.default_vocabulary()
    kinds = [
        (_code(kind.id), kind.label, words.sectors[kind.sector], ", ".join(kind.aliases))
        for kind in words.kinds.values()
    ]
    relations = [
        (_code(r.id), r.label, "yes" if r.directed else "", "yes" if r.working else "")
        for r in words.relations.values()
    ]
    ladders = [
        (_code(ladder.id), ladder.label, " → ".join(label for label in ladder.levels))
        for ladder in words.ladders.values()
    ]
    lead = """Words that a cell of the workbook may hold. Case and punctuation do not matter, and
what people usually write is understood. For words of your own, add a sheet `vocabulary`, or a
`vocabulary.toml` beside the tables."""
    working = """A *working* relation counts as working together; the others (contacts, money,
membership) do so only where you ask for them. A *directed* one means something else from A to B
than from B to A."""
    return _join(
        "# Words of the workbook",
        lead,
        "## Kinds of organizations",
        _table(("Kind", "In words", "Sector", "Also understood"), kinds),
        "## Relations",
        working,
        _table(("Relation", "In words", "Directed", "Working"), relations),
        "## Ladders",
        "Scales for the strength of a tie, from the weakest to the strongest.",
        _table(("Ladder", "In words", "Levels"), ladders),
    )


def write_glossary() -> str:
    """Give the page of terms."""
    from partnet.report.glossary import TERMS

    rows = [(term.name, term.meaning) for term in TERMS]
    lead = """The words of network analysis that reports use, in plain words. A report ends with
those that it says. Formulas and the names in other programs stand under
[Measures](../measures.md)."""
    return _join("# Glossary", lead, _table(("Term", "What it means"), rows))


def write_verbs() -> str:
    """Give the page that leads to every public name."""
    lead = """Every public name of `import partnet as pn`. Verbs that answer a question give a
[Result](verbs/Result.md): `.text`, `.table`, `.tables`, `.method`."""
    parts = [part for room, title in ROOMS.items() for part in _write_room(room, title)]
    return _join("# Verbs in Python", lead, *parts)


def _write_room(room: str, title: str) -> Iterator[str]:
    names = list_names(room)
    yield f"## {title}"
    rows = [(f"[`{name}`](verbs/{name}.md)", _summarize(getattr(partnet, name))) for name in names]
    yield _table(("Name", "What it does"), rows)
    yield _toctree([f"verbs/{name}" for name in names])


def write_verb(name: str) -> str:
    """Give the page of one public name: its docstring, laid out by the site builder."""
    thing = getattr(partnet, name)
    if inspect.isclass(thing):
        directive = f".. autoclass:: partnet.{name}\n   :members:"
    else:
        directive = f".. autofunction:: partnet.{name}"
    return _join(f"# {name}", f"```{{eval-rst}}\n{directive}\n```")


def write_pages() -> dict[str, Callable[[], str]]:
    """Give the pages of the reference by where they lie, each with what writes it."""
    verbs = {f"reference/verbs/{name}.md": _page_of(name) for name in partnet.__all__}
    return {
        "reference/commands.md": write_commands,
        "reference/verbs.md": write_verbs,
        "reference/settings.md": write_settings,
        "reference/tables.md": write_tables,
        "reference/vocabulary.md": write_vocabulary,
        "reference/glossary.md": write_glossary,
        **verbs,
    }


def _page_of(name: str) -> Callable[[], str]:
    return lambda: write_verb(name)


def _summarize(thing: type | ModuleType | Callable[..., Any]) -> str:
    """Give the first paragraph of a docstring, in one line."""
    paragraph = (inspect.getdoc(thing) or "").split("\n\n")[0]
    return " ".join(paragraph.split()).replace("``", "`")


def _paragraphs(text: str) -> str:
    """Give a help text as Markdown: it has paragraphs, and characters that Markdown would take."""
    folded = [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]
    return "\n\n".join(_plain(part.removeprefix("\b ")) for part in folded)


def _table(head: Row, rows: Iterable[Row]) -> str:
    """Give a Markdown table; blank cells stay blank."""
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return _plain(" ".join(text.split())).replace("|", "\\|")


def _plain(text: str) -> str:
    """Keep what stands for itself in a text from being taken for markup."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("$", "\\$")


def _code(text: str) -> str:
    return f"`{text}`"


def _fold(summary: str, *parts: str) -> str:
    """Put parts behind a fold, closed at first."""
    return _join(f"<details>\n<summary>{summary}</summary>", *parts, "</details>").rstrip()


def _toctree(names: Iterable[str]) -> str:
    """Tell the site builder which pages lie below this one."""
    return "\n".join(["```{toctree}", ":hidden:", "", *names, "```"])


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
