"""The mean of two sets of weights, of which one went on from the other.

    python -m training.blend --first build/accurate --second build/next --share .7 --out build/blend

Going on with new examples forgets some of the old; weights between the two keep more of both (Wortsman and others,
"Robust fine-tuning of zero-shot models", 2022). The columns that only the second has are taken from it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from safetensors.torch import load_file, save_file

from training.train import sha256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=Path, required=True)
    parser.add_argument("--second", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.7, help="what the second weighs")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    one, two = (load_file(f / "weights.safetensors") for f in (args.first, args.second))
    mixed = {}
    for name, new in two.items():
        old = one[name]
        mixed[name] = new.clone()
        if new.dtype.is_floating_point:
            mixed[name][: len(old)] = (1 - args.share) * old + args.share * new[: len(old)]
    args.out.mkdir(parents=True, exist_ok=True)
    save_file(mixed, args.out / "weights.safetensors")
    facts = json.loads((args.second / "training.json").read_text(encoding="utf-8"))
    blend = {"share": args.share, "first": sha256(args.first / "weights.safetensors")}
    facts["blend"] = blend | {"second": sha256(args.second / "weights.safetensors")}
    (args.out / "training.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
