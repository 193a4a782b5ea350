#!/usr/bin/env python3
"""Runs the held-out cases against any OpenAI-compatible server, greedily, and prints a table."""

import argparse
import concurrent.futures
import json
import pathlib
import re
import sys
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent
BAR = 0.9
FREE = {"stories"}  # listed, but not held to the bar


def call_of(message, content):
    """The tool call of an answer, parsed by the server or still in the text."""
    if message.get("tool_calls"):
        function = message["tool_calls"][0]["function"]
        return {"name": function["name"], "arguments": json.loads(function["arguments"])}
    found = re.search(r"<tool_call>\s*(.*?)\s*</tool_call>", content, re.S)
    return json.loads(found.group(1)) if found else None


def meets(expect, message):
    """True when the answer keeps every rule of the case."""
    if "error" in message:
        return False
    content = message.get("content") or ""
    thought = message.get("reasoning_content")
    if expect.get("thinking"):
        found = re.match(r"\s*<think>(.+?)</think>(.*)", content, re.S)
        if found:
            content = found.group(2)
        elif not thought:
            return False
    elif "<think>" in content:
        return False
    content = content.strip()
    lower = content.lower()
    try:
        call = call_of(message, content)
        if "tool_call" in expect and call != expect["tool_call"]:
            return False
        if expect.get("no_tool_call") and call:
            return False
        if "json" in expect and json.loads(content) != expect["json"]:
            return False
    except (ValueError, KeyError, TypeError):
        return False
    return (
        all(part.lower() in lower for part in expect.get("contains", []))
        and ("any" not in expect or any(part.lower() in lower for part in expect["any"]))
        and ("equals" not in expect or content == expect["equals"])
        and ("regex" not in expect or re.search(expect["regex"], content) is not None)
    )


def ask(args, case):
    body = {"model": args.model, "messages": case["messages"], "temperature": 0, "max_tokens": case.get("max_tokens", 200)}
    if "tools" in case:
        body["tools"] = case["tools"]
    if case.get("enable_thinking"):
        body["enable_thinking"] = True
        if args.template_kwargs:
            body["chat_template_kwargs"] = {"enable_thinking": True}
    request = urllib.request.Request(args.base_url.rstrip("/") + "/chat/completions", json.dumps(body).encode(),
                                     {"Content-Type": "application/json", "Authorization": f"Bearer {args.key}"})
    try:
        with urllib.request.urlopen(request, timeout=120) as reply:
            return json.load(reply)["choices"][0]["message"]
    except urllib.error.HTTPError as refused:  # a case that the server does not take has failed
        return {"content": None, "error": refused.read().decode(errors="replace")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8080/v1")
    parser.add_argument("--key", default="none")
    parser.add_argument("--model", default="polar-tiny")
    parser.add_argument("--cases", type=pathlib.Path, default=HERE / "eval_cases.jsonl")
    parser.add_argument("--out", type=pathlib.Path, help="write the results as JSON")
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each group")
    parser.add_argument("--callers", type=int, default=4)
    parser.add_argument("--template-kwargs", action="store_true", help="pass enable_thinking as chat_template_kwargs too (llama.cpp's server)")
    args = parser.parse_args()
    cases = [json.loads(line) for line in args.cases.read_text().splitlines()]
    with concurrent.futures.ThreadPoolExecutor(args.callers) as pool:
        answers = list(pool.map(lambda c: ask(args, c), cases))
    groups = {}
    for case, answer in zip(cases, answers):
        good = meets(case["expect"], answer)
        entry = groups.setdefault(case["group"], {"passed": 0, "cases": 0, "failures": []})
        entry["cases"] += 1
        entry["passed"] += good
        if not good:
            entry["failures"].append({"id": case["id"], "asked": case["messages"][-1]["content"], "answer": answer.get("content"), "tool_calls": answer.get("tool_calls"), "expect": case["expect"],
                                      **({"error": answer["error"]} if "error" in answer else {})})
    print(f"| group | passed | cases | share |\n|---|---|---|---|")
    for group, entry in groups.items():
        print(f"| {group} | {entry['passed']} | {entry['cases']} | {entry['passed'] / entry['cases']:.0%} |")
    for group, entry in groups.items():
        for failure in entry["failures"][:args.show]:
            print(f"\n[{group}] {failure['asked']!r}\n  got    {failure['answer']!r} {failure['tool_calls'] or failure.get('error', '')}\n  expect {failure['expect']}")
    if args.out:
        args.out.write_text(json.dumps({g: {**e, "share": e["passed"] / e["cases"]} for g, e in groups.items()}, indent=1, ensure_ascii=False) + "\n")
    below = [g for g, e in groups.items() if g not in FREE and e["passed"] / e["cases"] < BAR]
    print(f"\nbelow {BAR:.0%}: {', '.join(below) or 'none'}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
