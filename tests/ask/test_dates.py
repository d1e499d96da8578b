"""Dates are read as the documents write them; what they write so already is left alone, or read both ways."""

import pytest

from rag import Assistant
from rag.ask.dates import dates_as_written


@pytest.mark.parametrize(
    ("text", "question", "read"),
    [
        ("2013-07-01: 35\n2013-08-01: 38", "Members in August 2013?", "Members in 2013-08-01?"),
        ("2013-08-01: 38\n2013-08-15: 39", "Members in Aug. 2013?", "Members in 2013-08?"),
        ("Fixed: 2022-05-05 00:00", "What was fixed on May 5th, 2022?", "What was fixed on 2022-05-05?"),
        ("Fixed: 05.06.2022", "What was fixed on 5 June 2022?", "What was fixed on 05.06.2022?"),
        ("Fixed: 5.6.22, 28.5.22", "What was fixed on 5 June 2022?", "What was fixed on 5.6.22?"),
        ("Fixed: 6/5/22, 6/28/22", "What was fixed on 5 June 2022?", "What was fixed on 6/5/22?"),
        ("Fixed: 5/6/22, 28/6/22", "What was fixed on June 5, 2022?", "What was fixed on 5/6/22?"),
        ("Fixed: 6/5/1999, 6/28/1999", "What was fixed on June 5, 1999?", "What was fixed on 6/5/1999?"),
        ("2013-08-01T12:00:00Z, 4", "Rain on 1 August 2013?", "Rain on 2013-08-01?"),
        ("Rain | 07/2013: 3 | 08/2013: 4", "Rain in August 2013?", "Rain in 08/2013?"),
        ("Rain | Jul-13: 3 | Aug-13: 4", "Rain in August 2013?", "Rain in Aug-13?"),
        ("On 1 August 2013 it rained.", "What fell on 2013-08-01?", "What fell on 1 August 2013?"),
        ("On 1 August 2013 and on August 3rd, 2013 it rained.", "Rain in 2013-08?", "Rain in August 2013?"),
        ("2013-08-01: 35\n2013-08-02: 38", "Why no rain on 1 August?", "Why no rain on 2013-08-01?"),
        ("2013-08-01: 35\n2013-08-02: 38", "Rain on August 2nd, if any?", "Rain on 2013-08-02, if any?"),
        ("2013-08-01: 35. On Aug. 1 it poured.", "Rain on August 1?", "Rain on August 1 or 2013-08-01?"),
        ("2013-08-01: 35. On August 15 it poured.", "Rain on August 1?", "Rain on 2013-08-01?"),
        ("2013-08-01: 4. In August\n2013 it rained.", "Rain in August 2013?", "Rain in August 2013 or 2013-08-01?"),
    ],
)  # fmt: skip
def test_dates_are_read_as_the_documents_write_them(snapshot_of, text, question, read):
    assert dates_as_written(question, snapshot_of(text)) == read


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("In August 2013 it rained.", "Rain in August 2013?"),
        ("2013-08-01: 35, 2014-08-01: 3", "Rain on 1 August?"),  # of two years
        ("2013-08-01: 35. Rain on 01/08/2014: 3", "Rain on 1 August?"),
        ("2013-08-01: 35. It rained on 1 August 2014.", "Rain on 1 August?"),
        ("2013-08-01: 35", "In 2024, what fell on 1 August?"),
        ("2013-08-01: 35", "What fell on 1 August this year?"),
        ("2013-08-01: 35", "Rain on August 1 and 2?"),
        ("2013-08-01: 35", "Rain from August 1 to 5?"),
        ("2013-08-01: 35", "Rain on 2 August?"),
        ("2013-08-01: 35", "Rain between 1 August and 3 August?"),
        ("2013-08-01: 35", "Rain from 28 July to 1 August?"),
        ("2013-05-01: 35", "How much may 1 member pay?"),
        ("2013-09-01: 4", "Rain in August 2013?"),
        ("Fixed: 5/6/22", "What was fixed on 5 June 2022?"),  # or on 6 May
        ("Fixed: 5/6/22, 28/6/22, 6/28/22", "What was fixed on 5 June 2022?"),
        ("Room 08/20134, 12013-08-01, v2013-08-01-b", "Rain in August 2013?"),
        ("2013-05-01: 4", "Which bill may 2013 voters see?"),
        ("2010-11: 4 goals. In November 2010 it rained.", "Who scored in the 2010-11 season?"),
        ("2010-11: 4 goals", "Who scored in November 2010?"),
        ("2013-08-05: 4", "Rain between 1 and 5 August 2013?"),
        ("2013-08-05: 4", "Rain on 1–5 August 2013?"),
        ("2013-08-05: 4", "Rain in July/August 2013?"),
        ("2013-08-05: 4, 2013-10-01: 3", "Rain from August to October 2013?"),
        ("2013-08-05: 4, 2013-10-01: 3", "Rain from August 2013 to October 2013?"),
        ("Law 8/2013 and Regulation 8/2013 were passed.", "What was passed in August 2013?"),
        ("Born: 3-Aug, Aug-13", "Who was born in August 2013?"),
        ("Jul-13: 3, Aug-13: 4", "Who was born in August 1913?"),
        ("See section 5.6.22, and 5.16.22.", "What came on 5 June 2022?"),
        ("Upgrade to 5.6.2022.1", "What came on 5 June 2022?"),
        ("2013-08-05: 4, 05.08.2013", "Rain on 2013-08-05, the 5th of August 2013?"),
    ],
)
def test_a_date_that_is_written_so_or_not_at_all_is_left_alone(snapshot_of, text, question):
    assert dates_as_written(question, snapshot_of(text)) == question


def test_a_row_is_found_and_read_by_its_date(tmp_path):
    rows = [f"20{year}-{month:02}-01,{year + month},{10 * month + year}" for year in (12, 13) for month in range(1, 13)]
    (tmp_path / "club.csv").write_text("\n".join(["date,members,dues", *rows]))
    with Assistant.open(tmp_path / "club.csv", tmp_path / "index") as assistant:
        answer = assistant.ask("How much did the dues come to in August 2013?")
    assert answer.span == "93"
    assert answer.notices[0] == "Read as: How much did the dues come to in 2013-08-01?"
