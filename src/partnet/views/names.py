"""Names of organizations, shortened to fit into a picture."""

from __future__ import annotations

import re
import textwrap

LINE = 20  # letters in a line of a label; two lines hold most names of organizations

# Words that lose little when shortened, the most harmless first.
SHORT_WORDS = (
    ("Emergency Medical Services", "EMS"),
    ("Critical Access Hospital", "CAH"),
    ("Health Information Exchange", "HIE"),
    ("Area Health Education Center", "AHEC"),
    ("Area Agency on Aging", "AAA"),
    ("Department", "Dept."),
    ("Association", "Assn."),
    ("Hospital", "Hosp."),
    ("Community", "Comm."),
    ("Volunteer", "Vol."),
    ("Regional", "Reg."),
    ("District", "Dist."),
    ("University", "Univ."),
    ("Incorporated", "Inc."),
    ("Corporation", "Corp."),
    ("Foundation", "Fdn."),
    ("Authority", "Auth."),
    ("Services", "Svcs."),
    ("Memorial", "Mem."),
    ("National", "Natl."),
    ("Northeast", "NE"),
    ("Northwest", "NW"),
    ("Southeast", "SE"),
    ("Southwest", "SW"),
    ("Behavioral", "Behav."),
    ("Education", "Educ."),
    ("Center", "Ctr."),
    ("Medical", "Med."),
    ("County", "Co."),
    ("Office", "Off."),
    ("and", "&"),
)


def clean_name(name: str) -> str:
    """Put spaces for line breaks and for characters that no picture may hold."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", name).split())


def shorten_name(name: str, *, line: int = LINE) -> str:
    """Shorten the name of an organization to two lines at most, and as little as will do.

    A name that fits is only wrapped; a longer one loses letters of common words one word after
    the other (Hospital to Hosp., Department to Dept.); what is still too long is cut.

    Parameters
    ----------
    name : str
        The name; line breaks and control characters count as spaces.
    line : int, default 20
        Letters in a line.

    Returns
    -------
    str
        One or two lines.

    Examples
    --------
    >>> shorten_name("Cedar County Hospital")
    'Cedar County\\nHospital'
    >>> shorten_name("Northeast Prairie Area Health Education Center")
    'Northeast\\nPrairie AHEC'
    """
    text = clean_name(name)
    if len(text) <= line:
        return text
    for long, short in (("", ""), *SHORT_WORDS):
        text = re.sub(rf"\b{long}\b", short, text) if long else text
        wrapped = _wrap_evenly(text, line)
        if wrapped.count("\n") < 2:
            return wrapped
    lines = wrapped.split("\n")
    return f"{lines[0]}\n{lines[1][: line - 1].rstrip(' ,;&.')}…"


def _wrap_evenly(text: str, line: int) -> str:
    """Wrap into as few lines as need be, and make them about equally long."""
    fewest = textwrap.wrap(text, line)
    if len(fewest) != 2:
        return "\n".join(fewest)
    width = next(w for w in range(len(text) // 2, line + 1) if len(textwrap.wrap(text, w)) <= 2)
    return "\n".join(textwrap.wrap(text, width))
