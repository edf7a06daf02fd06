"""Models of speech: which are known, which are here, and that each is what it says it is.

Weights are looked for in this order, and nothing here opens a socket (`fetching.py` does, when somebody says so):

1. a folder that the user names;
2. an installed package that holds them;
3. the cache, where `duologue models fetch NAME` puts them.

What comes from 2 and 3 is loaded only if every file has the SHA-256 of the table. A folder of the user's own may hold
anything that a backend can read: what the table does not know is called by its own hash.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from duologue.audio.known_models import MODELS, PACKAGES, PREFERRED, File, Model, Package
from duologue.errors import UnknownName, UnreadableInput
from duologue.home import cache

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A model that is here and was checked. `where`: in words, for people. `files`: what was found, with hashes."""

    name: str
    backend: str
    folder: Path
    files: tuple[File, ...]
    where: str
    english_only: bool = False

    @property
    def sha256(self) -> str:
        """Of the weights themselves, which are the largest file."""
        return max(self.files, key=lambda file: file.size).sha256

    @property
    def size(self) -> int:
        """Bytes, all files together."""
        return sum(file.size for file in self.files)


def find(name_or_folder: str | os.PathLike[str] | None = None, *, language: str | None = None) -> Found:
    """The model of this name or in this folder; None: the first of PREFERRED that is here and knows the language.

    Every file is checked against its SHA-256. Raises UnknownName where there is no such model or none is here, and
    UnreadableInput where files are missing or are not what they should be; both say what to run next.
    """
    if name_or_folder is None:
        return _preferred(language)
    asked = os.fspath(name_or_folder)
    if asked in MODELS:
        found = _look_up(MODELS[asked])
        if found is None:
            raise UnknownName(f'the model "{asked}" is not on this machine', hint=_how_to_get(MODELS[asked]))
        return found
    if Path(asked).is_dir():
        return _own(Path(asked))
    raise UnknownName(
        f'"{asked}" is neither a model nor a folder with one',
        hint=f"The models are: {', '.join(MODELS)}. `duologue models` shows which are here",
    )


def here() -> list[Found]:
    """Every known model that is on this machine, each checked. Those that are not what they should be: `broken`."""
    found = []
    for model in MODELS.values():
        with contextlib.suppress(UnreadableInput):
            one = _look_up(model)
            if one is not None:
                found.append(one)
    return found


def broken() -> dict[str, str]:
    """Models that are on this machine and are not what was published: name → why."""
    wrong = {}
    for model in MODELS.values():
        try:
            _look_up(model)
        except UnreadableInput as error:
            wrong[model.name] = str(error)
    return wrong


def known(name: str) -> Model:
    """The published model of this name. Raises UnknownName where there is none."""
    if name not in MODELS:
        raise UnknownName(f'there is no model "{name}"', hint=f"The models are: {', '.join(MODELS)}")
    return MODELS[name]


def folder_of(model: Model) -> Path:
    """Where a fetched model lies, whether or not it does. (The folder is not made.)"""
    return cache("models") / model.name


def remove(name: str) -> int:
    """Delete the fetched files of a model, and what an unfinished download left. Returns the bytes freed.

    Raises UnknownName where no model has this name. What a package brought stays: pip removes that.
    """
    model, freed = known(name), 0
    for folder in (folder_of(model), unfinished(model)):
        if folder.is_dir():
            freed += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            shutil.rmtree(folder)
    return freed


def unfinished(model: Model) -> Path:
    """Where a download goes until every file of it is there and checked."""
    return cache("models") / f".{model.name}.unfinished"


# --- looking ---------------------------------------------------------------------------------------------------------


def _preferred(language: str | None) -> Found:
    for name in PREFERRED:
        model = MODELS[name]
        if model.english_only and language not in (None, "en"):
            continue
        found = _look_up(model)
        if found is not None:
            return found
    which = "no model of speech" if language in (None, "en") else f"no model of speech that knows “{language}”"
    raise UnknownName(f"{which} is on this machine", hint=_how_to_get(MODELS["base"]))


def _how_to_get(model: Model) -> str:
    packages = [package.pip for package in PACKAGES if package.model == model.name]
    other = f", or: pip install {packages[0]}" if packages else ""
    return (
        f"To fetch it ({megabytes(model.size)}, {model.licence}), run: duologue models fetch {model.name}{other}. "
        "Or name a folder that holds one: --model FOLDER"
    )


def _look_up(model: Model) -> Found | None:
    for package in PACKAGES:
        if package.model == model.name and (folder := _from_package(package, model)) is not None:
            return _checked(model, folder, f"package {package.pip.split()[0]}")
    folder = folder_of(model)
    return _checked(model, folder, "cache") if folder.is_dir() else None


