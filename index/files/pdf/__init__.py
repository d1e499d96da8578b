"""PDF files: from letters and drawn lines to paragraphs, forms and tables, in the order in which they are read."""
