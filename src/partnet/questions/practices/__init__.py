"""The register of promising practices: what, where, who, how well proven, and for whom."""
