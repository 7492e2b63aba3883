"""Names that a file writes in capitals, written as people write them."""

from __future__ import annotations

import re

from ...core.wording.text import keep_answers


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL = _words("and at by de del du for in of on the to with")
_ROMAN = _words("II III IV VI VII VIII IX")
_ACRONYMS = _words(
    """ACH AFB AHMC AHN AHS AMC AMG ARH CAH CAMC CHI DBA EAMC ECU EMS FHN HCA IHS IU JFK LAC LIJ
    LLC LLP LSU MUSC NEA NY NYU OCH OHSU OSF OSU OU PHS PIH PLLC SEARHC SUNY UAB UAMS UC UCF UCI
    UCLA UCSD UCSF UF UH UHHS UHS UI UK UM UMD UNC UNM UPHS UPMC US USA USC USD UT UVA UW VA VCU
    WCA"""
)
# Words cut short: no vowel either, but not initials.
_ABBREVIATIONS = _words(
    "BLVD CNTR CTR CTRS DR FT HLTH HSPTL JR LTD MDL MRS MT MTN PKWY SR SRVS ST STS SVC SVCS"
)
_BRANDS = {
    "ADVENTHEALTH": "AdventHealth",
    "BRONXCARE": "BronxCare",
    "CAROMONT": "CaroMont",
    "CENTRACARE": "CentraCare",
    "FIRSTHEALTH": "FirstHealth",
    "MEDSTAR": "MedStar",
    "MERCYONE": "MercyOne",
    "NORTHSHORE": "NorthShore",
    "OHIOHEALTH": "OhioHealth",
    "PEACEHEALTH": "PeaceHealth",
    "PROMEDICA": "ProMedica",
    "UCHEALTH": "UCHealth",
    "UNITYPOINT": "UnityPoint",
    "WAKEMED": "WakeMed",
    "WELLSPAN": "WellSpan",
}
_LETTERS = re.compile(r"\b[A-Z](?: [A-Z]){2,}\b")  # P H S
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@keep_answers
def write_name(text: str) -> str:
    """Write a name of capitals in upper and lower case; leave other names as they are.

    Examples
    --------
    >>> write_name("ST MARY'S HOSPITAL AND CLINIC OF MCCOOK, LLC")
    "St. Mary's Hospital and Clinic of McCook, LLC"
    >>> write_name("CHI HEALTH O'NEILL II"), write_name("10 EAST 31ST ST")
    ("CHI Health O'Neill II", '10 East 31st St')
    """
    if any(letter.islower() for letter in text):
        return text
    text = _LETTERS.sub(lambda found: found[0].replace(" ", ""), text)
    written = _WORD.sub(_write_word, text)
    return re.sub(r"\b(St|Mt)(?= [A-Z])", r"\1.", written)


def _write_word(match: re.Match[str]) -> str:
    word = match[0]
    first = match.start() == 0
    if not first and match.string[match.start() - 1].isdigit():
        return word.lower()  # 48th
    if word.lower() in _SMALL and not first:
        return word.lower()
    if word in _BRANDS:
        return _BRANDS[word]
    if word in _ROMAN | _ACRONYMS or (_has_no_vowel(word) and word not in _ABBREVIATIONS):
        return word
    return "'".join(_capitalize(part, k) for k, part in enumerate(re.split("['’]", word)))


def _has_no_vowel(word: str) -> bool:
    """Initials, as in BJC or HSHS."""
    return not set(word) & set("AEIOUY'’")


def _capitalize(part: str, position: int) -> str:
    """Mary's, O'Neill, McCook."""
    if position and len(part) == 1:
        return part.lower()
    if re.fullmatch("MC[A-Z]{3,}", part):
        return "Mc" + part[2:].capitalize()
    return part.capitalize()
