"""Lay the pages of the site together: what lies in `docs/` and beside it, with links that hold."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from os.path import normpath, relpath
from pathlib import Path, PurePosixPath

from .reference import write_pages

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!\!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
PICTURE = re.compile(r"\!\[([^\]]*)\]\(([^()\s]+)\)")
CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)

# Pages of the repository that lie outside of docs/, and where the site has them.
BESIDE: Mapping[str, str] = {
    "README.md": "index.md",  # the site's own home says the same
    "ARCHITECTURE.md": "project/architecture.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
    "data/samples/README.md": "project/sample.md",
}


@dataclass(frozen=True)
class Part:
    """A part of the site: an entry of its first menu.

    Attributes
    ----------
    page : str
        Its first page.
    title, lead : str
        What stands there; blank where the page is written by hand.
    pages : tuple of str
        The pages below it, in order.
    """

    page: str
    title: str = ""
    lead: str = ""
    pages: tuple[str, ...] = ()


PARTS = (
    Part("start.md"),
    Part(
        "guide/index.md",
        "How to",
        "One page for each job, with the commands to type.",
        (
            "guide/workbook.md",
            "guide/check.md",
            "guide/report.md",
            "guide/monthly.md",
            "guide/visits.md",
            "guide/session.md",
            "survey.md",
            "public-files.md",
            "guide/exchange.md",
            "guide/privacy.md",
        ),
    ),
    Part(
        "notebooks/index.md",
        "Notebooks",
        "Worked examples in Python, run anew when this site was built. All names are invented.",
    ),
    Part(
        "reference/index.md",
        "Reference",
        "What every command, verb, key, column and word means.",
        (
            "reference/commands.md",
            "reference/verbs.md",
            "reference/settings.md",
            "reference/tables.md",
            "reference/vocabulary.md",
            "reference/glossary.md",
            "gaps.md",
            "measures.md",
            "formats.md",
        ),
    ),
    Part(
        "quality.md",
        "How good it is",
        "What was measured, how, and where it falls short.",
        ("recommender.md", "matching.md", "cases.md", "performance.md", "scale.md"),
    ),
    Part(
        "project/index.md",
        "Project",
        "How partnet is built, changed and tried.",
        tuple(page for page in BESIDE.values() if page.startswith("project/")),
    ),
)


def list_sources() -> dict[str, Path]:
    """Give every page that is written by hand, by where the site has it."""
    docs = ROOT / "docs"
    pages = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*.md"))}
    beside = {page: ROOT / name for name, page in BESIDE.items() if page not in pages}
    return {**pages, **beside}


def list_notebooks() -> dict[str, Path]:
    """Give every notebook by the page that it becomes."""
    found = sorted((ROOT / "notebooks").glob("*.ipynb"))
    return {f"notebooks/{path.stem}.md": path for path in found}


def list_pages() -> tuple[str, ...]:
    """Name every page of the site."""
    parts = [part.page for part in PARTS]
    return tuple(sorted({*list_sources(), *list_notebooks(), *write_pages(), *parts}))


def lay_out(folder: Path, *, run: Callable[[Path, Path], str]) -> None:
    """Write every page into an empty folder, ready for the site builder.

    Parameters
    ----------
    folder : Path
        Where the pages go.
    run : callable
        Runs a notebook, keeps its pictures beside the page, and gives it as Markdown.
    """
    shutil.copytree(ROOT / "docs" / "images", folder / "images")
    texts = {page: write() for page, write in write_pages().items()}
    for page, path in list_sources().items():
        texts[page] = move_links(path.read_text("utf-8"), path.relative_to(ROOT).as_posix(), page)
    for page, path in list_notebooks().items():
        texts[page] = move_links(run(path, folder / page), path.relative_to(ROOT).as_posix(), page)
    texts |= {part.page: write_part(part, texts) for part in PARTS if part.title}
    texts["index.md"] += write_menu("index.md", [part.page for part in PARTS])
    for page, text in texts.items():
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(text, encoding="utf-8", newline="\n")


def write_part(part: Part, texts: Mapping[str, str]) -> str:
    """Write the first page of a part: its pages, each with its first sentences."""
    pages = part.pages or tuple(list_notebooks())
    lines = [f"* [{read_title(texts[page])}]({step(part.page, page)})" for page in pages]
    return "\n\n".join([f"# {part.title}", part.lead, "\n".join(lines)]) + write_menu(
        part.page, pages
    )


def write_menu(page: str, below: Iterable[str]) -> str:
    """Tell the site builder which pages lie below one."""
    names = [step(page, name).removesuffix(".md") for name in below]
    return "\n".join(["\n", "```{toctree}", ":hidden:", "", *names, "```", ""])


def read_title(text: str) -> str:
    """Give the first heading of a page."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def step(page: str, other: str) -> str:
    """Say the way from one page to another."""
    return PurePosixPath(relpath(other, PurePosixPath(page).parent)).as_posix()


def move_links(text: str, source: str, page: str) -> str:
    """Have the links of a file hold where the site has it; what the site has not becomes plain."""
    places = {path.relative_to(ROOT).as_posix(): each for each, path in list_sources().items()}
    places |= {path.relative_to(ROOT).as_posix(): each for each, path in list_notebooks().items()}
    places |= {"README.md": "index.md"}
    places |= {f"docs/{each}": each for each in (*write_pages(), *(part.page for part in PARTS))}

    def move(match: re.Match[str]) -> str:
        words, target = match[1], match[2]
        name, mark, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:") or not name:
            return match[0]
        meant = normpath(PurePosixPath(source).parent / name).replace("\\", "/")
        if meant not in places:
            return words
        return f"[{words}]({step(page, places[meant])}{mark}{anchor})"

    def picture(match: re.Match[str]) -> str:
        meant = normpath(PurePosixPath(source).parent / match[2]).replace("\\", "/")
        return f"![{match[1]}]({step(page, meant.removeprefix('docs/'))})"

    return "".join(
        piece if piece.startswith("`") else PICTURE.sub(picture, LINK.sub(move, piece))
        for piece in split_code(text)
    )


def split_code(text: str) -> Iterator[str]:
    """Give a text in pieces, so that code stands alone: what looks like a link there is none."""
    # A link whose words are code, [`name`](page.md), is a link: only fences stand apart.
    yield from re.split(r"(^```.*?^```$)", text, flags=re.DOTALL | re.MULTILINE)
