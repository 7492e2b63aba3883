"""Community voice: who speaks for whom, and for whom things are worse."""
