"""What each training of the reader is made of: so many questions of each source, so changed, and what code makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the examples are made of; shares are of the questions that they may apply to."""

    caps: Mapping[str, int] = field(default_factory=dict)  #: the most questions, by source
    default_cap: int = 100_000
    titled: float = 0.5  #: contexts that begin with their document's title
    cropped: float = 0.3  #: longer contexts cut to some sentences around the answer
    neighbours: float = 0.6  #: short contexts mixed with similar ones
    retrieved: float = 0.3  #: also asked of a similar passage that does not hold the answer
    removed: float = 0.12  #: also asked of their own passage, its answering sentence taken out
    swapped: float = 0.1  #: also asked about another name or number, which the passage does not answer
    no_question_mark: float = 0.12
    keywords: float = 0.04
    misspelt: float = 0.04
    told: float = 0.0  #: say, too, of what or whom, which no passage need repeat
    #: Also the questions written for the training, on whole documents, by part: how many documents, and questions of
    #: each; None stands for all of them.
    written: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)
    forms: int = 0  #: also so many examples on forms and tables made by code
    records: int = 0  #: and on records that follow each other in one text
    reports: int = 0  #: and on reports of mishaps
    periods: int = 0  #: and on tables over years, quarters and the like
    lists: int = 0  #: and on lists
    catalogues: int = 0  #: and on rows of catalogues
    timetables: int = 0  #: and on what is on at times of several days
    bands: int = 0  #: and on scales of bands


RECIPES = {
    # The shares were set before training and not tuned.
    "footnote": Recipe(
        caps={
            "qamr": 9_000,
            "qadiscourse": 4_500,
            "tweetqa": 2_500,
            "policyqa": 1_200,
            "cuad": 2_400,
            "squad_v1.1_train_part": 36_000,
            "ropes_contrast": 200,
        }
    ),
    # What is asked of whole documents, with enough of the others that they are not forgotten.
    "documents": Recipe(
        caps={
            "squad_v1.1_train_part": 4_000,
            "squad_v2_train_part": 6_000,
            "squad_v2_dev": 3_000,
            "squad_v1.1_train_sentence": 500,
            "cuad": 1_000,
            "tweetqa": 400,
            "policyqa": 400,
            "ropes_contrast": 100,
        },
        default_cap=1_000,
        retrieved=0.35,
        removed=0.15,
        swapped=0.2,
        keywords=0.08,
        written={"train": None},
    ),
    # For an adapter that knows the public data already: what they lack, and enough of them that they are not forgotten.
    "adapter": Recipe(
        caps={
            "squad_v2_train_part": 400,
            "squad_v2_dev": 240,
            "squad_v1.1_train_part": 200,
            "squad_v1.1_dev_only": 60,
            "nq_open_oracle": 160,
            "tydiqa_en": 160,
            "tatqa_text": 120,
            "cuad": 80,
            "fairytaleqa": 60,
            "qadiscourse": 60,
            "multispanqa": 100,
            "quoref": 80,
            "drop_dev_spans": 60,
            "hotpotqa_dev_sample": 60,
            "tweetqa": 32,
            "policyqa": 24,
        },
        default_cap=16,
        retrieved=0.35,
        removed=0.2,
        swapped=0.2,
        keywords=0.08,
        told=0.12,
        written={"train": (40, 4), "rows": (40, 5), "reasons": (12, 8), "particulars": (24, 8)}
        | {"misses": (48, 5), "neighbours": (32, 8), "families": (64, 8), "everyday": None, "tempting": None},
        forms=250,
        records=300,
        reports=80,
        periods=250,
        lists=400,
        catalogues=600,
        timetables=300,
        bands=250,
    ),
    # A simpler recipe, to compare with: `rag.training.card --beside` measures it next to the other.
    "trial": Recipe(
        caps=dict.fromkeys(("qamr", "squad_v1.1_dev_only", "squad_v2_dev"), 100_000)
        | dict.fromkeys(("tydiqa_en", "nq_open_oracle", "tweetqa", "policyqa"), 100_000),
        default_cap=0,
        titled=0.0,
        cropped=0.0,
        neighbours=0.55,
        retrieved=0.45,
        removed=0.0,
        swapped=0.0,
        no_question_mark=0.1,
        keywords=0.0,
        misspelt=0.0,
    ),
}
