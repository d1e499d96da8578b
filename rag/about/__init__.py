"""Questions about documents themselves."""
