#!/usr/bin/env python3
"""Asks two OpenAI-compatible servers the same held-out prompts, greedily and one after another, and compares the texts."""

import argparse
import json
import pathlib
import sys
import urllib.request

HERE = pathlib.Path(__file__).parent


def answer(base, key, model, prompt, most):
    body = {"model": model, "messages": [{"role": "user", "content": prompt}], "temperature": 0, "max_tokens": most}
    request = urllib.request.Request(base.rstrip("/") + "/chat/completions", json.dumps(body).encode(),
                                     {"Content-Type": "application/json", "Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request, timeout=120) as reply:
        choice = json.load(reply)["choices"][0]
    return choice["message"]["content"], choice["finish_reason"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", default="http://127.0.0.1:8080/v1", help="base URL of one server")
    parser.add_argument("--theirs", required=True, help="base URL of the other, such as llama-server's")
    parser.add_argument("--key", default="none", help="of our server")
    parser.add_argument("--model", default="polar-tiny")
    parser.add_argument("--prompts", type=pathlib.Path, default=HERE / "held_out_prompts.txt", help="one per line")
    parser.add_argument("--max-tokens", type=int, default=400)
    args = parser.parse_args()
    prompts = [line for line in args.prompts.read_text().splitlines() if line]
    different = 0
    for prompt in prompts:
        ours = answer(args.ours, args.key, args.model, prompt, args.max_tokens)
        theirs = answer(args.theirs, "none", args.model, prompt, args.max_tokens)
        if ours != theirs:
            different += 1
            print(f"{prompt!r}\n  ours   {ours}\n  theirs {theirs}")
    print(f"{len(prompts) - different} of {len(prompts)} answers are the same")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
