"""Finished weights → the package: `python -m training.install --model build/accurate --as accurate`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from training.train import ROOT

WEIGHTS = ROOT / "src" / "duologue" / "acts" / "trained"
SHIPPED = ("encoder.onnx", "model.json", "training.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--as", dest="name", choices=("accurate", "fast"), required=True)
    args = parser.parse_args()
    into = WEIGHTS / args.name
    into.mkdir(exist_ok=True)
    for name in SHIPPED:
        shutil.copyfile(args.model / name, into / name)
    print(f"{sum((into / name).stat().st_size for name in SHIPPED) / 1e6:.1f} MB in {into.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
