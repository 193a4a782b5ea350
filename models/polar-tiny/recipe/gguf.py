"""Writes GGUF version 3: metadata, tensor table, aligned tensor data."""

import struct

import numpy as np

ALIGNMENT = 32
F32, F16, Q8_0 = 0, 1, 8
_UINT32, _INT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9


class U32(int):
    """A metadata number stored as an unsigned 32-bit value."""


def _text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _typed(value):
    if isinstance(value, bool):
        return _BOOL, struct.pack("<?", value)
    if isinstance(value, U32):
        return _UINT32, struct.pack("<I", value)
    if isinstance(value, int):
        return _INT32, struct.pack("<i", value)
    if isinstance(value, float):
        return _FLOAT32, struct.pack("<f", value)
    if isinstance(value, str):
        return _STRING, _text(value)
    items = [_typed(v) for v in value]
    return _ARRAY, struct.pack("<IQ", items[0][0], len(items)) + b"".join(data for _, data in items)


def quantize_q8_0(matrix):
    """Blocks of 32 values: one half-precision scale, then 32 signed bytes."""
    blocks = matrix.astype(np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(1) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    whole = blocks * inverse[:, None]
    whole = np.trunc(whole + np.copysign(0.5, whole)).astype(np.int8)  # halves away from zero, as ggml rounds
    return np.concatenate([scale.astype("<f2").view(np.uint8).reshape(-1, 2), whole.view(np.uint8)], 1).tobytes()


def write(path, metadata, tensors):
    """tensors: (name, array) in order; matrices become Q8_0, vectors stay F32."""
    table, data, offset = b"", [], 0
    for name, array in tensors:
        quantized = array.ndim == 2
        body = quantize_q8_0(array) if quantized else array.astype("<f4").tobytes()
        table += _text(name) + struct.pack("<I", array.ndim) + b"".join(struct.pack("<Q", n) for n in reversed(array.shape))
        table += struct.pack("<IQ", Q8_0 if quantized else F32, offset)
        body += bytes(-len(body) % ALIGNMENT)
        data.append(body)
        offset += len(body)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, value in metadata.items():
        kind, body = _typed(value)
        head += _text(key) + struct.pack("<I", kind) + body
    head += table
    head += bytes(-len(head) % ALIGNMENT)
    path.write_bytes(head + b"".join(data))
