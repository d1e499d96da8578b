"""Documents made searchable, and kept in step with the files."""
