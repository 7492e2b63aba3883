"""Names in capitals, written as people write them."""

from __future__ import annotations

import pytest

from partnet.public.reading.names import write_name


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("ST. MARY'S HOSPITAL", "St. Mary's Hospital"),
        ("THE HOSPITAL OF THE PLAINS", "The Hospital of the Plains"),
        ("O'NEILL AND MCCOOK CLINIC II", "O'Neill and McCook Clinic II"),
        ("BJC ST LUKE'S-EAST, LLC", "BJC St. Luke's-East, LLC"),
        ("UPMC MT CARMEL MED CTR", "UPMC Mt. Carmel Med Ctr"),
        ("CHI HEALTH - PLAINVIEW", "CHI Health - Plainview"),
        ("1600 SOUTH 48TH ST", "1600 South 48th St"),
        ("JENNIE M MELHAM", "Jennie M Melham"),
        ("Regional West (South Unit)", "Regional West (South Unit)"),
        ("P H S INDIAN HOSPITAL CROW", "PHS Indian Hospital Crow"),
        ("JOHN F B KENNEDY", "John F B Kennedy"),
        ("CAMC PLATEAU AND SEARHC WRANGELL", "CAMC Plateau and SEARHC Wrangell"),
        ("PEACEHEALTH KETCHIKAN", "PeaceHealth Ketchikan"),
        ("", ""),
    ],
)
def test_write_name(given: str, written: str) -> None:
    assert write_name(given) == written
