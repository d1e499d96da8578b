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
        ("Insured: | [ ] Yes | [ ] No", "Yes", None),
        ("Insured: | [ ] Yes | [ ] No", "Insured", "Insured"),
        ("Sex | [x] Male | [ ] Female | Smoker | [ ] Yes | [x] No", "Yes", "No"),
        ("Sex: [x] Male [ ] Female Marital status: [ ] Single [x] Married", "Single", "Married"),
        ("Is it let: [x] No [ ] Yes If yes, from: 3 May 2020", "3 May 2020", "3 May 2020"),
        ("Allergies: | [x] Nuts | [x] Milk | [ ] Eggs", "Nuts | [x] Milk | [ ] Eggs", "Nuts | [x] Milk | [ ] Eggs"),
        ("Packing list | [ ] tent | [ ] rope", "tent", "tent"),
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
