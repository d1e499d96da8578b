"""Tables of any format as rows that tell the names of their columns."""
