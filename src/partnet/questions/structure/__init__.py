"""What shape the network has."""
