"""What ought to be there and is not: one module a kind of gap."""
