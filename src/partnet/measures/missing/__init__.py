"""What was not answered, filled in many times over."""
