"""Scores a span reader on the held-out paragraphs: closed EM and F1, silence, comparison of passages, reliability.

    python evaluate.py --data ../../../shared/data --model ../../models/reader/reader.onnx --tokenizer ../../models/reader

`--model` is an ONNX file or a folder that train.py left. Closed: the right passage is given. Open-5: the best span of the
right passage and its four look-alikes, by score alone. Reliability: how often a span with such a score is right, over
answerable pairs and as many unanswerable ones."""
import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from examples import Example, Neighbours, development
from spans import answers, auc, encode, exact, f1, read, torch_runner

EDGES = (-8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10)


def runner(path, threads):
    """A function from ids, mask and kinds to start and end logits, and where the tokenizer is unless said otherwise."""
    if Path(path).is_dir():
        from transformers import BertForQuestionAnswering
        return torch_runner(BertForQuestionAnswering.from_pretrained(path))
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda ids, mask, kinds: session.run(["start", "end"], {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds})


def closed(found, encoded):
    em = 100 * np.mean([exact(t, answers(e.example)) for (_, t), e in zip(found, encoded)])
    return em, 100 * np.mean([f1(t, answers(e.example)) for (_, t), e in zip(found, encoded)])


def open_five(run, tokenizer, asked, length):
    """EM and F1 when the window is chosen by score among the right passage and four look-alikes, and how often it is right."""
    near = Neighbours(asked)
    groups = []
    for k, e in enumerate(asked):
        others = [near.passages[i] for i in near.near[k] if near.passages[i] != e.passage][:4]
        groups.append([e] + [Example(e.question, passage, []) for passage in others])
    flat = encode(tokenizer, [e._replace(answers=[]) for g in groups for e in g], length)
    found, at, em, f, gold = read(run, flat), 0, [], [], []
    for e, group in zip(asked, groups):
        here = found[at:at + len(group)]
        at += len(group)
        best = max(range(len(here)), key=lambda i: here[i][0])
        em.append(exact(here[best][1], answers(e)))
        f.append(f1(here[best][1], answers(e)))
        gold.append(best == 0)
    return 100 * np.mean(em), 100 * np.mean(f), 100 * np.mean(gold)


def reliability(here, asked, gone):
    """Rows `(low, high, pairs, share answerable, share right)` and the logistic fit of right on score."""
    right = np.array([f1(t, answers(e.example)) >= 0.5 for (_, t), e in zip(here, asked)] + [False] * len(gone))
    there = np.array([True] * len(here) + [False] * len(gone))
    score = np.array([s for s, _ in here] + [s for s, _ in gone])
    weight = np.concatenate([np.ones(len(here)), np.full(len(gone), len(here) / len(gone))])
    rows = []
    for low, high in zip((-np.inf,) + EDGES, EDGES + (np.inf,)):
        at = (score >= low) & (score < high)
        if at.sum():
            rows.append((low, high, int(at.sum()), np.average(there[at], weights=weight[at]), np.average(right[at], weights=weight[at])))
    fit = LogisticRegression(C=1e6).fit(score[:, None], right, sample_weight=weight)
    return rows, fit.coef_[0][0], fit.intercept_[0]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", default="../shared/data")
    p.add_argument("--model", required=True)
    p.add_argument("--tokenizer", default=None, help="folder with tokenizer.json (default: the model's)")
    p.add_argument("--length", type=int, default=384)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--every", type=int, default=1, help="take every n-th question only")
    args = p.parse_args()
    from transformers import PreTrainedTokenizerFast
    folder = Path(args.tokenizer or (args.model if Path(args.model).is_dir() else Path(args.model).parent))
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), cls_token="[CLS]", sep_token="[SEP]",
                                        pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]",
                                        model_input_names=["input_ids", "token_type_ids", "attention_mask"])
    tokenizer.backend_tokenizer.no_padding()
    run = runner(args.model, args.threads)
    asked, absent = development(args.data)
    asked, absent = asked[::args.every], absent[::args.every]
    encoded, without = encode(tokenizer, asked, args.length), encode(tokenizer, absent, args.length)
    here, gone = read(run, encoded), read(run, without)
    em, f = closed(here, encoded)
    print(f"closed: EM {em:.1f} F1 {f:.1f} of {len(encoded)} questions")
    for kind in sorted({e.kind for e in asked}):
        picks = [k for k, e in enumerate(encoded) if e.example.kind == kind]
        em, f = closed([here[k] for k in picks], [encoded[k] for k in picks])
        print(f"  {kind}: EM {em:.1f} F1 {f:.1f} of {len(picks)}")
    present = np.array([s for s, _ in here])
    for kind in sorted({e.kind for e in absent}) + [""]:
        scores = np.array([s for (s, _), e in zip(gone, without) if e.example.kind.startswith(kind)])
        at90 = np.quantile(present, 0.1)
        print(f"silence, {kind or 'all'}: AUC {auc(present, scores):.3f}, answered above nought {100 * np.mean(scores > 0):.1f} %, "
              f"with 90 % of the present kept {100 * np.mean(scores > at90):.1f} % of {len(scores)}")
    print(f"present answered above nought {100 * np.mean(present > 0):.1f} %; 90 % are above {np.quantile(present, 0.1):.2f}")
    em, f, gold = open_five(run, tokenizer, asked[::3], args.length)
    print(f"open-5: EM {em:.1f} F1 {f:.1f}, right passage {gold:.1f} % of {len(asked[::3])}")
    rows, slope, offset = reliability(here, encoded, gone)
    print(f"reliability: P(right) = 1 / (1 + exp(-({slope:.3f} * score {offset:+.3f})))")
    for low, high, count, there, right in rows:
        print(f"| {low:g} to {high:g} | {count} | {100 * there:.0f} % | {100 * right:.0f} % |")


if __name__ == "__main__":
    main()
