"""What people look at: where marks lie, what they look like, which names fit, and the picture."""
