"""Training of the models that ship with Footnote; `python -m rag.training --help` says how."""
