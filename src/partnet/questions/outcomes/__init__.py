"""What became of what sessions agreed on."""
