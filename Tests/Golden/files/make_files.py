"""Makes the golden files beside this script: python3 make_files.py (needs numpy, safetensors).

model.safetensors    what SafetensorsWriterTests writes, built here from the format's rules
                     alone, with another implementation of CRC-32C.
foreign.safetensors  a file as the safetensors package itself writes it.
"""

import json
import pathlib
import struct

import numpy as np
import safetensors.numpy

FOLDER = pathlib.Path(__file__).parent


def crc32c(data: bytes) -> str:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return f"{crc ^ 0xFFFFFFFF:08x}"


assert crc32c(b"123456789") == "e3069283"


def model() -> bytes:
    tensors = [  # in the order of the data region: wide elements first, then by name
        ("output.bias", "F32", np.array([0.5, -1.0, 3.25], np.float32)),
        ("rnn.weight_hh_l0", "F32", np.arange(6, dtype=np.float32).reshape(3, 2) / 8),
        ("ages", "U8", np.array([7, 8, 9], np.uint8)),
    ]
    data = b"".join(array.tobytes() for _, _, array in tensors)
    compact = dict(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    metadata = {
        "format": "seqnet",
        "format_version": "1",
        "task": "lm",
        "config": json.dumps({"cell": "lstm", "hidden_size": 2, "dropout": 0.25}, **compact),
        "vocabulary": json.dumps(["<eos>", "e\u0301", '"\\\n\u0001'], **compact),
        "history": json.dumps([{"epoch": 1, "loss": 1.0}], **compact),
        "training_state": "{}",
        "checksum": crc32c(data),
        "header_checksum": "00000000",
    }
    header = {"__metadata__": metadata}
    end = 0
    for name, kind, array in tensors:
        start, end = end, end + array.nbytes
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, end]}
    text = json.dumps(header, **compact).encode()
    text += b" " * (-(8 + len(text)) % 64)
    before = struct.pack("<Q", len(text)) + text
    checksum = crc32c(before).encode()
    before = before.replace(b'"header_checksum":"00000000"', b'"header_checksum":"' + checksum + b'"')
    return before + data


def foreign() -> bytes:
    tensors = {
        "a": np.array([1.5, -2.0], np.float32),
        "b": np.array([1, 2, 3], np.uint8),
        "empty": np.zeros((0, 2), np.float64),
        "scalar": np.array(-7, np.int64),
    }
    return safetensors.numpy.save(tensors, metadata={"format": "np", "by": "é"})


if __name__ == "__main__":
    (FOLDER / "model.safetensors").write_bytes(model())
    (FOLDER / "foreign.safetensors").write_bytes(foreign())
    loaded = safetensors.numpy.load_file(FOLDER / "model.safetensors")
    assert loaded["rnn.weight_hh_l0"].tolist() == [[0, 0.125], [0.25, 0.375], [0.5, 0.625]]
    assert loaded["ages"].tolist() == [7, 8, 9]
