"""Fits the weights with which `src/reading/weighing.rs` weighs candidates against silence.

    sayso ask --index INDEX --batch questions.jsonl --explain --json > explained.jsonl
    python fit.py --judged judged.jsonl --explained explained.jsonl [--more more-explained.jsonl] [--linear]

`judged.jsonl` holds judged questions as in `queries/` (`id`, `answers`, `type`), `questions.jsonl` the same questions with their
`id`; EXPLAINED in `src/engine` must be raised so that all candidates are printed. `--more` takes explained questions whose `id` is
an object `{"present": 0 or 1, "answers": [...]}` and counts them at a fifth.

The model is a conditional logistic regression over the candidates of a question and silence, whose score is nought. Right
candidates share the target; where no candidate is right, silence is the target (at half weight if the answer stands in the folder).
A group's probability is the sum over candidates of the same words. Prints what cross-validation by story says, then the weights."""
import argparse
import collections
import json
import math
import re

import numpy as np
from scipy.optimize import minimize

NEURAL = "margin read marked kind agreement own beside around titled nameless year alike miscounted focus verb named standing nowhere quantity name bias".split()
LINEAR = ("kind agreement own beside around titled nameless numberless year alike miscounted focus verb named local standing nowhere quantity name "
          "length bias").split()
PENALTY, MORE = 0.5, 0.2
FIXED = {"miscounted": -1.5}  # set by hand: too few of the questions tell, and a figure of something else is a bad mistake


def words(text):
    text = re.sub(r"[^\w£$€%. ]", " ", text.lower().replace("’", "'").replace("'s", ""))
    return [w.strip(".") for w in text.split() if w.strip(".") and w not in ("a", "an", "the")]


def is_right(got, accepted, long):
    """The accepted words, with at most five more around them; a long answer may also be half of what is accepted."""
    got = words(got)
    for answer in map(words, accepted):
        holds = answer and any(got[i:i + len(answer)] == answer for i in range(len(got) - len(answer) + 1))
        if got == answer or holds and (long or len(got) <= len(answer) + 5):
            return True
        part = got and any(answer[i:i + len(got)] == got for i in range(len(answer) - len(got) + 1))
        if long and part and 2 * len(got) >= len(answer):
            return True
    return False


def questions(path, judged, names):
    """One dictionary for each question whose candidates were weighed."""
    for line in open(path):
        asked = json.loads(line)
        found = [c for c in (asked.get("explanation") or {}).get("candidates", []) if "standing" in c["parts"]]
        if not found:
            continue
        if judged is None:
            about, long, story = asked["id"], False, "more"
            answers = about["answers"] if about["present"] else []
        else:
            about = judged[asked["id"]]
            long, story = about["type"] in ("definition", "role", "reason", "statement"), asked["id"].rsplit("-", 1)[0]
            answers = [] if about.get("absent") else about.get("answers", [])
        figures = np.array([[1.0 if n == "bias" else c["parts"].get(n, 0.0) for n in names] for c in found])
        right = np.array([bool(answers) and is_right(c["text"], answers, long) for c in found])
        texts = [" ".join(words(c["text"])) for c in found]
        yield {"figures": figures, "right": right, "texts": texts, "story": story, "present": bool(answers), "weight": 1.0 if judged else MORE}


def loss(weights, rows, fixed):
    weights = np.where(np.isnan(fixed), weights, fixed)
    total, slope = PENALTY * weights @ weights, 2 * PENALTY * weights
    for row in rows:
        scores = row["scaled"] @ weights
        top = max(scores.max(), 0.0)
        odds, silence = np.exp(scores - top), math.exp(-top)
        share = odds / (odds.sum() + silence)
        if row["right"].any():
            chance = share[row["right"]].sum()
            total -= row["weight"] * math.log(chance + 1e-12)
            slope = slope - row["weight"] * (row["scaled"].T @ (np.where(row["right"], share / (chance + 1e-12), 0) - share))
        else:
            weight = row["weight"] * (0.5 if row["present"] else 1.0)
            total -= weight * math.log(silence / (odds.sum() + silence) + 1e-12)
            slope = slope + weight * (row["scaled"].T @ share)
    return total, np.where(np.isnan(fixed), slope, 0.0)


def fit(rows, names):
    spread = np.vstack([r["figures"] for r in rows]).std(0)
    spread[spread < 1e-3] = 1.0
    for row in rows:
        row["scaled"] = row["figures"] / spread
    fixed = np.array([FIXED.get(name, np.nan) for name in names]) * spread
    found = minimize(loss, np.nan_to_num(fixed), args=(rows, fixed), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return found.x / spread


def first(row, weights):
    """Whether the likeliest answer is right, and its probability."""
    scores = row["figures"] @ weights
    odds = np.exp(np.minimum(scores, 30))
    groups, leader = collections.defaultdict(float), {}
    for at in np.argsort(-scores, kind="stable"):
        groups[row["texts"][at]] += odds[at]
        leader.setdefault(row["texts"][at], at)
    best = max(groups, key=groups.get)
    return row["right"][leader[best]], groups[best] / (1 + odds.sum())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--judged", required=True)
    p.add_argument("--explained", required=True)
    p.add_argument("--more")
    p.add_argument("--linear", action="store_true")
    args = p.parse_args()
    names = LINEAR if args.linear else NEURAL
    judged = {q["id"]: q for q in map(json.loads, open(args.judged))}
    rows = list(questions(args.explained, judged, names))
    more = list(questions(args.more, None, names)) if args.more else []
    results = []
    for story in sorted({r["story"] for r in rows}):
        weights = fit([r for r in rows if r["story"] != story] + more, names)
        results += [(r["present"], *first(r, weights)) for r in rows if r["story"] == story]
    there, absent = [r for r in results if r[0]], [r for r in results if not r[0]]
    print(f"{len(there)} with an answer, {len(absent)} without; likeliest right {np.mean([r[1] for r in there]):.3f}")
    for limit in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        print(f"  above {limit:.2f}: right {np.mean([r[1] and r[2] >= limit for r in there]):.3f}, wrong "
              f"{np.mean([not r[1] and r[2] >= limit for r in there]):.3f}, absent answered {np.mean([r[2] >= limit for r in absent]):.3f}")
    for name, weight in zip(names, fit(rows + more, names)):
        print(f'    ("{name}", {weight:.3f}),')


if __name__ == "__main__":
    main()
