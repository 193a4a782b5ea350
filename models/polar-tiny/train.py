#!/usr/bin/env python3
"""Trains polar-tiny on conversations made while it runs. Stops and resumes at checkpoints.

Each core has a process with one thread: they share the weights, take batches until the step is
full, then each updates its part of the matrices. That keeps its speed when other work takes part of the cores;
it also means that two runs see the same data in another order.

work/control.json, read while running, may set "tokens", "last_review", "lr" and "stop". An end that is
moved before the decay begins gives what the option would have given.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import random
import time

import numpy as np
import torch
import torch.multiprocessing as mp
import torch.nn.functional as F

import generate
from recipe import template, tokenizer as bpe
from recipe.model import Model, Shape
from recipe.muon import optimizers
from recipe.phrasing import Skip

HERE = pathlib.Path(__file__).parent
WORK = HERE / "work"
ROW_LENGTHS = (128, 256, 512, 1024)
BATCH_TOKENS = 512  # of one forward pass, or one longer row; a step adds several up
COPYING = ((400_000, 0.85), (1_500_000, 0.08), (9_000_000, 0.03), (float("inf"), 0.05))  # until so many tokens, this share copies: it comes first, much rests on it
EARLY_TOKENS = 1_500_000  # the gentler start: simpler mixture, prompts count a little
DECAY = 0.55  # the last share of the long part, in which the learning rate falls to zero
REVIEWS = ((2_500_000, 3e-3, 0.0), (4_400_000, 4e-3, 0.4), (3_000_000, 3e-3, 0.3))  # tokens, highest learning rate, share of them in which it stays there
REVIEW_WARM = 100_000  # tokens in which it rises again


def make_tokenizer(size, anew=False):
    path = HERE / "tokenizer.json"
    if anew or not path.exists():
        texts = (template.render(s["messages"], s["tools"], s["thinking"]) for s in generate.stream(99, 30_000))
        bpe.Tokenizer(bpe.train(texts, size)).save(path)
    return bpe.Tokenizer.load(path)


def encode(tok, sample, prompt_weight):
    """Token ids and, for each, the weight of predicting it."""
    ids, weights = [], []
    for text, reply in template.pieces(sample["messages"], sample["tools"], sample["thinking"]):
        part = tok.encode(text)
        ids += part
        weights += [1.0 if reply else prompt_weight] * len(part)
    return ids, weights


def copying(tok, rng):
    """A conversation that repeats random tokens: the purest practice for whatever copies (names, arguments, fields)."""
    said = [rng.randrange(len(bpe.SPECIAL) + len(bpe.MARKS), len(tok.tokens)) for _ in range(rng.choice([1, 2, 3, 4, 5, 6, 8, 12, 16]))]
    order = rng.choice(["Repeat: ", "Say: ", "Write: ", "Echo: ", "Repeat this: ", "Say this: "])
    asked = tok.encode("<|im_start|>user\n" + order) + said + tok.encode("<|im_end|>\n<|im_start|>assistant\n")
    return asked + said + [tok.end], [0.0] * len(asked) + [1.0] * (len(said) + 1)


class Packer:
    """Lays conversations side by side in rows and hands out batches of rows of one length."""

    def __init__(self, tok, seed):
        self.tok, self.rng = tok, random.Random(seed)
        self.open = {n: [] for n in ROW_LENGTHS}
        self.full = {n: [] for n in ROW_LENGTHS}

    def batch(self, seen, review):
        """`seen`: tokens of training so far; `review`: whether the long part is over."""
        early = seen < EARLY_TOKENS
        copies = next(share for until, share in COPYING if seen < until)
        while True:
            for length, rows in self.full.items():
                if len(rows) * length >= BATCH_TOKENS:
                    count = max(1, BATCH_TOKENS // length)
                    taken, self.full[length] = rows[:count], rows[count:]
                    return self._arrays(length, taken)
            if self.rng.random() < copies:
                ids, weights = copying(self.tok, self.rng)
            else:
                try:
                    sample = generate.conversation(self.rng, early, review=review)
                except Skip:
                    continue
                ids, weights = encode(self.tok, sample, 0.1 if early else 0.0)
            length = next((n for n in ROW_LENGTHS if len(ids) <= n), None)
            if length:
                self._place(length, ids, weights)

    def _place(self, length, ids, weights):
        rows = self.open[length]
        fitting = [r for r in rows if len(r[0]) + len(ids) <= length]
        if fitting:
            row = max(fitting, key=lambda r: len(r[0]))
        else:
            if len(rows) >= 24:
                fullest = max(rows, key=lambda r: len(r[0]))
                rows.remove(fullest)
                self.full[length].append(fullest)
            row = ([], [], [])
            rows.append(row)
        number = row[2][-1] + 1 if row[2] else 0
        row[0].extend(ids)
        row[1].extend([0.0] + weights[1:])
        row[2].extend([number] * len(ids))

    @staticmethod
    def _arrays(length, rows):
        tokens = np.zeros((len(rows), length), np.int64)
        weights = np.zeros((len(rows), length), np.float32)
        documents = np.full((len(rows), length), -1, np.int64)
        for i, (ids, w, d) in enumerate(rows):
            tokens[i, :len(ids)], weights[i, :len(ids)], documents[i, :len(ids)] = ids, w, d
        return torch.from_numpy(tokens), torch.from_numpy(weights), torch.from_numpy(documents)


def losses(model, batch):
    """Weighted sum of the losses of the tokens that count, and the sum of weights."""
    tokens, weights, documents = batch
    wanted = torch.zeros_like(weights, dtype=torch.bool)
    wanted[:, :-1] = weights[:, 1:] > 0
    logits = model(tokens, documents, wanted)
    targets, scale = tokens[:, 1:][wanted[:, :-1]], weights[:, 1:][wanted[:, :-1]]
    return (F.cross_entropy(logits, targets, reduction="none") * scale).sum()


def reviews(last):
    """The reviews, the last of which takes so many tokens."""
    return (*REVIEWS[:-1], (last, *REVIEWS[-1][1:]))


def rate(seen, steps, args):
    """The long part: warm-up, a plateau, straight down to zero. Each review: up again, not as far, and down."""
    if seen < args.tokens:
        return args.lr * min(1.0, (steps + 1) / 40, max(0.0, (1 - seen / args.tokens) / DECAY))
    into = seen - args.tokens
    for tokens, highest, plateau in args.reviews:
        if into < tokens:
            return highest * min(1.0, (into + args.step_tokens) / REVIEW_WARM, (1 - into / tokens) / (1 - plateau))
        into -= tokens
    return 0.0


def held_batches(tok, count):
    """A fixed set of held-out conversations; only their last reply counts."""
    rng, packer = random.Random(7), Packer(tok, 7)
    out = []
    while len(out) < count:
        try:
            sample = generate.conversation(rng, early=False, held=True)
        except Skip:
            continue
        ids, weights = encode(tok, sample, 0.0)
        length = next((n for n in ROW_LENGTHS if len(ids) <= n), None)
        if length:
            packer._place(length, ids, weights)
        for n, rows in packer.full.items():
            if len(rows) * n >= BATCH_TOKENS:
                out.append(packer._arrays(n, rows))
                packer.full[n] = []
    return out


def save(path, model, optims, state):
    hidden = path.with_suffix(".tmp")
    torch.save({"model": model.state_dict(), "shape": dataclasses.asdict(model.shape), "optims": [o.state_dict() for o in optims], **state}, hidden)
    os.replace(hidden, path)


class Step:
    """What the processes share of one step: how much is taken, the sums, the gradients."""

    def __init__(self, model, count, tokens):
        self.model, self.count, self.tokens = model, count, tokens
        self.barrier = mp.Barrier(count)
        self.taken, self.seen, self.review, self.lr, self.stop = mp.Value("q", 0), mp.Value("q", 0), mp.Value("b", 0), mp.Value("d", 0.0), mp.Value("b", 0)
        self.sums = torch.zeros(count, 2, dtype=torch.float64).share_memory_()  # loss, weight
        self.names = {p: n for n, p in model.named_parameters()}
        self.shared = [{n: torch.zeros_like(p).share_memory_() for n, p in model.named_parameters()} for _ in range(count)]

    def work(self, me, packer):
        """Adds up gradients until the step is full, then waits for the others."""
        loss = weight = 0.0
        while True:
            with self.taken.get_lock():
                if self.taken.value >= self.tokens:
                    break
                self.taken.value += BATCH_TOKENS
            batch = packer.batch(self.seen.value, bool(self.review.value))
            with self.taken.get_lock():
                self.taken.value += batch[0].numel() - BATCH_TOKENS
            part = losses(self.model, batch)
            part.backward()
            loss, weight = loss + part.item(), weight + float(batch[1].sum())
        self.sums[me, 0], self.sums[me, 1] = loss, weight
        for name, p in self.model.named_parameters():
            self.shared[me][name].zero_() if p.grad is None else self.shared[me][name].copy_(p.grad)
            p.grad = None
        self.barrier.wait()

    def gradient(self, p):
        """The mean over all that was taken."""
        return sum(part[self.names[p]] for part in self.shared) / float(self.sums[:, 1].sum())


def helper(me, step, muon, tok, seed):
    """The loop of every process but the first."""
    torch.set_num_threads(1)
    packer = Packer(tok, seed)
    while True:
        step.barrier.wait()
        if step.stop.value:
            return
        step.work(me, packer)
        muon.step(step.lr.value, step.gradient, me, step.count)
        step.barrier.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=6_500_000, help="the length of the long part")
    parser.add_argument("--lr", type=float, default=5e-3)
    parser.add_argument("--last-review", type=int, default=REVIEWS[-1][0], help="the length of the last of the reviews that follow")
    parser.add_argument("--step-tokens", type=int, default=2048)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop at the next checkpoint after this time")
    parser.add_argument("--save-every", type=float, default=4, help="minutes between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    args.reviews = reviews(args.last_review)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    WORK.mkdir(exist_ok=True)
    tok = make_tokenizer(Shape.vocab, anew=not args.resume)
    model = Model(Shape(vocab=len(tok.tokens)))
    model.share_memory()
    muon, adam = optims = optimizers(model)
    state = {"tokens": 0, "steps": 0, "runs": 0}
    path, log = WORK / "checkpoint.pt", HERE / "loss.csv"
    if args.resume:
        saved = torch.load(path)
        model.load_state_dict(saved["model"])
        for optim, kept in zip(optims, saved["optims"]):
            optim.load_state_dict(kept)
        state = {k: saved[k] for k in state}
        state["runs"] += 1
    else:
        log.write_text("tokens,train_loss,held_out_loss,lr\n")
    seed = args.seed * 1000 + state["runs"] * 100
    packer, held = Packer(tok, seed), held_batches(tok, 12)
    step = Step(model, args.processes, args.step_tokens)
    for me in range(1, args.processes):
        mp.Process(target=helper, args=(me, step, muon, tok, seed + me), daemon=True).start()
    stop = False
    started = saved_at = since = time.time()
    recent, recent_tokens = [], 0
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {len(tok.tokens)} tokens of vocabulary", flush=True)
    while not stop:
        control = WORK / "control.json"
        if control.exists() and state["steps"] % 10 == 0:
            wish = json.loads(control.read_text())
            args.tokens, args.lr, stop = wish.get("tokens", args.tokens), wish.get("lr", args.lr), wish.get("stop", False)
            args.reviews = reviews(wish.get("last_review", args.last_review))
        step.seen.value = state["tokens"]
        step.review.value = state["tokens"] >= args.tokens
        step.lr.value = lr = rate(state["tokens"], state["steps"], args)
        step.taken.value = 0
        step.barrier.wait()
        step.work(0, packer)
        muon.step(lr, step.gradient, 0, step.count)
        for group in adam.param_groups:
            group["lr"] = lr * 0.35
            for p in group["params"]:
                p.grad = step.gradient(p)
        torch.nn.utils.clip_grad_norm_(adam.param_groups[0]["params"], 1.0)
        adam.step()
        adam.zero_grad(set_to_none=True)
        step.barrier.wait()
        loss, weight = step.sums.sum(0).tolist()
        state["tokens"] += step.taken.value
        state["steps"] += 1
        recent.append(loss / weight)
        recent_tokens += step.taken.value
        stop = stop or state["tokens"] >= args.tokens + sum(tokens for tokens, _, _ in args.reviews)
        if state["steps"] % 10 == 0:
            speed = recent_tokens / (time.time() - since)
            print(f"step {state['steps']} tokens {state['tokens']:,} loss {np.mean(recent[-10:]):.4f} lr {lr:.5f} {speed:.0f} tok/s", flush=True)
            recent_tokens, since = 0, time.time()
        if stop or time.time() - saved_at > args.save_every * 60:
            with torch.no_grad():
                checked = sum(losses(model, b).item() for b in held) / float(sum(b[1].sum() for b in held))
            with log.open("a") as out:
                out.write(f"{state['tokens']},{np.mean(recent):.4f},{checked:.4f},{lr:.6f}\n")
            print(f"checkpoint: train {np.mean(recent):.4f} held out {checked:.4f}", flush=True)
            save(path, model, optims, state)
            recent, saved_at = [], time.time()
            stop = stop or time.time() - started > args.minutes * 60
    step.stop.value = 1
    step.barrier.wait()


if __name__ == "__main__":
    main()
