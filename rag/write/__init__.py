"""The answer, quoted or generated."""
