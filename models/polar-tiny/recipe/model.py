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


def rotate(x, turn):
    """Rotary positions on neighbouring pairs, the order in which llama-architecture GGUF files store heads."""
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turn).flatten(-2)


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

    def forward(self, x, turn, mask, wanted=None):
        s, (rows, length, _) = self.shape, x.shape
        group = s.heads // s.kv_heads
        mixed = F.linear(self.attn_norm(x), torch.cat((self.q.weight, self.k.weight, self.v.weight)))
        mixed = mixed.view(rows, length, s.heads + 2 * s.kv_heads, s.head)
        turned = rotate(mixed[:, :, :s.heads + s.kv_heads], turn).transpose(1, 2)
        # Heads that share keys are laid below each other, so that keys and values are never copied.
        q = turned[:, :s.heads].reshape(rows, s.kv_heads, group * length, s.head)
        k, v = turned[:, s.heads:], mixed[:, :, s.heads + s.kv_heads:].transpose(1, 2)
        scores = (q * (1 / math.sqrt(s.head))) @ k.transpose(2, 3) + mask
        mixed = (scores.softmax(-1) @ v).view(rows, s.heads, length, s.head)
        x = x + self.out(mixed.transpose(1, 2).reshape(rows, length, s.width))
        if wanted is not None:  # the last block need not go on with positions that nobody asks for
            x = x[wanted]
        gate, up = F.linear(self.ffn_norm(x), torch.cat((self.gate.weight, self.up.weight))).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Model(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.width)
        nn.init.normal_(self.embed.weight, std=0.03)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape)
        angle = torch.outer(torch.arange(shape.context).float(), shape.rope_base ** (-torch.arange(0, shape.head, 2).float() / shape.head))
        self.turn = torch.polar(torch.ones_like(angle), angle)[:, None, :]

    def forward(self, tokens, documents, wanted):
        """Logits at the wanted positions; each token sees earlier ones of its own document only."""
        length = tokens.shape[1]
        seen = (documents[:, :, None] == documents[:, None, :]).tril()
        mask = torch.zeros(seen.shape).masked_fill_(~seen, -1e9).repeat(1, self.shape.heads // self.shape.kv_heads, 1)[:, None]
        x = self.embed(tokens)
        for block in self.blocks[:-1]:
            x = block(x, self.turn[:length], mask)
        x = self.blocks[-1](x, self.turn[:length], mask, wanted)
        return self.norm(x) @ self.embed.weight.t()
