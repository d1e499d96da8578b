"""Documents of one title are called by what tells them apart."""

from index.files.heads import labels
from index.types import Document


def called(*documents):
    made = [
        Document(f"{name}.md", "Card", f"/there/{name}.md", "It rains.", (), facts=facts) for name, facts in documents
    ]
    return list(labels(made).values())


def test_a_document_with_a_title_of_its_own_is_called_by_it():
    assert called(("dog", (("patient", "Biscuit"),))) == ["Card"]


def test_a_field_that_both_have_tells_them_apart_and_a_day_before_all():
    fields = (("surgery", "Tarn"), ("patient", "Biscuit")), (("surgery", "Tarn"), ("patient", "Pepper"))
    assert called(("a", fields[0]), ("b", fields[1])) == ["Card (Biscuit)", "Card (Pepper)"]
    dated = [(*some, ("date", f"2024-0{month}-01")) for month, some in enumerate(fields, 1)]
    assert called(("a", dated[0]), ("b", dated[1])) == ["Card (2024-01-01)", "Card (2024-02-01)"]


def test_what_one_alone_has_tells_nothing_of_the_other():
    assert called(("dog", (("worms", "on the 1st"),)), ("cat", ())) == ["Card (dog)", "Card (cat)"]
