"""Write the list of claims that a repeated run can watch: python scripts/make_claims.py.

It asks the verbs of the report of both samples and keeps every number that a sentence carries. A
claim that only another network makes is added by hand, in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import partnet as pn
from partnet.report.watched import is_number, list_verbs

PATH = Path(__file__).parents[1] / "src" / "partnet" / "data" / "claims.txt"
HEAD = """\
# Numbers of sentences that a repeated run can watch: verb.sentence.number.
# Written by scripts/make_claims.py; lines that no sample gives are kept.
"""


def list_found(net: pn.Network) -> Iterator[str]:
    """Name the numbers of all sentences about a network."""
    for name, verb in list_verbs().items():
        for said in verb(net).sentences:
            for claim, value in said.claims.items():
                if said.name and is_number(value):
                    yield f"{name}.{said.name}.{claim}"


def main() -> None:
    """Write the list anew; what is in it stays."""
    kept = PATH.read_text("utf-8").splitlines() if PATH.exists() else []
    names = {line for line in kept if line and not line.startswith("#")}
    for sample in ("prairie", "prairie_2024"):
        names |= {*list_found(pn.load_sample(sample))}
    PATH.write_text(HEAD + "".join(f"{name}\n" for name in sorted(names)), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
