"""What the meetings of the practice need: whom to visit, whom to expect, whom to ask along."""

from .convenings import describe_convenings
from .introductions import find_introductions
from .peers import find_peer_states
from .roster import list_expected_partners
from .visits import plan_visits

__all__ = [
    "describe_convenings",
    "find_introductions",
    "find_peer_states",
    "list_expected_partners",
    "plan_visits",
]
