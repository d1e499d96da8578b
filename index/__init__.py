"""From files to an index that can be searched: documents, passages, embeddings, BM25 and the store."""
