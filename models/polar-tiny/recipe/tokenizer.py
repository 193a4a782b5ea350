"""Byte-level BPE: trained and applied here, the same rules as llama.cpp's "smollm" pre-tokenizer."""

import collections
import json

import regex

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]                        # control tokens
MARKS = ["<think>", "</think>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"]  # user-defined
PRE = "smollm"
_DIGIT = regex.compile(r"\p{N}")
_PIECE = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")
_MARK = regex.compile("(" + "|".join(regex.escape(t) for t in SPECIAL + MARKS) + ")")


def byte_alphabet():
    """The printable stand-in of each byte, as GPT-2 style vocabularies write them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, extra = {}, 0
    for byte in range(256):
        table[byte] = chr(byte) if byte in plain else chr(256 + extra)
        extra += byte not in plain
    return table


BYTES = byte_alphabet()


def words(text):
    """Splits text as the pre-tokenizer does: each digit alone, the rest by the pattern."""
    start = 0
    for digit in _DIGIT.finditer(text):
        yield from _PIECE.findall(text[start:digit.start()])
        yield digit.group()
        start = digit.end()
    yield from _PIECE.findall(text[start:])


def symbols(word):
    return [BYTES[b] for b in word.encode()]


def train(texts, size):
    """Learns merges by pair frequency until the vocabulary has `size` tokens."""
    counts = collections.Counter()
    for text in texts:
        for part in _MARK.split(text)[::2]:
            counts.update(words(part))
    split = [(symbols(w), n) for w, n in counts.items()]
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for index, (parts, n) in enumerate(split):
        for pair in zip(parts, parts[1:]):
            pairs[pair] += n
            where[pair].add(index)
    merges, known = [], set()
    while len(SPECIAL) + len(MARKS) + 256 + len(known) < size:
        best = max(pairs, key=lambda p: (pairs[p], p))
        if pairs[best] < 2:
            break
        merges.append(best)
        known.add(best[0] + best[1])  # two merges may lead to one token
        for index in list(where[best]):
            parts, n = split[index]
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= n
            merged, at = [], 0
            while at < len(parts):
                if at + 1 < len(parts) and (parts[at], parts[at + 1]) == best:
                    merged.append(parts[at] + parts[at + 1])
                    at += 2
                else:
                    merged.append(parts[at])
                    at += 1
            split[index] = (merged, n)
            for pair in zip(merged, merged[1:]):
                pairs[pair] += n
                where[pair].add(index)
        del pairs[best]
    return merges


class Tokenizer:
    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.tokens = SPECIAL + MARKS + [BYTES[b] for b in range(256)] + list(dict.fromkeys(a + b for a, b in self.merges))
        self.ids = {t: i for i, t in enumerate(self.tokens)}
        self._rank = {m: i for i, m in enumerate(self.merges)}
        self._cache = {}

    @property
    def end(self):
        return self.ids["<|im_end|>"]

    def _word(self, word):
        found = self._cache.get(word)
        if found is None:
            parts = symbols(word)
            while len(parts) > 1:
                rank, at = min((self._rank.get(pair, 1 << 30), i) for i, pair in enumerate(zip(parts, parts[1:])))
                if rank == 1 << 30:
                    break
                parts[at:at + 2] = [parts[at] + parts[at + 1]]
            found = self._cache[word] = [self.ids[p] for p in parts]
        return found

    def encode(self, text, special=True):
        """Token ids. With special=False, control tokens in the text stay text."""
        out = []
        for part in _MARK.split(text) if special else [text]:
            if special and part in self.ids and _MARK.fullmatch(part):
                out.append(self.ids[part])
            else:
                for word in words(part):
                    out += self._word(word)
        return out

    def decode(self, ids):
        back = {v: k for k, v in BYTES.items()}
        data = b"".join(self.tokens[i].encode() if i < len(SPECIAL) + len(MARKS) else bytes(back[c] for c in self.tokens[i]) for i in ids)
        return data.decode(errors="replace")

    def save(self, path):
        path.write_text(json.dumps({"pre": PRE, "merges": self.merges}, ensure_ascii=False))

    @classmethod
    def load(cls, path):
        return cls(json.loads(path.read_text())["merges"])
