"""Muon for the matrices (momentum, then the nearest orthogonal matrix), AdamW for all else."""

import collections

import torch


def orthogonal(stack, steps=4):
    """Newton-Schulz iterations on a stack of equally shaped matrices."""
    tall = stack.shape[1] > stack.shape[2]
    x = stack.transpose(1, 2) if tall else stack
    x = x / (x.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    for _ in range(steps):
        square = x @ x.transpose(1, 2)
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x.transpose(1, 2) if tall else x


class Muon:
    """Its momentum lies in shared memory, so that each process can update its part of the matrices."""

    def __init__(self, parameters, momentum=0.95, weight_decay=0.05):
        self.parameters, self.momentum, self.weight_decay = parameters, momentum, weight_decay
        self.buffers = [torch.zeros_like(p).share_memory_() for p in parameters]

    @torch.no_grad()
    def step(self, lr, gradients, part, parts):
        """Updates every `parts`-th matrix; gradients(p) gives the gradient of one."""
        alike = collections.defaultdict(list)
        counts = collections.Counter()
        for p, buffer in zip(self.parameters, self.buffers):
            counts[p.shape] += 1
            if counts[p.shape] % parts == part:
                alike[p.shape].append((p, buffer))
        for shape, members in alike.items():
            updates = []
            for p, buffer in members:
                gradient = gradients(p)
                buffer.lerp_(gradient, 1 - self.momentum)
                updates.append(gradient.lerp(buffer, self.momentum))
            for (p, _), update in zip(members, orthogonal(torch.stack(updates))):
                p.mul_(1 - lr * self.weight_decay).add_(update, alpha=-lr * 0.2 * max(shape) ** 0.5)

    def state_dict(self):
        return {"buffers": self.buffers}

    def load_state_dict(self, state):
        for buffer, kept in zip(self.buffers, state["buffers"]):
            buffer.copy_(kept)


def optimizers(model):
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and "embed" not in n]
    others = [p for n, p in model.named_parameters() if p.ndim != 2 or "embed" in n]
    return Muon(matrices), torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.0)
