"""Averages the weights of two models, one trained on from the other (a "model soup", Wortsman et al. 2022).

    python average.py --one runs/e/model --other runs/f/model --out runs/ef/model

Both must have the same shape; the tokenizer is that of the first."""
import argparse
import shutil
from pathlib import Path

from transformers import BertForQuestionAnswering


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--one", required=True)
    p.add_argument("--other", required=True)
    p.add_argument("--share", type=float, default=0.5, help="of the other in the sum")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    model = BertForQuestionAnswering.from_pretrained(args.one)
    other = BertForQuestionAnswering.from_pretrained(args.other).state_dict()
    state = model.state_dict()
    for name, weights in state.items():
        if weights.dtype.is_floating_point:
            state[name] = (1 - args.share) * weights + args.share * other[name]
    model.load_state_dict(state)
    model.save_pretrained(args.out)
    for file in Path(args.one).glob("tokenizer*"):
        shutil.copy(file, args.out)


if __name__ == "__main__":
    main()
