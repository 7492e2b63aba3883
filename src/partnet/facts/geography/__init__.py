"""Where organizations are, whom they reach, and what is offered and needed there."""
