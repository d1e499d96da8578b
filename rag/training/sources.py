"""The data sets that the reader is trained on: what each is, its licence and its public origin."""

_SQUAD = "Wikipedia, by crowd workers"

SOURCES = {
    "cuad": ("contracts", "CC BY 4.0", "CUAD v1 (The Atticus Project)"),
    "drop_dev_spans": ("Wikipedia, answers that are spans", "CC BY-SA 4.0", "DROP (AllenAI)"),
    "fairytaleqa": ("fairy tales", "Apache-2.0", "FairytaleQA (uci-soe/FairytaleQAData)"),
    "hotpotqa_dev_sample": ("Wikipedia, of two paragraphs", "CC BY-SA 4.0", "HotpotQA"),
    "multispanqa": ("web questions, several spans", "CC BY-SA 3.0", "MultiSpanQA (haonan-li/MultiSpanQA)"),
    "musique_subquestions": ("Wikipedia, single steps", "CC BY 4.0", "MuSiQue"),
    "nq_open_oracle": ("search queries, Wikipedia", "CC BY-SA 3.0", "Natural Questions (Google)"),
    "policyqa": ("privacy policies", "MIT", "PolicyQA"),
    "qadiscourse": ("reasons, conditions, contrasts", "CC BY 4.0", "QADiscourse (ValentinaPy/QADiscourse)"),
    "qamr": ("news and Wikipedia sentences", "MIT", "QAMR (julianmichael/qamr)"),
    "qed_nq": ("search queries, Wikipedia", "CC BY-SA 3.0", "QED (google-research-datasets/QED)"),
    "quoref": ("Wikipedia, coreference", "CC BY 4.0", "Quoref (AllenAI)"),
    "quotesum": ("questions on several passages", "CC BY-SA 4.0", "QuoteSum (google-research-datasets/QuoteSum)"),
    "ropes_contrast": ("situations and their causes", "CC BY 4.0", "ROPES (allenai/contrast-sets)"),
    "squad_v1.1_dev_only": (_SQUAD, "CC BY-SA 4.0", "SQuAD 1.1"),
    "squad_v1.1_train_part": (_SQUAD, "CC BY-SA 4.0", "SQuAD 1.1"),
    "squad_v1.1_train_sentence": (f"{_SQUAD}, single sentences", "CC BY-SA 4.0", "SQuAD 1.1"),
    "squad_v2_dev": (f"{_SQUAD}, half unanswerable", "CC BY-SA 4.0", "SQuAD 2.0"),
    "squad_v2_train_part": (f"{_SQUAD}, unanswerable", "CC BY-SA 4.0", "SQuAD 2.0"),
    "tatqa_text": ("financial reports", "CC BY 4.0", "TAT-QA (NExTplusplus/TAT-QA)"),
    "tweetqa": ("tweets", "CC BY-SA 4.0", "TweetQA"),
    "tydiqa_en": ("Wikipedia, English", "Apache-2.0", "TyDi QA (Google)"),
}  #: by the `source` of a line: contents, licence, origin
