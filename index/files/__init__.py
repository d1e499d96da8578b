"""From files to documents: find, read, and see the structure of their text."""
