"""What `partnet check` takes for a large input full of faults: ``python -m benchmarks.checking``.

Goal: 220,000 rows with 60,000 faults and more are said in at most 40 lines, in under 15 seconds.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from click.testing import CliRunner

import partnet as pn
from partnet import cli

ORGANIZATIONS, TIES = 20_000, 200_000
SHARE = 0.28  # of the rows that have a fault
FIRST = ("Cedar", "Knox", "Prairie", "Wagon", "Pine", "Elk", "Saint Mary", "Otter")
SECOND = ("Creek", "County", "Valley", "Ridge", "Trail")
THIRD = ("Clinic", "Hospital", "Center", "Services", "Coalition")
KINDS = ("hospital", "FQHC", "public health department", "school district", "food bank")
STATES = {"NE": 31, "IA": 19, "SD": 46, "KS": 20}
RELATIONS = ("referral", "information", "funding", "joint program", "works together")
FAULTS = (  # column of a tie, and what stands there wrong
    (0, (" Inc", "x", "zz")),
    (2, ("blah", "frobnicates", "hmm", "ask Bob")),
    (3, ("often-ish", "??x")),
    (4, ("soon", "2021-13-40", "last yr")),
    (5, ("mayb", "left")),
)


def write_input(folder: Path, organizations: int = ORGANIZATIONS, ties: int = TIES) -> None:
    """Write a folder of organizations and ties with faults of every kind."""
    chance = random.Random(5)
    names = [
        " ".join((*(chance.choice(words) for words in (FIRST, SECOND, THIRD)), str(k)))
        for k in range(organizations)
    ]
    _write(folder / "organizations.csv", ("name", "kind", "state", "county_fips", "zip"),
           (_make_organization(name, chance) for name in names))  # fmt: skip
    _write(folder / "ties.csv", ("source", "target", "relation", "strength", "since", "directed"),
           (_make_tie(names, chance) for _ in range(ties)))  # fmt: skip


def _make_organization(name: str, chance: random.Random) -> list[str]:
    state = chance.choice([*STATES])
    code = f"{STATES[state]}{2 * chance.randrange(40) + 1:03d}"
    row = [name, chance.choice(KINDS), state, code, ""]
    at, wrong = chance.choice(((1, "hospittal"), (3, "99999"), (4, "6870")))
    if chance.random() < SHARE:
        row[at] = wrong
    return row


def _make_tie(names: Sequence[str], chance: random.Random) -> list[str]:
    day = f"2021-{chance.randrange(1, 13):02d}-{chance.randrange(1, 28):02d}"
    row = [*chance.sample(names, 2), chance.choice(RELATIONS)]
    row += [chance.choice(("weekly", "monthly", "daily", "")), day, chance.choice(("yes", "no"))]
    if chance.random() < SHARE:
        at, words = chance.choice(FAULTS)
        row[at] = f"{row[at]}{chance.choice(words)}" if at == 0 else chance.choice(words)
    return row


def _write(path: Path, header: Sequence[str], rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def say_problems(folder: Path) -> list[str]:
    """The lines that the command prints."""
    done = CliRunner().invoke(cli.cli, ["check", str(folder)], catch_exceptions=False)
    return done.stdout.splitlines()


def main() -> None:
    """Measure it."""
    with tempfile.TemporaryDirectory() as name:
        write_input(Path(name))
        start = time.process_time()
        result = pn.check_tables(name)
        seconds = time.process_time() - start
        rows = result.tables["rows"].sum()
        lines = say_problems(Path(name))
    sys.stdout.write(
        f"{rows['read']:,} rows, {len(result.table):,} problems: {seconds:.1f} s of the processor, "
        f"{len(lines)} lines\n"
    )


if __name__ == "__main__":
    main()
