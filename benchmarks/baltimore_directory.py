"""A service directory as a network: Baltimore's CharmCare, organizations by services.

    python -m benchmarks.baltimore_directory ../shared/data/public/charmcare

The directory holds no ties: what partnet shows is affinity. The reader of service directories
(``partnet.public.readers.open_referral``) makes the network; this prints what each verb says of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import partnet as pn


def main(folder: Path) -> None:
    """Build the network of the directory, and print what each verb says about it."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as output:
        built = pn.build_network(Path(output) / "network", [folder], state="MD").log
        net = pn.read_network(Path(output) / "network")
    print(built.text)
    affinity = pn.build_affinity(net)
    print(f"{len(affinity.pairs):,} pairs have something strong in common. Cut as too general:")
    print(affinity.cut.to_string(index=False) if len(affinity.cut) else "nothing")
    for verb in (pn.measure_centrality, pn.find_gaps, pn.recommend_partners):
        result = verb(net)
        print(f"\n{result.title}\n{result.text}")
    print(f"\n{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
