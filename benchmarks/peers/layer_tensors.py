"""The tensors that `seqnet bench rnn --save-tensors` writes: what a layer was computed
from and what came out, for another runtime to repeat."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

Tensors = dict[str, np.ndarray]


def read_tensors(path: Path) -> Tensors:
    """The tensors of a safetensors file, all of 32-bit floats: the length of a JSON header
    in 8 bytes, the header, the data."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    tensors: Tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise SystemExit(f"{path}, tensor '{name}': expected F32, found {entry['dtype']}")
        first, end = entry["data_offsets"]
        values = np.frombuffer(data, "<f4", (end - first) // 4, start + first)
        # A copy: PyTorch wants memory that it may write to.
        tensors[name] = values.reshape(entry["shape"]).copy()
    return tensors


def greatest_difference(found: Tensors, expected: Tensors) -> tuple[float, str]:
    """The greatest of max|found − expected| / max|expected| over the tensors found, and
    the name of that tensor; NaN where a tensor has one."""
    names = list(found)
    differences = []
    for name in names:
        if name not in expected or expected[name].shape != found[name].shape:
            there = expected[name].shape if name in expected else "none"
            raise SystemExit(f"tensor '{name}': expected {found[name].shape}, found {there}")
        # A tensor of zeros has the scale of the smallest normal number.
        scale = max(float(np.abs(expected[name]).max()), float(np.finfo(np.float32).tiny))
        differences.append(float(np.abs(found[name] - expected[name]).max()) / scale)
    worst = int(np.argmax(differences))
    return differences[worst], names[worst]
