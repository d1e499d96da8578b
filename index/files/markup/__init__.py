"""Web pages, and what becomes one on its way: which of their parts are text, their tables and fields."""
