"""What nobody has filled in, or ticked, in a form is no answer; what is ticked is the answer in place of its option."""

import pytest

from rag.read.filled_in import filled_in
from tests.read.conftest import document_of, row

WASTE = "Disposal of waste | [ ] Mains sewer | [x] Septic tank | [ ] Other"


@pytest.mark.parametrize(
    ("line", "answer", "told"),
    [
        (WASTE, "Mains sewer", "Septic tank"),
        (WASTE, "waste | [ ] Mains sewer", "Septic tank"),
        (WASTE, "Septic tank", "Septic tank"),
        (WASTE, "Disposal of waste", "Disposal of waste"),
        ("Loan: [x] Conventional [ ] FHA [ ] VA", "FHA", "Conventional"),
        ("Is it insured? | [ ] Yes | [ ] No", "Yes", None),
        ("Is it insured? | [ ] Yes | [ ] No", "Is it insured?", "Is it insured?"),
        ("[ ] Paint the shed by May", "the shed", "the shed"),
        ("He is paid $______ an hour", "$______", None),
        ("He is paid $__18__ an hour", "$__18__", "$__18__"),
    ],
)
def test_an_option_is_an_answer_where_it_is_ticked(tmp_path, embedder, line, answer, told):
    document = document_of(tmp_path, embedder, f"# The form\n\n{line}\n")
    start = document.text.index(answer)
    span = filled_in(document, row(document, answer), (start, start + len(answer)))
    assert (span and document.text[slice(*span)]) == told
