"""Which sentences answer, and how surely."""
