"""How good answers are: scores, metrics, comparisons and reports, which `running` puts together."""
