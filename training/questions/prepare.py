"""Writes the articles of `news.jsonl` as a folder and, of those not trained on, as many small ones, each split's and small folder's
questions as a batch for `sayso ask`, and the judged answers in words."""
import argparse
import collections
import json
import random
from pathlib import Path

ARTICLES = 6  # in a small folder
FOREIGN = 12  # one question of another folder for so many of its own


def small_folders(out, asked, texts, judged):
    """Folders of a few articles: most people have few. Fitted and judged articles never share one. Each asks its own questions and,
    as questions it cannot answer, some of the others'."""
    chance = random.Random(7)
    for name, splits in (("fit", ("fit", "dev")), ("test", ("test",))):
        by_article = collections.defaultdict(list)
        for q in asked:
            if q["split"] in splits:
                by_article[q["article"]].append(q)
        articles = sorted(by_article)
        chance.shuffle(articles)
        with open(out / f"judged-small-{name}.jsonl", "w") as file:
            for number, start in enumerate(range(0, len(articles), ARTICLES)):
                chosen = articles[start:start + ARTICLES]
                folder = out / "small" / f"{name}{number}"
                (folder / "articles").mkdir(parents=True, exist_ok=True)
                for article in chosen:
                    (folder / "articles" / (article.replace("/", "_") + ".txt")).write_text(texts[article])
                own = [judged[q["id"]] for article in chosen for q in by_article[article]]
                others = [judged[q["id"]] for article in articles if article not in chosen for q in by_article[article] if q["answers"]]
                picked = chance.sample(others, min(len(others), max(1, len(own) // FOREIGN)))
                foreign = [{**q, "id": f"{q['id']}~{number}", "answers": [], "absent": True, "near_miss": False} for q in picked]
                with open(folder / "questions.jsonl", "w") as batch:
                    for q in own + foreign:
                        print(json.dumps({"id": q["id"], "question": q["question"]}), file=batch)
                        print(json.dumps(q), file=file)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", default="../../../shared/data", help="folder with quotes/polnear_train.jsonl")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    out = Path(args.out)
    (out / "articles").mkdir(parents=True, exist_ok=True)
    with open(Path(args.data) / "quotes" / "polnear_train.jsonl") as file:
        texts = {a["id"]: a["text"] for a in map(json.loads, file)}
    with open(Path(__file__).with_name("news.jsonl")) as file:
        asked = [json.loads(line) for line in file]
    for article in sorted({q["article"] for q in asked}):
        (out / "articles" / (article.replace("/", "_") + ".txt")).write_text(texts[article])
    judged = {}
    for q in asked:
        text = texts[q["article"]]
        words = [text[s:e] for s, e in q["answers"]]
        judged[q["id"]] = {"id": q["id"], "split": q["split"], "type": q["type"], "article": q["article"], "question": q["question"],
                           "answers": words, "absent": not words, "near_miss": q["near_miss"]}
    with open(out / "judged.jsonl", "w") as file:
        for q in judged.values():
            print(json.dumps(q), file=file)
    small_folders(out, asked, texts, judged)
    for split in ("train", "fit", "dev", "test"):
        with open(out / f"{split}.jsonl", "w") as batch:
            for q in asked:
                if q["split"] == split:
                    print(json.dumps({"id": q["id"], "question": q["question"]}), file=batch)


if __name__ == "__main__":
    main()
