"""The model that knows rows of names is made from files of tables, by one command."""

import csv
import json
import random

from click.testing import CliRunner

from rag.training.naming import examples_of, main, tables_of

BOATS = [["Boat", "Owner", "Fee"], ["Ketch", "Ann Lee", "12"], ["Barge", "Ben Ruiz", "40"], ["Punt", "Cy Dahl", "3"]]


def write(folder, number):
    folder.mkdir(exist_ok=True)
    rows = [[f"{name} {number}" for name in BOATS[0]], *BOATS[1:], ["Raft", "Di Moor", str(number)]]
    with (folder / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_tables_that_name_the_same_columns_count_once(tmp_path):
    write(tmp_path / "harbour", 1)
    (tmp_path / "harbour" / "copy.csv").write_text((tmp_path / "harbour" / "1.csv").read_text())
    assert len(tables_of(tmp_path / "harbour")) == 1


def test_the_first_row_is_an_example_of_names_and_rows_below_it_are_not(tmp_path):
    write(tmp_path / "harbour", 1)
    (table,) = tables_of(tmp_path / "harbour")
    for row, below, named in examples_of(table, random.Random(1)):
        assert named or row != table[0] or len(row) == 2  # a form has names at its side
        assert row not in below or not named


def test_each_source_is_measured_by_what_the_others_taught_and_all_of_it_is_written(tmp_path):
    for name in ("harbour", "river"):
        for number in range(8):
            write(tmp_path / name, number)
    out = tmp_path / "learnt.json"
    result = CliRunner().invoke(main, [str(tmp_path / "harbour"), str(tmp_path / "river"), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert result.output.count("trained on the others") == 2
    learnt = json.loads(out.read_text())
    assert learnt["words"]["boat"] > 0 > learnt["words"]["ketch"]
