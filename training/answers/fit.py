"""Fits the weights with which `src/reading/weighing.rs` weighs candidates against silence.

    sayso ask --index INDEX --batch questions.jsonl --explain --json > explained.jsonl
    python fit.py neural --set judged.jsonl explained.jsonl 1.0 [--set …] [--judge judged.jsonl explained.jsonl]

A judged file holds questions with `id`, `type`, `answers` (their words) and perhaps `absent`: those of `queries/`, or what
`training/questions/prepare.py` writes. `explained.jsonl` is what the program printed for the same questions; EXPLAINED in `src/engine` must be raised so that
all candidates are printed. The number is the weight of a question. `--judge` names questions to report on that are never fitted.

The model is a conditional logistic regression over the candidates of a question and silence, whose score is nought. Right
candidates share the target; where no candidate is right, silence is the target (at half weight if the folder has an answer).
A group's probability is the sum over candidates of the same words. Prints what cross-validation says (folds by story or article),
then the weights."""
import argparse
import collections
import hashlib
import json
import math
import re

import numpy as np
from scipy.optimize import minimize

COMMON = "nearest own beside around titled nameless numberless year alike alike_beside gap strange focus verb named standing nowhere length".split()
NAMES = {
    "neural": "margin read marked kind agreement asks_who credited remark miscounted mistaken quantity name".split() + COMMON,
    "linear": "kind agreement miscounted mistaken local quantity name".split() + COMMON,
    "whole": "margin read former plain yes_no reason said list defined list_former list_margin yes_no_margin "
             "list_exact list_unread list_marked list_counted mistaken".split() + COMMON,
}
LONG = ("definition", "role", "reason", "statement", "yesno", "list", "thing")
PENALTY, FOLDS = 0.5, 5
# Set by hand: too few of the questions tell; another council than the one asked about, a figure of something else and four names where five are asked for are bad mistakes.
FIXED = {"miscounted": -1.5, "mistaken": -4.0, "list_counted": 1.0}


def words(text):
    text = re.sub(r"[^\w£$€%. ]", " ", text.lower().replace("’", "'").replace("'s", ""))
    return [w.strip(".") for w in text.split() if w.strip(".") and w not in ("a", "an", "the")]


def is_right(got, accepted, long):
    """The accepted words, with at most five more around them, or at least half of them; around a long answer there may be more."""
    got = words(got)
    for answer in map(words, accepted):
        holds = answer and any(got[i:i + len(answer)] == answer for i in range(len(got) - len(answer) + 1))
        part = got and any(answer[i:i + len(got)] == got for i in range(len(answer) - len(got) + 1))
        if got == answer or holds and (long or len(got) <= len(answer) + 5) or part and 2 * len(got) >= len(answer):
            return True
    return False


def is_of(kind, candidate):
    """Whether the candidate was weighed by the table that is fitted."""
    parts = candidate["parts"]
    if kind == "whole":
        return "former" in parts
    return "standing" in parts and "former" not in parts and (kind == "linear") == ("margin" not in parts)


def questions(judged, explained, kind, weight):
    """One dictionary for each question whose candidates were weighed."""
    with open(judged) as file:
        known = {q["id"]: q for q in map(json.loads, file)}
    for line in open(explained):
        asked = json.loads(line)
        about = known.get(asked["id"])
        found = [c for c in (asked.get("explanation") or {}).get("candidates", []) if is_of(kind, c)]
        if about is None or not found:
            continue
        long = about["type"] in LONG
        answers = [] if about.get("absent") else about.get("answers", [])
        fold = about.get("article") or asked["id"].rsplit("-", 1)[0]
        yield {
            "figures": np.array([[c["parts"].get(n, 0.0) for n in NAMES[kind]] + [1.0] for c in found]),
            "right": np.array([bool(answers) and is_right(c["text"], answers, long) for c in found]),
            "texts": [" ".join(words(c["text"])) for c in found],
            "fold": hashlib.sha256(fold.encode()).digest()[0] % FOLDS, "present": bool(answers), "weight": weight,
            "near": bool(about.get("near_miss")), "type": about["type"],
        }


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
    fixed = np.array([FIXED.get(name, np.nan) for name in [*names, "bias"]]) * spread
    found = minimize(loss, np.nan_to_num(fixed), args=(rows, fixed), jac=True, method="L-BFGS-B", options={"maxiter": 400})
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


def report(rows, results, label):
    there = [(r, x) for r, x in zip(rows, results) if r["present"]]
    absent = [(r, x) for r, x in zip(rows, results) if not r["present"]]
    print(f"{label}: {len(there)} with an answer (a right candidate for {np.mean([r['right'].any() for r, _ in there]):.3f}), "
          f"{len(absent)} without; likeliest right {np.mean([x[0] for _, x in there]):.3f}")
    for limit in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
        print(f"  above {limit:.2f}: right {np.mean([x[0] and x[1] >= limit for _, x in there]):.3f}, wrong "
              f"{np.mean([not x[0] and x[1] >= limit for _, x in there]):.3f}, absent answered "
              f"{np.mean([x[1] >= limit for _, x in absent] or [0]):.3f}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("kind", choices=NAMES)
    p.add_argument("--set", nargs=3, action="append", required=True, metavar=("JUDGED", "EXPLAINED", "WEIGHT"))
    p.add_argument("--judge", nargs=2, metavar=("JUDGED", "EXPLAINED"))
    args = p.parse_args()
    names = NAMES[args.kind]
    sets = [list(questions(judged, explained, args.kind, float(weight))) for judged, explained, weight in args.set]
    everything = [r for rows in sets for r in rows]
    by_fold = {f: fit([r for r in everything if r["fold"] != f], names) for f in range(FOLDS)}
    for rows, (judged, *_) in zip(sets, args.set):
        report(rows, [first(r, by_fold[r["fold"]]) for r in rows], judged)
    weights = fit(everything, names)
    if args.judge:
        rows = list(questions(*args.judge, args.kind, 1.0))
        report(rows, [first(r, weights) for r in rows], "never fitted")
    for name, weight in zip([*names, "bias"], weights):
        print(f'    ("{name}", {weight:.3f}),')


if __name__ == "__main__":
    main()