def _from_package(package: Package, model: Model) -> Path | None:
    """The folder of an installed package, its parts joined where it comes in parts. The package's code is not run."""
    folders = [_package_folder(module) for module in package.modules]
    if any(folder is None for folder in folders):
        return None
    whole = [folder / package.folder for folder in folders if folder is not None]
    if not package.parts:
        return whole[0]
    joined = folder_of(model)
    if not joined.is_dir():
        _join(model, whole, package.parts, joined)
    return joined


def _package_folder(module: str) -> Path | None:
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return None
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def _join(model: Model, folders: list[Path], parts: tuple[str, ...], target: Path) -> None:
    """Put weights that come in parts together, once: in a folder beside the target, checked, then renamed."""
    weights = max(model.files, key=lambda file: file.size)
    making = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{model.name}.joining-"))
    try:
        with (making / weights.name).open("wb") as out:
            for folder, part in zip(folders, parts, strict=True):
                with (folder / part).open("rb") as piece:
                    shutil.copyfileobj(piece, out, _BLOCK)
        for file in model.files:
            if file != weights:
                shutil.copyfile(folders[0] / file.name, making / file.name)
        for file in model.files:
            _check(making / file.name, file)
        with contextlib.suppress(OSError):  # another run was faster: what it made is checked like any other
            making.rename(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableInput(
            f"the parts of the model cannot be joined: {reason}", where=str(target), hint="Make room and run it again"
        ) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _own(folder: Path) -> Found:
    """A folder that the user named: a known model wherever it lies, else one of their own, called by its hash."""
    names = {path.name for path in folder.iterdir() if path.is_file()}
    for model in MODELS.values():
        if all(f.name in names and (folder / f.name).stat().st_size == f.size for f in model.files) and all(
            _hash(folder / f.name) == f.sha256 for f in model.files
        ):
            return _found(model, folder, f"folder {folder}")
    backend = _backend_of(names)
    if backend is None:
        raise UnreadableInput(
            "this folder holds no model that can be loaded",
            where=str(folder),
            hint="Whisper (CTranslate2) needs model.bin, config.json and tokenizer.json; "
            "Parakeet (onnx-asr) needs config.json, vocab.txt and the .onnx files",
        )
    wanted = sorted(name for name in names if name.endswith((".bin", ".json", ".txt", ".onnx", ".data")))
    files = tuple(File(name=name, size=(folder / name).stat().st_size, sha256=_hash(folder / name)) for name in wanted)
    own = max(files, key=lambda file: file.size).sha256
    return Found(name=f"own-{own[:12]}", backend=backend, folder=folder, files=files, where=f"folder {folder}")


def _backend_of(names: Iterable[str]) -> str | None:
    held = set(names)
    if {"model.bin", "config.json", "tokenizer.json"} <= held:
        return "whisper"
    if {"config.json", "vocab.txt"} <= held and any(name.endswith(".onnx") for name in held):
        return "parakeet"
    return None


# --- checking --------------------------------------------------------------------------------------------------------


def _checked(model: Model, folder: Path, where: str) -> Found:
    for file in model.files:
        _check(folder / file.name, file)
    return _found(model, folder, where)


def _found(model: Model, folder: Path, where: str) -> Found:
    return Found(
        name=model.name,
        backend=model.backend,
        folder=folder,
        files=model.files,
        where=where,
        english_only=model.english_only,
    )


def _check(path: Path, file: File) -> None:
    if not path.is_file():
        raise UnreadableInput("a file of the model is missing", where=str(path), hint=_MEND)
    if path.stat().st_size != file.size or _hash(path) != file.sha256:
        raise UnreadableInput(
            f"this is not the file that was published (SHA-256 {file.sha256[:12]}… was expected); it is not loaded",
            where=str(path),
            hint=_MEND,
        )


_MEND = "Remove it with `duologue models remove NAME` and fetch it again, or install its package again"


def _hash(path: Path) -> str:
    """The SHA-256 of a file; remembered while size and times stay as they are, for 145 MB take a third of a second."""
    stat = path.stat()
    seen = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
    note = cache("models", ".hashes") / f"{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:32]}.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        remembered = json.loads(note.read_bytes())
        if remembered["seen"] == seen:
            return str(remembered["sha256"])
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with contextlib.suppress(OSError):  # no room, or no right to write: then it is read again next time
        note.write_text(json.dumps({"seen": seen, "sha256": sha256}))
    return sha256


def megabytes(size: int) -> str:
    """Bytes for people: megabytes, and gigabytes where there are many."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
