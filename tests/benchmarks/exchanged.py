"""Exchange a name in each question for one that no document has, and see whether it is answered all the same.

    python -m tests.benchmarks.exchanged --docs FOLDER --questions QUESTIONS.jsonl

Only questions with a name that are answered as they stand are asked again. Told is how many are answered still.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from rag.assistant import Assistant
from rag.evaluation.questions import read_questions
from rag.verify.names import names_missing
from rag.verify.places import PLACES
from rag.words import CAPITALISED, DAYS, MONTHS

ROOT = Path(__file__).parents[2]
STRANGE, ELSEWHERE = "Halvorsen", "Mongolia"  #: for a name, and for a place


def exchanged(question: str) -> str | None:
    """The question with its last name exchanged; None if it has none but months and days."""
    names = [name for name in names_missing(question, "") if name not in (*DAYS, *MONTHS) and name.isalpha()]
    if not names:
        return None
    last = re.escape(names[-1])
    whole = rf"(?:(?<=\s)(?:{CAPITALISED}\s)*)?\b{last}\b(?:\s{CAPITALISED})*"
    return re.sub(whole, ELSEWHERE if names[-1].lower() in PLACES else STRANGE, question, count=1)


def main() -> int:
    """Ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "tests" / "documents")
    parser.add_argument("--questions", type=Path, default=ROOT / "tests" / "questions" / "documents.jsonl")
    arguments = parser.parse_args()
    still = asked = 0
    with tempfile.TemporaryDirectory() as store, Assistant.open(docs=arguments.docs, store=store) as assistant:
        for one in read_questions(arguments.questions):
            other = exchanged(one.question)
            if not one.answerable or one.history or not other or assistant.ask(one.question).status != "answered":
                continue
            answer = assistant.ask(other)
            asked += 1
            if answer.status == "answered":
                still += 1
                print(f"    {other} => {answer.text}")
    print(f"{still} of {asked} questions are answered still, with a name in them exchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
