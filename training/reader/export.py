"""Exports a trained span reader to ONNX and quantises its weights to int8, per channel, with dynamic activations.

    python export.py --model runs/reader/model --out ../../models/reader

Writes `reader.onnx` and `tokenizer.json`; `--keep-f32` also leaves `reader_f32.onnx` for comparison. Inputs `input_ids`,
`attention_mask`, `token_type_ids` (int64, windows × tokens); outputs `start`, `end` (float32 logits, windows × tokens)."""
import argparse
import shutil
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertForQuestionAnswering

NAMES = ["input_ids", "attention_mask", "token_type_ids"]


class Spans(torch.nn.Module):
    """The model with plain tensors in and out."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        out = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return out.start_logits, out.end_logits


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True, help="folder that train.py left")
    p.add_argument("--out", required=True, help="folder for reader.onnx and tokenizer.json")
    p.add_argument("--keep-f32", action="store_true")
    p.add_argument("--in-f32", nargs="*", default=["qa_outputs"], help="nodes whose name holds one of these stay float")
    args = p.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    model = BertForQuestionAnswering.from_pretrained(args.model, attn_implementation="eager").eval()
    sample = torch.ones(2, 16, dtype=torch.long)
    full = out / "reader_f32.onnx"
    torch.onnx.export(Spans(model), (sample, sample, sample), str(full), input_names=NAMES, output_names=["start", "end"],
                      dynamic_axes={k: {0: "b", 1: "l"} for k in NAMES + ["start", "end"]}, opset_version=17, dynamo=False)
    kept = [n.name for n in onnx.load(full).graph.node if any(part in n.name for part in args.in_f32)]
    quantize_dynamic(str(full), str(out / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False,
                     nodes_to_exclude=kept)
    if not args.keep_f32:
        full.unlink()
    shutil.copy(Path(args.model) / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    main()
