"""What reading for a command changes, it changes for that command alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from partnet.cli import cli, reading
from partnet.core.network import Network
from partnet.io.samples import sample_path

STORAGE = "mode.string_storage"


@pytest.mark.parametrize(("most", "held"), [(5_000_000, "python"), (10, "auto")])
def test_texts_of_a_small_network_are_held_by_python_until_the_command_ends(
    monkeypatch: pytest.MonkeyPatch, most: int, held: str
) -> None:
    monkeypatch.setattr(reading, "SMALL_BYTES", most)
    seen = []
    for_audience = Network.for_audience

    def look(net: Network, *arguments: object, **options: object) -> Network:
        seen.append(pd.get_option(STORAGE))
        return for_audience(net, *arguments, **options)

    monkeypatch.setattr(Network, "for_audience", look)
    with pd.option_context(STORAGE, "auto"):
        done = CliRunner().invoke(cli, ["describe", str(sample_path("prairie"))])
        assert done.exit_code == 0 and seen and set(seen) == {held}
        assert pd.get_option(STORAGE) == "auto"


def test_bytes_of_a_folder_are_those_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text("name\nA\n", encoding="utf-8", newline="")
    (tmp_path / "inside").mkdir()
    assert reading.count_bytes(tmp_path) == 7
    assert reading.count_bytes(tmp_path / "organizations.csv") == 7
