"""What one cell says beyond a value: several values, codes, numbers before names."""
