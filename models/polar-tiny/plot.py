#!/usr/bin/env python3
"""Draws loss.csv as loss.png."""

import csv
import pathlib

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

HERE = pathlib.Path(__file__).parent


def main():
    with (HERE / "loss.csv").open() as rows:
        points = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(rows)]
    tokens = [p["tokens"] / 1e6 for p in points]
    figure, axes = pyplot.subplots(figsize=(7, 4))
    axes.plot(tokens, [p["train_loss"] for p in points], label="training")
    axes.plot(tokens, [p["held_out_loss"] for p in points], label="held-out phrasings")
    axes.set(xlabel="million tokens", ylabel="loss of the reply's tokens (nats)", yscale="log", title="polar-tiny")
    axes.grid(alpha=0.3, which="both")
    axes.legend()
    figure.tight_layout()
    figure.savefig(HERE / "loss.png", dpi=110)


if __name__ == "__main__":
    main()
