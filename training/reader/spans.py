"""Turns examples into token ids with span targets, and start and end logits back into spans of the passage; scores them.

The score of a window is the best span's start and end logits minus those of the null span at [CLS]: above nought the
model thinks the answer is there. The Rust reader decodes the same way."""
import collections
import re
import string
from typing import NamedTuple

import numpy as np
import torch

LONGEST = 48  # tokens an answer may have


class Encoded(NamedTuple):
    ids: list
    first: int      # first passage token
    spans: list     # [(start, end)] token ranges, inclusive; empty: no answer here
    offsets: list   # character range of each token in the passage
    inner: list     # whether each token continues the word of the one before
    example: object


def encode(tokenizer, examples, length):
    """Token ids of `[CLS] question [SEP] passage [SEP]`, the passage cut at `length`; examples whose answers were cut off
    are left out."""
    out = []
    batch = tokenizer([e.question for e in examples], [e.passage for e in examples], truncation="only_second",
                      max_length=length, return_offsets_mapping=True)
    for row, example in enumerate(examples):
        ids, offsets = batch["input_ids"][row], batch["offset_mapping"][row]
        first = ids.index(tokenizer.sep_token_id) + 1
        inner = [t.startswith("##") for t in batch[row].tokens]
        spans = [s for s in (token_span(offsets, first, *a) for a in example.answers) if s]
        if spans or not example.answers:
            out.append(Encoded(ids, first, spans, offsets, inner, example))
    return out


def token_span(offsets, first, start, end):
    a = next((i for i in range(first, len(offsets) - 1) if offsets[i][0] <= start < offsets[i][1]), None)
    b = next((i for i in range(first, len(offsets) - 1) if offsets[i][0] < end <= offsets[i][1]), None)
    return (a, b) if a is not None and b is not None and a <= b else None


def best_span(start, end, first, last, inner):
    """`(score over null, first token, last token)` of the best span of whole words between `first` and `last` (exclusive)."""
    inside = np.array(inner[first:last + 1])
    s, e = np.where(inside[:-1], -np.inf, start[first:last]), np.where(inside[1:], -np.inf, end[first:last])
    n = len(s)
    if n == 0:
        return float("-inf"), first, first
    sums = s[:, None] + e[None, :]
    sums[np.tril_indices(n, -1)] = -np.inf
    sums[np.triu_indices(n, LONGEST)] = -np.inf
    k = int(np.argmax(sums))
    return float(sums.flat[k] - start[0] - end[0]), first + k // n, first + k % n


def read(run, encoded, size=32):
    """`(score, text)` for each encoded example; `run(ids, mask, kinds)` gives start and end logits as arrays."""
    out = [None] * len(encoded)
    order = sorted(range(len(encoded)), key=lambda k: len(encoded[k].ids))
    for at in range(0, len(order), size):
        group = order[at:at + size]
        width = max(len(encoded[k].ids) for k in group)
        ids, mask, kinds = (np.zeros((len(group), width), dtype=np.int64) for _ in range(3))
        for row, k in enumerate(group):
            n = len(encoded[k].ids)
            ids[row, :n], mask[row, :n], kinds[row, encoded[k].first:n] = encoded[k].ids, 1, 1
        starts, ends = run(ids, mask, kinds)
        for row, k in enumerate(group):
            e = encoded[k]
            score, a, b = best_span(starts[row].astype(np.float64), ends[row].astype(np.float64), e.first, len(e.ids) - 1, e.inner)
            out[k] = score, e.example.passage[e.offsets[a][0]:e.offsets[b][1]]
    return out


def torch_runner(model):
    def run(ids, mask, kinds):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=model.training):
            o = model(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask), token_type_ids=torch.from_numpy(kinds))
        return o.start_logits.float().numpy(), o.end_logits.float().numpy()
    model.eval()
    return run


def normalised(text):
    """SQuAD's normalisation: lower case, no punctuation, no articles, single spaces."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact(guess, truths):
    return max(float(normalised(guess) == normalised(t)) for t in truths)


def f1(guess, truths):
    def one(a, b):
        a, b = normalised(a).split(), normalised(b).split()
        same = sum((collections.Counter(a) & collections.Counter(b)).values())
        return 0.0 if not same else 2 * same / (len(a) + len(b))
    return max(one(guess, t) for t in truths)


def answers(example):
    return [example.passage[s:e] for s, e in example.answers]


def auc(positive, negative):
    """The chance that a positive scores above a negative."""
    scores = np.concatenate([positive, negative])
    order = scores.argsort(kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    return float((ranks[:len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def accuracy(model, asked, absent):
    run = torch_runner(model)
    here, gone = read(run, asked), read(run, absent)
    em = 100 * np.mean([exact(t, answers(e.example)) for (_, t), e in zip(here, asked)])
    f = 100 * np.mean([f1(t, answers(e.example)) for (_, t), e in zip(here, asked)])
    return (f"EM {em:.1f} F1 {f:.1f} of {len(asked)}, null AUC {auc(np.array([s for s, _ in here]), np.array([s for s, _ in gone])):.3f}, "
            f"answered {np.mean([s > 0 for s, _ in here]):.3f} of present, {np.mean([s > 0 for s, _ in gone]):.3f} of absent")
