"""Workbooks and tables in text: where the tables of a sheet are, and what is written over and beside them."""
