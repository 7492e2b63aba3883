"""What a network is: its tables, words and errors, and the shape in which every verb answers."""
