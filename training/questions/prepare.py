"""Writes the articles of `news.jsonl` as a folder, each split's questions as a batch for `sayso ask`, and the judged answers in words."""
import argparse
import json
from pathlib import Path


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
    with open(out / "judged.jsonl", "w") as judged:
        for q in asked:
            text = texts[q["article"]]
            words = [text[s:e] for s, e in q["answers"]]
            print(json.dumps({"id": q["id"], "split": q["split"], "type": q["type"], "article": q["article"], "question": q["question"],
                              "answers": words, "absent": not words, "near_miss": q["near_miss"]}), file=judged)
    for split in ("train", "fit", "dev", "test"):
        with open(out / f"{split}.jsonl", "w") as batch:
            for q in asked:
                if q["split"] == split:
                    print(json.dumps({"id": q["id"], "question": q["question"]}), file=batch)


if __name__ == "__main__":
    main()
