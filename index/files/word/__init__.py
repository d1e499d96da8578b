"""Word documents: what mammoth does not tell of them is marked before it reads them."""
