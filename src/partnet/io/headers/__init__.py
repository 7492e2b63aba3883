"""Headers: where they stand, what they mean, which table they tell."""
