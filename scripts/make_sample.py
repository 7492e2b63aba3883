"""Write the invented Prairie sample: `python scripts/make_sample.py`.

Two waves of the same organizations, `data/samples/prairie_2024` and `data/samples/prairie` (2026),
as folders of CSV files, and the second as a workbook too. Always the same bytes: every choice is
drawn from a fixed seed and the words that name it (see `sample/draws.py`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sample.write import write_folder, write_workbook

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
FOLDERS = {2024: "prairie_2024", 2026: "prairie"}


def main() -> None:
    """Write both folders and the workbook."""
    parser = argparse.ArgumentParser(description="Write the invented Prairie sample.")
    parser.add_argument("-o", "--output", type=Path, default=SAMPLES, help="folder to write to")
    output = parser.parse_args().output
    for wave, folder in FOLDERS.items():
        write_folder(output / folder, wave)
    write_workbook(output / "prairie.xlsx", 2026)


if __name__ == "__main__":
    main()
