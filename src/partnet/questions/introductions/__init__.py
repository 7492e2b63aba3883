"""Who can open the door: introductions, ties to renew, groups one never talks to."""
