"""Who was asked and has not answered, and whom to ask first."""
