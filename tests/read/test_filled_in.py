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
    span = filled_in(document, row(document, answer), (start, start + len(answer)), "")
    assert (span and document.text[slice(*span)]) == told


@pytest.mark.parametrize(
    ("question", "answer", "is_told"),
    [
        ("Who signed the lease as a witness?", "C. Voss", False),
        ("Who signed the lease?", "C. Voss", True),
        ("Until when is the oven guaranteed?", "2022", False),
        ("Since when have we had the oven?", "2022", True),
        ("What has to be known of the oven?", "runs hot", True),
        ("Until when is the dishwasher guaranteed?", "2025", True),
    ],
)
def test_what_is_asked_for_may_be_what_nobody_has_filled_in(tmp_path, embedder, question, answer, is_told):
    document = document_of(
        tmp_path,
        embedder,
        "# The lease\n\nSigned: C. Voss / O. Hale Witness: __________\n\n"
        "| What | Since | Guarantee | Notes |\n|---|---|---|---|\n"
        "| Oven | 2022 | ? | runs hot |\n| Dishwasher | 2025 | 2030 | quiet |\n",
    )
    start = document.text.index(answer)
    span = (start, start + len(answer))
    assert filled_in(document, row(document, answer), span, question) == (span if is_told else None)
