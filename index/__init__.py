"""From files to an index that can be searched: documents, passages, embeddings, BM25 and the store."""

import os

# Before PyTorch is loaded. Else its threads wait for each other in busy loops, and where other programs use the
# processor too, a question takes several times as long.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
