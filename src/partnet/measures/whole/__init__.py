"""The network as a whole: its shape, its reach, how far it depends on few."""
