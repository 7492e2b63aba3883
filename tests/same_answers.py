"""Write down what partnet answers, and say what another version of it answers differently.

    python tests/same_answers.py capture FOLDER [--quick] [--only PART ...] [--public FOLDER]
    python tests/same_answers.py compare OLD NEW [--only PART ...] [--ignore PATTERN ...]

``capture`` asks the partnet that is imported (PYTHONPATH=CHECKOUT/src chooses another checkout):
every verb, report, brief and command, on the samples, two States and networks with next to nothing
in them; one file an answer, ``network/verb.json``. ``compare`` prints what differs and exits with
1 if anything does. PATTERN is held against ``file:path``, for example ``*:method.settings.*``.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

MOST_SHOWN = 20  # differences of one file that are printed
MOST_ALIKE = 3  # of those, how many at the same place of different rows
WIDTH = 160  # longer values and lines are cut when printed
LONGEST_ALIGNED = 5000  # lists of other lengths are aligned up to here; longer ones by position
Words = Sequence[tuple[str, str]]


class Difference(NamedTuple):
    """One place at which two answers differ."""

    file: str
    path: str  # within the file: keys and positions joined by dots, a sheet, or a line
    kind: str  # changed, added, gone
    lines: tuple[str, ...]  # as printed

    @property
    def place(self) -> str:
        """The path with every position as a star: the same for all rows of a table."""
        return re.sub(r"(?<=\.)\d+(?=\.|$)|^\d+(?=\.|$)", "*", self.path)


def compare(
    old: Path, new: Path, *, only: Sequence[str] = (), ignore: Sequence[str] = (), words: Words = ()
) -> list[Difference]:
    """List all differences between two folders of answers.

    Parameters
    ----------
    old, new : path
        Folders that ``capture`` wrote.
    only : sequence of str
        Parts of ``network/file``; other files are left aside.
    ignore : sequence of str
        Patterns (``*`` and ``?``) held against ``file:path``; what fits is no difference.
    words : sequence of (str, str)
        Words replaced in the old answers first: a renaming that is meant.

    Returns
    -------
    list of Difference
        By file, in the order of the file.
    """
    wanted = list_files(old, only) | list_files(new, only)
    found = (
        d for name in sorted(wanted) for d in compare_files(name, old / name, new / name, words)
    )
    return [d for d in found if not any(fnmatchcase(f"{d.file}:{d.path}", p) for p in ignore)]


def list_files(folder: Path, only: Sequence[str]) -> set[str]:
    """Name the answers in a folder, as ``network/file``."""
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return {name for name in files if not only or any(part in name for part in only)}


def compare_files(name: str, old: Path, new: Path, words: Words) -> Iterator[Difference]:
    """List the differences between two versions of one answer."""
    if not new.exists() or not old.exists():
        kind = "gone" if old.exists() else "added"
        yield Difference(name, "", kind, (f"{kind}: the whole file",))
        return
    before, after = old.read_bytes(), new.read_bytes()
    if before == after:
        return
    if name.endswith(".xlsx"):
        yield from compare_workbooks(name, old, new, words)
    elif name.endswith(".json"):
        data = json.loads(replace(before.decode("utf-8"), words)), json.loads(after)
        found = [*compare_values(name, "", *data)]
        if not found and not words:
            found = [Difference(name, "bytes", "changed", ("the same values, otherwise written",))]
        yield from found
    else:
        texts = replace(before.decode("utf-8"), words), after.decode("utf-8")
        yield from compare_texts(name, "", *texts)


def replace(text: str, words: Words) -> str:
    """Replace words in an old answer."""
    for was, now in words:
        text = text.replace(was, now)
    return text


def compare_values(name: str, path: str, old: Any, new: Any) -> Iterator[Difference]:
    """List the places at which two values of JSON differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{path}.{key}" if path else str(key)
            if key not in new:
                yield Difference(name, inner, "gone", (f"- {inner}: {cut(old[key])}",))
            elif key not in old:
                yield Difference(name, inner, "added", (f"+ {inner}: {cut(new[key])}",))
            else:
                yield from compare_values(name, inner, old[key], new[key])
        if {*old} == {*new} and [*old] != [*new]:
            lines = (f"- {path}: keys {cut([*old])}", f"+ {path}: keys {cut([*new])}")
            yield Difference(name, path, "reordered", lines)
    elif isinstance(old, list) and isinstance(new, list):
        yield from compare_lists(name, path, old, new)
    elif type(old) is not type(new) or old != new:
        lines = (f"- {path}: {cut(old)}", f"+ {path}: {cut(new)}")
        yield Difference(name, path, "changed", lines)


