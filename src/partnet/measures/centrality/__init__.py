"""Who is central: shortest paths, eigenvectors, current flow, and the two-mode measures."""
