"""What is asked, standing alone."""
