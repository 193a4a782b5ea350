"""The network: a llama-shaped decoder, written plainly so that it trains well on a CPU."""

import dataclasses
import math

import torch
import torch.nn.functional as F
from torch import nn


@dataclasses.dataclass
class Shape:
    vocab: int = 2048
    width: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    hidden: int = 512
    context: int = 2048
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self):
        return self.width // self.heads


class Norm(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self.epsilon = shape.epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def rotate(x, cos, sin):
    """Rotary positions on neighbouring pairs, the order in which llama-architecture GGUF files store heads."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Block(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        kv = shape.kv_heads * shape.head
        self.attn_norm, self.ffn_norm = Norm(shape), Norm(shape)
        self.q, self.k = nn.Linear(shape.width, shape.width, False), nn.Linear(shape.width, kv, False)
        self.v, self.out = nn.Linear(shape.width, kv, False), nn.Linear(shape.width, shape.width, False)
        self.gate, self.up = nn.Linear(shape.width, shape.hidden, False), nn.Linear(shape.width, shape.hidden, False)
        self.down = nn.Linear(shape.hidden, shape.width, False)
        for layer in (self.q, self.k, self.v, self.gate, self.up):
            nn.init.normal_(layer.weight, std=0.6 / math.sqrt(shape.width))
        for layer in (self.out, self.down):
            nn.init.normal_(layer.weight, std=0.3 / math.sqrt(2 * shape.layers * layer.in_features))

    def forward(self, x, cos, sin, mask):
        s, (rows, length, _) = self.shape, x.shape
        h = self.attn_norm(x)
        q = rotate(self.q(h).view(rows, length, s.heads, s.head), cos, sin).transpose(1, 2)
        k = rotate(self.k(h).view(rows, length, s.kv_heads, s.head), cos, sin).transpose(1, 2)
        v = self.v(h).view(rows, length, s.kv_heads, s.head).transpose(1, 2)
        if s.kv_heads != s.heads:
            k = k.repeat_interleave(s.heads // s.kv_heads, 1)
            v = v.repeat_interleave(s.heads // s.kv_heads, 1)
        scores = (q * (1 / math.sqrt(s.head))) @ k.transpose(2, 3) + mask
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(rows, length, s.width))
        h = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Model(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.width)
        nn.init.normal_(self.embed.weight, std=0.03)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape)
        angle = torch.outer(torch.arange(shape.context).float(), shape.rope_base ** (-torch.arange(0, shape.head, 2).float() / shape.head))
        self.register_buffer("cos", angle.cos()[:, None, :], persistent=False)
        self.register_buffer("sin", angle.sin()[:, None, :], persistent=False)

    def forward(self, tokens, documents, wanted):
        """Logits at the wanted positions; each token sees earlier ones of its own document only."""
        length = tokens.shape[1]
        seen = (documents[:, :, None] == documents[:, None, :]).tril()
        mask = torch.zeros(seen.shape).masked_fill_(~seen, -1e9)[:, None]
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length], mask)
        return self.norm(x)[wanted] @ self.embed.weight.t()
