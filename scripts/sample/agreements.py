"""Agreements: each network hospital with its hub, trauma transfer, data sharing, mutual aid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sample import Row
from sample.draws import draw_date
from sample.groups import FORMAL_NETWORK, NETWORKS
from sample.organizations import WAVES, slug

NO_TRANSFER = "Willow Fork Community Hospital"
NO_AGREEMENTS = "Golden Plover Hospital"
EXPIRING = "Wild Rye Community Hospital"
REVIEWED_BY_QIO = ("Willow Fork Community Hospital", "Kestrel Memorial Hospital")
QIO = "Open Range Quality Improvement"
# A member's agreements with its hub: letters, type, topic in the words of 42 CFR 485.616.
PAPERS = (
    ("TA", "transfer agreement", "patient referral and transfer"),
    ("CO", "communications agreement", "communications systems"),
    ("TR", "transportation agreement", "emergency and nonemergency transportation"),
    ("QA", "credentialing and quality assurance", "credentialing and quality assurance"),
)
_TRAUMA = ("transfer agreement", "trauma transfer to a level I or II trauma center")
_RECORDS = ("data sharing agreement", "clinical records")
_HUBS = [members[0] for members in NETWORKS.values()]
_CAPITOL, _WINDROW = "Capitol Plains Medical Center", "Windrow Health Information Exchange"
_HEALTH = "Coneflower District Health Department"
_RIVERS = "Many Rivers Community Health Center"
_CONTRACT, _VISITS = "service contract", "community health worker visits"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement and its parties."""

    id: str
    type: str
    topic: str
    parties: tuple[str, ...]
    signed: str = ""
    expires: str = ""
    status: str = "executed"


_OTHERS = (
    Agreement("MOU-01", "memorandum of understanding", "rural health network",
              (FORMAL_NETWORK, *NETWORKS[FORMAL_NETWORK]), "2021-08-16", "2028-08-31"),
    Agreement("TA-90", *_TRAUMA, ("Switchgrass Emergency Hospital", _CAPITOL),
              "2025-02-03", "2030-02-28"),
    Agreement("TA-91", *_TRAUMA, (_HUBS[1], _CAPITOL), "2022-11-07", "2027-11-30"),
    Agreement("DS-01", *_RECORDS, (_HUBS[0], _WINDROW), "2020-03-02", "2027-03-31"),
    Agreement("DS-02", *_RECORDS, (_HUBS[2], _WINDROW), "2020-05-11", "2027-05-31"),
    Agreement("DS-03", *_RECORDS, ("Kestrel Memorial Hospital", _WINDROW), status="draft"),
    Agreement("DS-04", "data sharing agreement", "immunization records",
              ("Redbud Community Health Center", _HEALTH), "2021-01-19", "2027-12-31"),
    Agreement("DS-05", "data sharing agreement", "overdose surveillance",
              ("New Furrow Recovery Center", _HEALTH), "2020-09-14", "2025-09-30", "expired"),
    Agreement("MA-01", "mutual aid agreement", "emergency preparedness",
              (_HEALTH, "Chalk Hills District Health Department"), "2022-04-04"),
    # Contracts of health care with community-based organizations: two uniform, two sole.
    Agreement("SC-01", _CONTRACT, "non-emergency rides", ("Prairie Loop Transit", _HUBS[0]),
              "2024-11-18", "2028-11-30"),
    Agreement("SC-02", _CONTRACT, _VISITS, ("Casa de la Pradera", _RIVERS),
              "2025-03-10", "2028-03-31"),
    Agreement("SC-03", _CONTRACT, _VISITS, ("Loess Canyon Community Partnership", _RIVERS),
              "2023-03-13", "2028-03-31"),
    Agreement("SC-04", _CONTRACT, "insurance enrollment help",
              ("Loess Canyon Community Partnership", _RIVERS), "2023-03-13", "2028-03-31"),
)  # fmt: skip


def list_agreements(wave: int) -> list[Row]:
    """The rows of the agreements table, one for each party."""
    agreements = [each for each in (*_find_papers(), *_OTHERS) if _is_on_file(each, wave)]
    rows = [_sign(each, party, wave) for each in agreements for party in each.parties]
    return sorted(rows, key=lambda row: (str(row["agreement"]), str(row["organization"])))


def _is_on_file(agreement: Agreement, wave: int) -> bool:
    """Whether an agreement is on file in a wave; the draft came after the first."""
    return wave == WAVES[1] or "" < agreement.signed <= f"{wave}-06-30"


def _find_papers() -> list[Agreement]:
    """Each member's agreements with its hub, all executed but for the planted exceptions."""
    members = [(hub, name) for hub, *names in NETWORKS.values() for name in names]
    return [
        _write_paper(f"{paper[0]}-{number:02d}", paper, name, hub)
        for number, (hub, name) in enumerate(members, start=1)
        for paper in PAPERS
        if name != NO_AGREEMENTS and not (name == NO_TRANSFER and paper[0] == "TA")
    ]


def _write_paper(identifier: str, paper: tuple[str, str, str], name: str, hub: str) -> Agreement:
    """One agreement of a member: five years, not about to end but for one."""
    letters, kind, topic = paper
    other = QIO if letters == "QA" and name in REVIEWED_BY_QIO else hub
    signed = draw_date("2022-10-01", "2024-05-31", identifier, "signed")
    if name == EXPIRING and letters == "TA":
        return Agreement(identifier, kind, topic, (name, other), "2023-09-15", "2026-09-15")
    year, month, _ = map(int, signed.split("-"))
    return Agreement(
        identifier, kind, topic, (name, other), signed, date(year + 5, month, 28).isoformat()
    )


def _sign(agreement: Agreement, party: str, wave: int) -> Row:
    """One party's row of an agreement."""
    ended = agreement.status == "expired" and agreement.expires <= f"{wave}-06-30"
    status = "expired" if ended else agreement.status.replace("expired", "executed")
    return {
        "agreement": agreement.id,
        "organization": slug(party),
        "role": "lead" if party == agreement.parties[-1] else "party",
        "type": agreement.type,
        "topic": agreement.topic,
        "status": status,
        "signed": agreement.signed,
        "effective": agreement.signed,
        "expires": agreement.expires,
        "renews": "no" if agreement.expires else "",
    }