def compare_lists(name: str, path: str, old: list[Any], new: list[Any]) -> Iterator[Difference]:
    """List what differs between two lists: by position, or aligned if one is longer."""
    dot = f"{path}." if path else ""
    if len(old) == len(new) or max(len(old), len(new)) > LONGEST_ALIGNED:
        for k, (was, now) in enumerate(zip(old, new, strict=False)):
            yield from compare_values(name, f"{dot}{k}", was, now)
        shared = min(len(old), len(new))
        blocks = [("replace", shared, len(old), shared, len(new))]
    else:
        keys = [[json.dumps(item) for item in items] for items in (old, new)]
        blocks = difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for tag, a, b, c, d in blocks:
        if tag == "equal":
            continue
        paired = min(b - a, d - c)
        for k in range(paired):
            yield from compare_values(name, f"{dot}{c + k}", old[a + k], new[c + k])
        for k in range(a + paired, b):
            yield Difference(name, f"{dot}{k}", "gone", (f"- {dot}{k}: {cut(old[k])}",))
        for k in range(c + paired, d):
            yield Difference(name, f"{dot}{k}", "added", (f"+ {dot}{k}: {cut(new[k])}",))


def compare_texts(name: str, path: str, old: str, new: str) -> Iterator[Difference]:
    """List the blocks of lines in which two texts differ; pages are cut between their tags."""
    if old == new:
        return
    # Bytes that differ in line ends alone differ too.
    before, after = (text.replace("><", ">\n<").split("\n") for text in (old, new))
    same = 0
    while before and after and before[-1] == after[-1]:
        before.pop(), after.pop()
    for was, now in zip(before, after, strict=False):
        if was != now:
            break
        same += 1
    matcher = difflib.SequenceMatcher(None, before[same:], after[same:])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        kind = {"replace": "changed", "delete": "gone", "insert": "added"}[tag]
        lines = [f"@ line {same + c + 1}"]
        lines += [f"- {cut(line)}" for line in before[same + a : same + b]]
        lines += [f"+ {cut(line)}" for line in after[same + c : same + d]]
        yield Difference(name, path or "text", kind, tuple(lines))


def compare_workbooks(name: str, old: Path, new: Path, words: Words) -> Iterator[Difference]:
    """List what differs between two workbooks, member by member."""
    before = {key: replace(text, words) for key, text in read_members(old).items()}
    after = read_members(new)
    found = False
    for member in sorted({*before, *after}):
        inner = [
            Difference(name, member, kind, (f"{sign} the whole of {member}",))
            for kind, sign, here, there in (
                ("gone", "-", before, after),
                ("added", "+", after, before),
            )
            if member in here and member not in there
        ]
        inner = inner or [*compare_texts(name, member, before[member], after[member])]
        found = found or bool(inner)
        yield from inner
    if not found and not words:
        yield Difference(name, "bytes", "changed", ("the same members, otherwise packed",))


def read_members(path: Path) -> dict[str, str]:
    """Read a workbook: sheets under their names, with their texts in place of numbers of texts."""
    with zipfile.ZipFile(path) as file:
        members = {n: file.read(n).decode("utf-8", "replace") for n in file.namelist()}
    texts = re.findall(r"<si>(.*?)</si>", members.pop("xl/sharedStrings.xml", ""), re.DOTALL)
    sheets = re.findall(r'<sheet name="([^"]*)"', members.get("xl/workbook.xml", ""))
    names = {f"xl/worksheets/sheet{k}.xml": f"sheet {s}" for k, s in enumerate(sheets, start=1)}

    def fill(cell: re.Match[str]) -> str:
        return f"{cell[1]}{texts[int(cell[2])]}<"

    return {
        names.get(n, n): re.sub(r'(<c [^>]*t="s"[^>]*><v>)(\d+)<', fill, text)
        for n, text in members.items()
    }


