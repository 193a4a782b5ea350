#!/usr/bin/env python3
"""Writes the trained weights as a Q8_0 GGUF file."""

import argparse
import os
import pathlib

import torch

from recipe import gguf, template, tokenizer as bpe
from recipe.gguf import U32
from recipe.model import Model, Shape

HERE = pathlib.Path(__file__).parent
CONTROL, USER_DEFINED, NORMAL = 3, 4, 1


def metadata(shape, tok, parameters):
    kinds = [CONTROL] * len(bpe.SPECIAL) + [USER_DEFINED] * len(bpe.MARKS)
    kinds += [NORMAL] * (len(tok.tokens) - len(kinds))
    return {
        "general.architecture": "llama",
        "general.type": "model",
        "general.name": "polar-tiny",
        "general.author": "The PolarGrid authors",
        "general.version": "1.0",
        "general.description": "A small demonstration model, trained from scratch on generated conversations",
        "general.license": "mit",
        "general.languages": ["en"],
        "general.tags": ["text-generation", "chat", "demonstration"],
        "general.size_label": f"{parameters / 1e6:.1f}M",
        "general.file_type": U32(7),  # mostly Q8_0
        "general.quantization_version": U32(2),
        "general.alignment": U32(gguf.ALIGNMENT),
        "llama.block_count": U32(shape.layers),
        "llama.context_length": U32(shape.context),
        "llama.embedding_length": U32(shape.width),
        "llama.feed_forward_length": U32(shape.hidden),
        "llama.attention.head_count": U32(shape.heads),
        "llama.attention.head_count_kv": U32(shape.kv_heads),
        "llama.attention.key_length": U32(shape.head),
        "llama.attention.value_length": U32(shape.head),
        "llama.attention.layer_norm_rms_epsilon": float(shape.epsilon),
        "llama.rope.dimension_count": U32(shape.head),
        "llama.rope.freq_base": float(shape.rope_base),
        "llama.vocab_size": U32(len(tok.tokens)),
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": bpe.PRE,
        "tokenizer.ggml.tokens": tok.tokens,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.merges": [f"{a} {b}" for a, b in tok.merges],
        "tokenizer.ggml.eos_token_id": U32(tok.end),
        "tokenizer.ggml.eot_token_id": U32(tok.end),
        "tokenizer.ggml.bos_token_id": U32(tok.ids["<|endoftext|>"]),
        "tokenizer.ggml.padding_token_id": U32(tok.ids["<|endoftext|>"]),
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.ggml.add_eos_token": False,
        "tokenizer.ggml.add_space_prefix": False,
        "tokenizer.chat_template": template.JINJA,
    }


def tensors(model):
    yield "token_embd.weight", model.embed.weight
    for i, block in enumerate(model.blocks):
        for name, part in {
            "attn_norm": block.attn_norm, "attn_q": block.q, "attn_k": block.k, "attn_v": block.v, "attn_output": block.out,
            "ffn_norm": block.ffn_norm, "ffn_gate": block.gate, "ffn_up": block.up, "ffn_down": block.down,
        }.items():
            yield f"blk.{i}.{name}.weight", part.weight
    yield "output_norm.weight", model.norm.weight


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=pathlib.Path, default=HERE / "work" / "checkpoint.pt")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "polar-tiny-q8_0.gguf")
    args = parser.parse_args()
    saved = torch.load(args.checkpoint)
    model = Model(Shape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    tok = bpe.Tokenizer.load(HERE / "tokenizer.json")
    count = sum(p.numel() for p in model.parameters())
    hidden = args.out.with_suffix(".tmp")
    gguf.write(hidden, metadata(model.shape, tok, count), [(n, t.detach().numpy()) for n, t in tensors(model)])
    os.replace(hidden, args.out)
    print(f"{args.out}: {args.out.stat().st_size:,} bytes, {count:,} parameters, {saved['tokens']:,} tokens of training")


if __name__ == "__main__":
    main()
