"""Who owns whom in the end."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import fold_word


@fact
def find_owners(here: Network) -> Mapping[str, str]:
    """Give who owns each organization in the end: up the affiliations, then by the same EIN.

    Owned, leased and "site of" make two organizations one owner's; managed and affiliated do not.
    """
    table = here.rows("affiliations")
    table = table[table["type"].isin(["owned", "leased", "site of"])]
    resolved = here.resolve(table["parent"])
    named = resolved.where(resolved != "", table["parent"].map(fold_word))
    above = dict(zip(table["organization"], named, strict=True))
    eins = here.organizations["ein"].str.replace(r"\D", "", regex=True)
    numbers: dict[str, str] = dict(zip(here.ids.tolist(), eins.tolist(), strict=True))
    first = {ein: id_ for id_, ein in reversed(numbers.items()) if ein}
    owners = {}
    for id_ in numbers:
        seen, top = {id_}, id_
        while above.get(top, top) not in seen:
            top = above[top]
            seen.add(top)
        owners[id_] = first.get(numbers.get(top, ""), top)
    return MappingProxyType(owners)
