"""What to show where a question is refused: the sentences that come nearest to it, if any is near."""

from index.embedding import Embedder
from rag.read.choosing import understandable
from rag.read.evidence import Quotation, Reading
from rag.types import Citation
from rag.write.quoting import citation

LOOKED_AT = 12  #: of the reader's candidates
SHOWN = 3
NEAR = 0.4  #: cosine with the question from which a sentence has to do with it


def nearest(question: str, reading: Reading, embedder: Embedder) -> tuple[Citation, ...]:
    """The sentences nearest to a question, of those that the reader puts first; none if none is near."""
    quotations: list[Quotation] = [
        quotation for candidate in reading.candidates[:LOOKED_AT] if (quotation := understandable(candidate))
    ]
    if not quotations:
        return ()
    texts = [" ".join(citation(1, one).quote.split()) for one in quotations]
    cosines = embedder.embed(texts) @ embedder.embed_query(question)
    order = sorted(range(len(texts)), key=lambda number: -float(cosines[number]))
    near = [number for number in order if float(cosines[number]) >= NEAR]
    distinct = [number for place, number in enumerate(near) if texts[number] not in {texts[n] for n in near[:place]}]
    return tuple(citation(rank, quotations[number]) for rank, number in enumerate(distinct[:SHOWN], start=1))
