"""What the structure is: who is central, who bridges, what breaks, and how sure that is.

Importing this package loads nothing; its modules compile nothing until a measure is asked for.
"""
