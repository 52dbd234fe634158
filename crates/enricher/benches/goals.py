#!/usr/bin/env python3
"""Print what the enricher reaches beside its goals, on the development texts beside the repository.

usage: goals.py DEPECHE SHARED SCRATCH
DEPECHE is the program; SHARED the folder with `enrich`, `gold` and `score`; answers are written to SCRATCH.
What is not there is said so. Standard library only.
"""
import contextlib, importlib.util, io, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "../../.."))


def show(what, ours, goal):
    verdict = "" if ours is None or goal is None else "  reached" if ours >= goal else f"  {ours - goal:+.3f}"
    ours = "not measured" if ours is None else f"{ours:.3f}"
    print(f"{what:<58}{ours:>13}   goal {'-' if goal is None else f'{goal:.3f}'}{verdict}")


def enrich(depeche, source, answers, question):
    """Runs `depeche enrich` over the lines of a file, each made a question."""
    with open(source, encoding="utf-8") as lines:
        asked = "".join(json.dumps(question(json.loads(line)), ensure_ascii=False) + "\n" for line in lines if line.strip())
    done = subprocess.run([depeche, "enrich"], input=asked.encode(), stdout=subprocess.PIPE, check=True)
    with open(answers, "wb") as out:
        out.write(done.stdout)


def scored(script, *arguments):
    return subprocess.run([sys.executable, script, *arguments], stdout=subprocess.PIPE, check=True, text=True).stdout


def values_scored(script, source, answers):
    """What the scorer of values says. A case that it cannot judge counts as wrong, and is told of."""
    spec = importlib.util.spec_from_file_location("score_values", script)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    judge = scorer.judge

    def guarded(case, answer):
        try:
            return judge(case, answer)
        except Exception as error:
            print(f"{script} fails on case {case['id']}: {error!r}", file=sys.stderr)
            return False

    scorer.judge = guarded
    report, arguments = io.StringIO(), sys.argv
    sys.argv = [script, source, answers]
    try:
        with contextlib.redirect_stdout(report):
            scorer.main()
    finally:
        sys.argv = arguments
    return report.getvalue()


def f1(report, row):
    found = re.search(rf"^{re.escape(row)}\s+precision \S+\s+recall \S+\s+F1 (\S+)", report, re.M)
    return float(found.group(1)) if found else None


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    depeche, shared, scratch = sys.argv[1:]
    os.makedirs(scratch, exist_ok=True)
    here = lambda *path: os.path.join(shared, *path)
    if not os.path.isdir(here("enrich")):
        print(f"{here('enrich')} is not here: nothing is scored")
        return

    text_only = lambda line: {"id": line["id"], "text": line["text"], "language": line.get("language")}
    for name, title, rows in (
        ("winer_fr_dev", "French news", (("all", 0.90), ("organization", 0.80), ("product", 0.75), ("date", 0.95))),
        ("seeds_fr", "sample articles", (("all", 0.86),)),
        ("uner_en_dev", "English mail, reviews, blogs", (("all", 0.72),)),
    ):
        source = here("enrich", name + ".jsonl")
        if not os.path.exists(source):
            print(f"{source} is not here")
            continue
        answers = os.path.join(scratch, name + ".jsonl")
        enrich(depeche, source, answers, text_only)
        report = scored(here("score", "score_entities.py"), source, answers)
        for row, goal in rows:
            label = {"all": "person + organization + place"}.get(row, row)
            show(f"{title}: {label}, F1", f1(report, row), goal)

    source = here("enrich", "recognizers_specs.jsonl")
    if os.path.exists(source):
        answers = os.path.join(scratch, "values.jsonl")
        with_day = lambda line: {**text_only(line), "published": (line.get("reference") or "")[:10] or None}
        enrich(depeche, source, answers, with_day)
        report = values_scored(here("score", "score_values.py"), source, answers)
        for row, goal in (("fr amounts", 0.95), ("en amounts", 0.90), ("fr dates", 0.85), ("en dates", 0.80)):
            found = re.search(rf"^{row}\s+\S+ = (\S+)", report, re.M)
            show(f"cases of Recognizers-Text: {row}, share", float(found.group(1)) if found else None, goal)

    gold = here("gold", "seeds.json")
    if os.path.exists(gold):
        store = os.path.join(scratch, "store")
        seeds = os.path.join(ROOT, "seeds")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([depeche, "ingest", seeds, "--store", store], check=True, **quiet)
        report = scored(here("score", "score_articles.py"), gold, store)
        for row in ("amounts", "dates", "quotes", "quote speakers"):
            show(f"sample articles: {row}, F1", f1(report, row), 1.0)
        print(f"\nall of the sample articles' gold:\n{report}")

    size = lambda folder: sum(entry.stat().st_size for entry in os.scandir(os.path.join(ROOT, folder)) if entry.is_file())
    size = (size("crates/enricher/model") + size("config/lexicon")) / 1e6
    print(f"models and lists in the binary: {size:.1f} MB   goal at most 8 MB")
    print("speed and loading: just bench-enrich; language: cargo test -p enricher --test languages -- --nocapture")


if __name__ == "__main__":
    main()
