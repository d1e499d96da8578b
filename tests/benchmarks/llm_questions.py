"""A question set answered by an LLM, with and without the checks, beside the extractive engine.

Run `PYTHONPATH=. python tests/benchmarks/llm_questions.py --llm gguf:PATH --replies FILE.jsonl` in the repository's
root. What the model writes is kept in the file, and asked for only where the file lacks it, so that the checks can be
measured anew in no time. All answers are printed, to be read.
"""

import argparse
import functools
import json
import re
from collections import Counter
from pathlib import Path

from rag import Assistant
from rag.evaluation.questions import read_questions
from rag.llm.opening import open_llm
from rag.types import ClaimReady, Final, Revised
from rag.verify.claims import check_claims
from rag.verify.support import SupportModel
from rag.write.generate import LLMWriter
from rag.write.markers import Drafted, DraftReader
from rag.write.refusals import is_chatter, is_refusal
from tests.llm_double import ScriptedLLM

QUESTIONS = Path("tests/questions/essay.jsonl")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--llm", help="what to ask where the file lacks a reply; without it, such questions are left out"
    )
    parser.add_argument("--replies", type=Path, required=True)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--docs", type=Path, default=Path("seeds"))
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question")
    parser.add_argument("--store", type=Path, help="folder of an index of the documents")
    parser.add_argument("--support", help="another support model")
    options = parser.parse_args()
    check = functools.partial(check_claims, model=SupportModel(options.support) if options.support else None)
    known = read_replies(options.replies)
    asked = open_llm(options.llm) if options.llm else None
    results = []
    with Assistant.open(options.docs, options.store) as assistant:
        for question in list(read_questions(options.questions))[:: options.every]:
            assistant.writer = None
            extracted = assistant.ask(question.question, history=question.history)
            reply, brief = known.get(question.id, ("", False))
            if extracted.status == "answered" and not reply:
                if asked is None:
                    continue
                reply, brief = reply_to(assistant, question, asked, check)
                with options.replies.open("a", encoding="utf-8") as file:
                    entry = {"id": question.id, "raw": reply, "brief": brief}
                    file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            said = ScriptedLLM(chunks=re.findall(r"\S+\s*|\s+", reply))
            assistant.writer = LLMWriter(said, assistant.embedder, brief=brief, check=check)
            answer, judged = followed(assistant.stream(question.question, history=question.history))
            results.append((question, reply, answer, extracted, judged))
            show(question, reply, answer)
    summarise(results)


def followed(events):
    """The answer, and the claims that the model made, of which the answer may be rid."""
    judged, replaced = [], False
    for event in events:
        match event:
            case ClaimReady(claim) if not replaced:
                judged.append(claim)
            case Revised(""):
                replaced = True
            case Final(answer):
                return answer, judged if replaced or answer.engine == "llm" else []
    raise AssertionError("a stream ends with Final")


def read_replies(path):
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {entry["id"]: (entry["raw"], entry.get("brief", False)) for entry in map(json.loads, lines)}


def reply_to(assistant, question, llm, check):
    """What the model writes, all of it, and whether it was shown a few sentences only: its stream is kept."""
    said = []

    class Kept(type(llm)):
        def stream_chat(self, messages, **kwargs):
            for response in llm.stream_chat(messages, **kwargs):
                said.append(response.delta or "")
                yield response

    kept = Kept.model_construct(**dict(llm))
    assistant.writer = LLMWriter(kept, assistant.embedder, check=check)
    for event in assistant.stream(question.question, history=question.history):
        if isinstance(event, Final):
            return "".join(said), assistant.writer.brief
    raise AssertionError("a stream ends with Final")


def drafted(reply):
    """The sentences that the model wrote, with its refusals and chatter left out."""
    reader = DraftReader()
    pieces = [*reader.feed(reply), *reader.end()]
    texts = [piece.text for piece in pieces if isinstance(piece, Drafted)]
    return list(dict.fromkeys(text for text in texts if not is_chatter(text) and not is_refusal(text)))


def show(question, reply, answer):
    print(f"\n{question.id} ({question.category}) {question.question}")
    print(f"  model: {' '.join(reply.split())[:600]}")
    print(f"  {answer.engine}, {answer.status}: {answer.text}")
    for claim in answer.claims if answer.engine == "llm" else ():
        quotes = " | ".join(cited.quote for cited in answer.citations if cited.number in claim.citations)
        print(f"    {claim.support} {claim.score:.2f}: {claim.text}  <- {' '.join(quotes.split())}")


def summarise(results):
    def share(values):
        values = list(values)
        return f"{sum(values) / len(values):.3f} (n {len(values)})" if values else "–"

    def holds(question, text):
        return all(re.search(pattern, text, re.IGNORECASE) for pattern in question.must)

    written = [one for one in results if one[1]]
    due = [one for one in written if one[0].answerable and one[0].must]
    sentences = [text for _, reply, *_ in written for text in drafted(reply)]
    judged = [claim for *_, claims in written for claim in claims]
    shown = [claim for _, _, answer, *_ in written for claim in answer.claims]
    kept = [claim for _, _, answer, *_ in written if answer.engine == "llm" for claim in answer.claims]
    print(f"\nquestions: {len(results)}, of them put to the model: {len(written)}")
    print("ends:", dict(Counter(f"{answer.engine} {answer.status}" for _, _, answer, *_ in written)))
    print(
        "fell back:", share(answer.engine == "extract" and answer.status == "answered" for _, _, answer, *_ in written)
    )
    print(f"sentences that the model wrote: {len(sentences)}, judged: {len(judged)}")
    print("supported of those judged:", share(claim.holds for claim in judged))
    print("supported of those shown:", share(claim.holds for claim in shown))
    print(f"shown in the model's words: {len(kept)}, flagged: {sum(not claim.holds for claim in kept)}")
    print("must, unchecked:", share(holds(question, " ".join(drafted(reply))) for question, reply, *_ in due))
    print("must, checked:", share(holds(question, answer.text) for question, _, answer, *_ in due))
    print("must, checked, flagged sentences left out:", share(holds(q, unflagged(answer)) for q, _, answer, *_ in due))
    print("must, extractive:", share(holds(question, extracted.text) for question, _, _, extracted, _ in due))


def unflagged(answer):
    return " ".join(claim.text for claim in answer.claims if claim.holds)


if __name__ == "__main__":
    main()
