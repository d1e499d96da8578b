"""What is asked, standing alone. README.md beside this file lists the rules that decide it, and what they get wrong."""

from rag.ask.query import Kind, Query, Turn
from rag.ask.understanding import understand

__all__ = ["Kind", "Query", "Turn", "understand"]
