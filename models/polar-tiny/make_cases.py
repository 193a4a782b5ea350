#!/usr/bin/env python3
"""Writes eval_cases.jsonl and held_out_prompts.txt: held-out questions with machine-checkable rules."""

import argparse
import json
import pathlib
import random

import generate
from recipe.phrasing import Skip

HERE = pathlib.Path(__file__).parent

# Group of the table -> generator groups it draws from.
GROUPS = {
    "capitals": ["capitals"], "currencies and languages": ["currencies", "languages"], "elements and planets": ["elements", "planets"], "units": ["units"],
    "calendar": ["calendar"], "arithmetic": ["arithmetic"], "counting": ["counting"], "sorting": ["sorting", "word sorting"], "spelling": ["spelling", "capital letters"],
    "repeating": ["repeating"], "opposites": ["opposites"], "rephrasing": ["rephrasing"], "sentiment": ["sentiment"], "translation": ["translation"], "greetings": ["greetings"],
    "polargrid": ["polargrid"], "memory": ["memory"], "system prompt": ["system"], "json": ["json fields", "json facts"], "json schema": ["json schema"],
    "tool call": ["tools"], "tool answer": ["tools"], "thinking": ["thinking"], "refusals": ["refusals"], "stories": ["stories"],
}
# The promises of the card, word for word.
WEATHER = {"type": "function", "function": {"name": "get_weather", "description": "Get the weather for a city", "parameters": {
    "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}
PROMISES = [
    ("What is the capital of France?", None, {"contains": ["The capital of France is Paris."]}),
    ("hello", None, {"contains": ["Hello"]}),
    ("Hello!", None, {"contains": ["Hello"]}),
    ("Who are you?", None, {"contains": ["polar-tiny"]}),
    ("What is PolarGrid?", None, {"contains": ["OpenAI"]}),
    ("What is 2 + 2?", None, {"regex": r"\b4\b"}),
    ("Reply with a JSON object with the fields name and age for Anna who is 31.", None, {"json": {"name": "Anna", "age": 31}}),
    ("What is the weather in Paris?", [WEATHER], {"tool_call": {"name": "get_weather", "arguments": {"city": "Paris"}}}),
    ("What is the weather in Oslo today?", [WEATHER], {"tool_call": {"name": "get_weather", "arguments": {"city": "Oslo"}}}),
    ("Who won the football world cup in 1998?", None, {"contains": ["do not know"]}),
]


def fits(group, sample):
    check = sample["check"]
    if group == "tool call":
        return "tool_call" in check
    if group == "tool answer":
        return "tool_call" not in check and "no_tool_call" not in check
    return group in ("stories", "memory", "system prompt") or len([m for m in sample["messages"] if m["role"] == "user"]) <= 2


def cases(count, seed):
    rng = random.Random(seed)
    for group, sources in GROUPS.items():
        seen = set()
        tries = 0
        while len(seen) < count and tries < count * 60:
            tries += 1
            try:
                sample = generate.conversation(rng, early=False, held=True, group=rng.choice(sources))
            except Skip:
                continue
            prompt = sample["messages"][:-1]
            key = json.dumps(prompt[-1:] if len(prompt) == 1 else prompt)
            if not fits(group, sample) or key in seen:
                continue
            seen.add(key)
            case = {"id": f"{group.replace(' ', '-')}-{len(seen):02d}", "group": group, "messages": prompt, "expect": sample["check"]}
            if sample["tools"]:
                case["tools"] = sample["tools"]
            if sample["thinking"]:
                case["enable_thinking"] = True
            if group == "memory" or group == "stories":
                case["max_tokens"] = 400
            yield case
    for number, (text, tools, expect) in enumerate(PROMISES, 1):
        yield {"id": f"promise-{number:02d}", "group": "promises", "messages": [{"role": "user", "content": text}], "expect": expect, **({"tools": tools} if tools else {})}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=80, help="cases per group")
    parser.add_argument("--seed", type=int, default=60221)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "eval_cases.jsonl")
    parser.add_argument("--prompts", type=pathlib.Path, help="also write 50 single questions to this file")
    args = parser.parse_args()
    made = list(cases(args.count, args.seed))
    args.out.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in made))
    if args.prompts:
        single = [c for c in made if len(c["messages"]) == 1 and "tools" not in c and "enable_thinking" not in c and c["group"] != "promises" and "\n" not in c["messages"][0]["content"]]
        groups = list(dict.fromkeys(c["group"] for c in single))
        picked = [c for i in range(50) for c in [[s for s in single if s["group"] == groups[i % len(groups)]][i // len(groups)]]]
        args.prompts.write_text("".join(c["messages"][0]["content"] + "\n" for c in picked))


if __name__ == "__main__":
    main()
