"""What goes together with ties."""
