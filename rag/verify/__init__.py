"""Does the source say so?

from rag.verify import check_claim, check_quote
"""

from rag.verify.claims import ClaimVerdict, bear_out, check_claim, check_claims
from rag.verify.quotes import QuoteVerdict, check_quote

__all__ = ["ClaimVerdict", "QuoteVerdict", "bear_out", "check_claim", "check_claims", "check_quote"]
