"""What organizations say of themselves: the profiles table, else columns of organizations."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..core.schema import NUMERIC_TYPES, TABLES

QUESTIONS = {column.name: column for column in TABLES["profiles"].columns[1:]}


@fact
def get_answers(here: Network) -> pd.DataFrame:
    """Give what is on file of each organization's own account, by id, in the network's order.

    An answer in the table ``profiles`` counts first (the last one that is not blank), then a
    column of the same name in ``organizations``. Blank text is "", a blank number NaN.

    Returns
    -------
    DataFrame
        By organization id, one column a question of the profiles table.
    """
    profiles, own = here.rows("profiles"), here.organizations
    columns = {}
    for name, column in QUESTIONS.items():
        number = column.type in NUMERIC_TYPES
        blank = np.nan if number else ""
        given = profiles[profiles[name].notna() & (profiles[name] != "")]
        values = given.groupby("organization")[name].last().reindex(here.ids)
        if name in own:
            fallback = pd.to_numeric(own[name], errors="coerce") if number else own[name]
            values = values.where(values.notna(), fallback)
        columns[name] = values.astype("float64") if number else values.fillna(blank).astype("str")
    return pd.DataFrame(columns, index=here.ids)


def split_answer(text: str) -> list[str]:
    """Split an answer into its parts: semicolons and line breaks separate them.

    Examples
    --------
    >>> split_answer("readmissions; falls ;")
    ['readmissions', 'falls']
    """
    parts = text.replace("\n", ";").split(";")
    return [part.strip() for part in parts if part.strip()]