def cut(value: Any) -> str:
    """Write a value on one line, not too long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace("\n", "\\n")
    return text if len(text) <= WIDTH else f"{text[:WIDTH]} … ({len(text)} characters)"


def print_differences(found: Sequence[Difference]) -> None:
    """Print the first differences of each file, then how many there are by file and by kind."""
    by_file: dict[str, list[Difference]] = {}
    for difference in found:
        by_file.setdefault(difference.file, []).append(difference)
    for name, differences in by_file.items():
        print(f"--- {name}")
        shown, alike = 0, Counter[str]()
        for difference in differences:
            alike[difference.place] += 1
            if shown < MOST_SHOWN and alike[difference.place] <= MOST_ALIKE:
                print("\n".join(f"  {line}" for line in difference.lines[:MOST_SHOWN]))
                shown += 1
        if len(differences) > shown:
            print(f"  … {len(differences):,} differences in all")
    print_summary(by_file, found)


def print_summary(by_file: dict[str, list[Difference]], found: Sequence[Difference]) -> None:
    """Print how many differences there are, by file and by kind."""
    if not found:
        print("No differences.")
        return
    print(f"\n{len(found):,} differences in {len(by_file):,} files. By file:")
    for name, differences in by_file.items():
        print(f"{len(differences):>8,}  {name}")
    print("By kind of file and place:")
    kinds = Counter((Path(d.file).suffix[1:], d.kind, d.place) for d in found)
    for (ending, kind, place), number in kinds.most_common(60):
        print(f"{number:>8,}  {ending} {kind}: {place or 'the whole file'}")
    if len(kinds) > 60:
        print(f"          … {len(kinds):,} kinds in all")


def find_public() -> Path | None:
    """Find the public files beside the project, or beside a folder that it lies in."""
    here = Path(__file__).resolve()
    places = (parent / "shared" / "data" / "public" for parent in here.parents)
    return next((place for place in places if place.is_dir()), None)


def make_parser() -> argparse.ArgumentParser:
    """Describe the two tasks and their options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    tasks = parser.add_subparsers(dest="task", required=True)
    first = tasks.add_parser("capture", help="write down what partnet answers")
    first.add_argument("folder", type=Path)
    first.add_argument("--quick", action="store_true", help="what takes about a minute")
    first.add_argument("--public", type=Path, default=find_public(), metavar="FOLDER")
    second = tasks.add_parser("compare", help="say what differs")
    second.add_argument("old", type=Path)
    second.add_argument("new", type=Path)
    second.add_argument("--ignore", action="append", default=[], metavar="PATTERN")
    second.add_argument(
        "--word", action="append", default=[], metavar="OLD=NEW", help="a renaming that is meant"
    )
    second.add_argument("--both", action="store_true", help="leave aside files on one side only")
    for task in (first, second):
        task.add_argument("--only", action="append", default=[], metavar="PART")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Capture or compare."""
    given = make_parser().parse_args(arguments)
    if given.task == "capture":
        from answers import capture  # beside this script; asks partnet, which compare need not load

        capture(given.folder, only=given.only, quick=given.quick, public=given.public)
        return 0
    words = [(was, now) for was, _, now in (word.partition("=") for word in given.word)]
    found = compare(given.old, given.new, only=given.only, ignore=given.ignore, words=words)
    if given.both:
        found = [d for d in found if d.path]
    print_differences(found)
    shared = list_files(given.old, given.only) & list_files(given.new, given.only)
    print(f"{len(shared):,} files stand on both sides.")
    return int(bool(found))


if __name__ == "__main__":
    # pandas keeps text otherwise where pyarrow happens to be installed: captures made in two
    # environments would differ by what is installed, not by what partnet does.
    sys.modules.setdefault("pyarrow", None)  # type: ignore[arg-type]
    sys.exit(main())
