"""The page, its API and its assets."""
