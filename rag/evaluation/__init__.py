"""The parts of an evaluation, which `rag.evaluate` puts together: scores, metrics, comparisons and reports."""
