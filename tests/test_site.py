"""The documentation: links hold, nothing public is left out, and what it shows can be typed."""

from __future__ import annotations

import dataclasses
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from os.path import normpath
from pathlib import Path

import click
import nbformat
import openpyxl
import pytest

import partnet as pn
from partnet.cli.running import cli
from partnet.config import Config, read_config
from partnet.core.results.limits import WATCHED
from partnet.core.schema import TABLES
from partnet.questions.gaps.kinds import list_thresholds
from partnet.report.glossary import TERMS

from .accessibility import find_violations
from .browser import needs_browser, open_browser

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "scripts"))

from website import build, notebooks, tree  # noqa: E402
from website.reference import list_commands, write_pages  # noqa: E402

BESIDE = tuple(tree.BESIDE)
WRITTEN = [
    *(ROOT / name for name in BESIDE),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "notebooks").glob("*.ipynb")),
]
LINK = re.compile(r"\]\(([^()\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def read_text(path: Path) -> str:
    """What somebody reads on a page; of a notebook its text."""
    if path.suffix != ".ipynb":
        return path.read_text("utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@cache
def read_made() -> dict[str, str]:
    """Pages that only the site has, by where they would lie in the repository."""
    made = {f"docs/{page}": write() for page, write in write_pages().items()}
    return made | {f"docs/{part.page}": "" for part in tree.PARTS if part.title}


def list_anchors(text: str) -> set[str]:
    """Anchors of a page: its headings as GitHub and the site write them, and marks of its own."""
    headings = re.findall(r"^#{1,6} +(.+?)\s*$", FENCE.sub("", text), re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain]
    marks = re.findall(r"^\((\S+)\)=$", text, re.MULTILINE)
    return {*slugs, *marks, *(f"{slug}-1" for slug in slugs if slugs.count(slug) > 1)}


def find_broken(name: str, text: str) -> list[str]:
    """Links of a page to a file or a heading that is not there."""
    broken = []
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        meant = normpath(Path(name).parent / path).replace("\\", "/") if path else name
        known = meant in read_made() or (ROOT / meant).exists()
        page = text if not path else read_made().get(meant)
        if page is None and meant.endswith(".md") and (ROOT / meant).exists():
            page = read_text(ROOT / meant)
        if not known or (anchor and anchor not in list_anchors(page or "")):
            broken.append(f"{name}: {target}")
    return broken


def test_every_link_leads_to_a_page_and_a_heading_that_are_there() -> None:
    assert [hit for path in WRITTEN for hit in find_broken(name_of(path), read_text(path))] == []
    assert [hit for name, text in read_made().items() for hit in find_broken(name, text)] == []


def test_broken_links_are_found() -> None:
    name = "docs/start.md"
    text = "[a](no.md) [b](survey.md#no-such-heading) [c](guide/check.md) [d](#here)\n\n## Here\n"
    assert find_broken(name, text) == [f"{name}: no.md", f"{name}: survey.md#no-such-heading"]


def test_every_page_stands_in_a_menu_once() -> None:
    listed = [page for part in tree.PARTS for page in (part.page, *part.pages)]
    listed += [*tree.list_notebooks(), "index.md"]
    below = [page for page in tree.list_pages() if page.startswith("reference/verbs/")]
    assert sorted([*listed, *below]) == sorted(tree.list_pages())


def test_every_public_name_has_a_page_and_stands_in_the_list() -> None:
    pages = write_pages()
    listed = re.findall(r"^\| \[`(\w+)`\]", pages["reference/verbs.md"](), re.MULTILINE)
    assert sorted(listed) == sorted(pn.__all__)
    for name in pn.__all__:
        assert f":: partnet.{name}\n" in pages[f"reference/verbs/{name}.md"]()


def walk(command: click.Command, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from walk(below, *names, name)
    else:
        yield names, command


def test_every_command_and_every_option_is_described() -> None:
    page = write_pages()["reference/commands.md"]()
    commands = {" ".join(["partnet", *names]): command for names, command in walk(cli)}
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    assert {*sections} == {"partnet", *commands} == {"partnet", *list_commands()}
    for name, command in commands.items():
        rows = [row for row in sections[name].splitlines() if row.startswith("| `-")]
        spoken = {word for row in rows for word in re.findall(r"(?<![\w-])--?[\w-]+", row[:200])}
        options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
        # An option may keep an old name that its help no longer says.
        assert [option.name for option in options if not spoken & {*option.opts}] == [], name


def test_every_key_of_a_repeated_run_is_described() -> None:
    page = write_pages()["reference/settings.md"]()
    rows = [[cell.strip() for cell in row.split(" | ")] for row in page.splitlines()]
    said = {row[0].strip("|` "): row[-1] for row in rows if row[0].startswith("| `")}
    keys = {field.name.replace("outputs", "output") for field in dataclasses.fields(Config)}
    assert {*said} == {*keys, *list_thresholds(), *WATCHED}
    assert all(len(meaning) > 3 for meaning in said.values())


def test_every_table_and_column_is_described() -> None:
    page = write_pages()["reference/tables.md"]()
    sections = re.split(r"^\((\w+)\)=$", page, flags=re.MULTILINE)
    found = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert {*found} == {*TABLES}
    for name, table in TABLES.items():
        shown = found[name].split("<details>")[0]
        columns = re.findall(r"^\| `(\w+)` \|", shown, re.MULTILINE)
        assert columns == list(table.names), name


def test_every_word_and_term_is_described() -> None:
    page = write_pages()["reference/vocabulary.md"]()
    words = pn.default_vocabulary()
    for entries in (words.kinds, words.relations, words.ladders):
        assert all(f"\n| `{id_}` | " in page for id_ in entries)
    glossary = write_pages()["reference/glossary.md"]()
    assert all(f"\n| {term.name} | {term.meaning} |\n" in glossary for term in TERMS)


def list_typed(path: Path) -> Iterator[str]:
    """Lines of a page that begin with the command, without what is said beside them."""
    text = read_text(path)
    fenced = "\n".join(match[0] for match in FENCE.finditer(text)).splitlines()
    indented = re.findall(r"^ {4}(partnet .+)$", text, re.MULTILINE)
    for line in [*fenced, *indented, *re.findall(r"(?<!`)`(partnet [^`\n]+)`", text)]:
        if line.startswith("partnet "):
            yield re.split(r" {2,}", line.strip())[0]


def find_wrong(line: str) -> list[str]:
    """Words of a typed line that the command line does not know."""
    words = shlex.split(line)[1:]
    command: click.Command = cli
    while isinstance(command, click.Group) and words:
        if words[0] not in command.commands:
            return [] if words[0].isupper() or words[0].startswith("-") else [words[0]]
        command = command.commands[words.pop(0)]
    known = {word for p in command.params for word in (*p.opts, *p.secondary_opts)} | {"--help"}
    return [word for word in words if word.startswith("-") and word.split("=")[0] not in known]


def test_every_line_to_type_is_understood() -> None:
    lines = [(name_of(path), line) for path in WRITTEN for line in list_typed(path)]
    assert len(lines) > 80
    assert [(name, line) for name, line in lines if find_wrong(line)] == []
    assert find_wrong("partnet report my.xlsx --outptu x.html") == ["--outptu"]
    assert find_wrong("partnet repotr my.xlsx") == ["repotr"]


def test_settings_that_the_guide_shows_are_read(tmp_path: Path) -> None:
    page = (ROOT / "docs/guide/monthly.md").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "monthly.toml").write_text(shown, encoding="utf-8")
    config = read_config(tmp_path / "monthly.toml")
    assert config.thresholds["rule_gaps"] == 12 and config.at_least == {"response_rate": 0.7}
    assert [path.name for path in config.outputs] == ["report.html", "report.docx"]


def fill_in(path: Path, page: str) -> None:
    """Type the rows that the page shows into the workbook, below the examples."""
    book = openpyxl.load_workbook(path)
    for name, table in re.findall(r"^Sheet \*\*(\w+)\*\*.*?\n\n((?:\|.*\n)+)", page, re.MULTILINE):
        sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
        ]
        for k, row in enumerate(rows, start=3):
            for heading, text in zip(head, row, strict=True):
                sheet.cell(k, columns[heading], text)
    book.save(path)


def test_the_first_page_can_be_followed(tmp_path: Path) -> None:
    """Template, rows, check, mend, visits: as it says, with what it says comes out."""
    page = (ROOT / "docs/start.md").read_text("utf-8")
    path = tmp_path / "my.xlsx"
    pn.write_template(path)
    fill_in(path, page)
    found = pn.check_tables(path).table
    (wrong,) = found[found["level"] == "error"].to_dict("records")
    assert (wrong["sheet"], wrong["row"], wrong["column"]) == ("Ties", 5, "target")
    assert "Stone Ridge" in wrong["found"]
    fill_in(path, page.replace("| Stone Ridge |", "| Stone Ridge Medical Center |"))
    checked = pn.check_tables(path)
    assert "The tables are fine." in checked.text
    visits = pn.plan_visits(
        pn.read_network(path), start="State Office of Rural Health", as_of="2026-06-30"
    )
    assert visits.table["name"].iloc[0] == "Willow Bend Hospital"
    assert visits.table["status"].iloc[0] == "overdue"


def test_links_are_moved_to_where_the_site_has_a_page() -> None:
    text = (
        "[a](../ARCHITECTURE.md) [b](survey.md#x) [c](../src/partnet/config.py) ![d](images/e.png)"
    )
    moved = tree.move_links(text, "docs/measures.md", "measures.md")
    assert moved == "[a](project/architecture.md) [b](survey.md#x) c ![d](images/e.png)"
    text = "[a](docs/guide/check.md) [`b`](notebooks/first_look.ipynb) [c](https://x.org/y.md)"
    moved = tree.move_links(text, "ARCHITECTURE.md", "project/architecture.md")
    assert (
        moved == "[a](../guide/check.md) [`b`](../notebooks/first_look.md) [c](https://x.org/y.md)"
    )
    fenced = "```\n[a](no.md)\n```\n"
    assert tree.move_links(fenced, "docs/start.md", "start.md") == fenced


def test_outputs_of_a_notebook_become_text_tables_and_pictures(tmp_path: Path) -> None:
    picture = tmp_path / "a-0-0.png"
    assert notebooks._write_output({"data": {"image/png": "aGk="}}, picture).endswith("(a-0-0.png)")
    assert picture.read_bytes() == b"hi"
    table = notebooks._write_output({"data": {"text/html": "<table>\n\n</table>"}}, picture)
    assert "<table>\n</table>" in table and "tabindex" in table
    assert (
        notebooks._write_output({"text": "\x1b[1mbold\x1b[0m\n"}, picture) == "```text\nbold\n```"
    )


needs_builder = pytest.mark.skipif(
    bool(build.list_missing()), reason=f"the site builder is not installed: {build.list_missing()}"
)


def show_code(path: Path, page: Path) -> str:
    """A notebook that is not run: its text and code. That all of them run is another test."""
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(
        cell.source if cell.cell_type == "markdown" else f"```python\n{cell.source}\n```"
        for cell in cells
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as strictly as `tasks.py docs` does; one notebook is run."""
    folder = tmp_path_factory.mktemp("site") / "html"

    def run(path: Path, page: Path) -> str:
        light = path.stem == "public_files_and_exchange"
        return notebooks.run_notebook(path, page) if light else show_code(path, page)

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONWARNDEFAULTENCODING", raising=False)  # other libraries warn
        assert build.build_site(folder, run=run) == 0
    return folder


@pytest.mark.slow
@needs_builder
def test_the_site_builds_without_a_warning_and_asks_nobody(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 80
    outside = re.compile(r"<(?:script|img|link|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//[^\"]+\"")
    for page in pages:
        assert not outside.findall(page.read_text("utf-8")), page.name
    styles = [path.read_text("utf-8") for path in site.rglob("*.css")]
    assert not [style for style in styles if re.search(r"(?:url\(|@import\s+)[\"']?https?:", style)]


@pytest.mark.slow
@needs_builder
def test_an_earlier_build_is_replaced_and_nothing_else(site: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(SystemExit, match="no site of partnet"):
        build.put_in_place(site, mine)
    assert (mine / "letter.txt").read_text(encoding="utf-8") == "keep"
    build.put_in_place(site, tmp_path / "new")
    build.put_in_place(site, tmp_path / "new")
    assert (tmp_path / "new" / "index.html").exists()


SHOWN = ("index", "start", "guide/monthly", "notebooks/public_files_and_exchange", "gaps", "search")
SHOWN += ("reference/commands", "reference/tables", "reference/verbs/find_gaps")


@pytest.mark.slow
@pytest.mark.browser
@needs_builder
@needs_browser
def test_pages_are_accessible_fit_a_phone_and_ask_nobody(site: Path) -> None:
    with open_browser() as page:
        for width in (1280, 320):
            for name in SHOWN:
                page.open(site / f"{name}.html", width=width)
                assert find_violations(page) == [], (name, width)
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0, (name, width)
        assert [address for address in page.requests if not address.startswith("file:")] == []
