"""What the meetings of the practice need: whom to visit, whom to expect, whom to ask along."""

from .peers import find_peer_states
from .visits import plan_visits

__all__ = ["find_peer_states", "plan_visits"]
