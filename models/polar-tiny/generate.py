#!/usr/bin/env python3
"""Writes training conversations (JSON lines) from the facts and phrasings in recipe/."""

import argparse
import json
import pathlib
import random

from recipe import topics_chat as chat, topics_knowledge as know, topics_numbers as numbers
from recipe import topics_polargrid as grid, topics_structured as structured, topics_words as words
from recipe.phrasing import Asker, Skip

HERE = pathlib.Path(__file__).parent

# Questions that stand alone: group -> (function, weight). Several may be asked in one conversation.
SINGLE = {
    "capitals": (know.capital, 4), "currencies": (know.currency, 1.5), "languages": (know.language, 1.5), "elements": (know.element, 3), "planets": (know.sky, 2.5),
    "units": (know.unit, 4), "calendar": (know.calendar, 3), "arithmetic": (numbers.arithmetic, 18), "counting": (numbers.counting, 12), "sorting": (numbers.sorting, 12),
    "word sorting": (words.sort_words, 5), "spelling": (words.spelling, 10), "opposites": (words.opposite, 3), "rephrasing": (words.rephrase, 2), "sentiment": (words.sentiment, 7),
    "repeating": (words.repeat, 10), "capital letters": (words.shout, 5), "translation": (chat.translate, 7), "greetings": (chat.greeting, 14), "refusals": (chat.refusal, 9),
    "polargrid": (grid.polargrid, 10), "json fields": (structured.json_fields, 10), "json schema": (structured.json_schema, 4), "json facts": (structured.json_fact, 9),
}
# Whole conversations: group -> weight, against the weight of one conversation of single questions.
WHOLE = {"single": 68, "drill": 18, "memory": 7, "system": 15, "tools": 12, "thinking": 12, "stories": 1.5}
# Many questions of one kind in a row: what has to be practised.
DRILLS = {"arithmetic": 8, "counting": 4, "sorting": 4, "spelling": 1.5, "repeating": 3, "sentiment": 1.5, "translation": 1, "greetings": 2, "json facts": 2}
# Small things that many others rest on come first.
EARLY = {"repeating": 4.0, "arithmetic": 1.5, "spelling": 1.5, "capital letters": 2.0}

# The reviews at the end: what the long part gave too little room, facts that are asked seldom and what failed on development cases.
REVIEW = {
    "currencies": 4, "languages": 3, "elements": 5, "planets": 5, "units": 4, "calendar": 12, "arithmetic": 12, "counting": 5, "sorting": 15, "word sorting": 18, "spelling": 6, "rephrasing": 4,
    "sentiment": 6, "repeating": 13, "capital letters": 3, "translation": 4, "greetings": 19, "refusals": 17, "polargrid": 20, "json fields": 19, "json facts": 20,
}
REVIEW_WHOLE = {"single": 76, "drill": 14, "memory": 18, "system": 25, "tools": 14, "thinking": 22}
REVIEW_DRILLS = {"word sorting": 4, "json fields": 3, "json facts": 5, "polargrid": 2, "calendar": 2}


def conversation(rng, early, held=False, group=None, review=False):
    """One conversation: {"group", "messages", "tools", "thinking", "check"}."""
    ask = Asker(rng, held)
    kind = group if group in WHOLE else "single" if group else rng.choices(list(WHOLE), [review and REVIEW_WHOLE.get(k) or w for k, w in WHOLE.items()])[0]
    sample = {"group": kind, "tools": None, "thinking": False}
    system = None
    if kind == "tools":
        sample["tools"], sample["messages"], sample["check"], sample["thinking"] = structured.tool_talk(ask)
        return sample
    if kind == "memory":
        turns, sample["check"] = chat.memory(ask)
    elif kind == "system":
        system, turns, sample["check"] = chat.system_prompt(ask)
    elif kind == "thinking":
        question, answer, sample["check"] = structured.thinking(ask)
        turns, sample["thinking"] = [(question, answer)], True
    elif kind == "stories":
        question, answer, sample["check"] = chat.story(ask)
        turns = [(question, answer)]
    elif kind == "drill":
        drills = {**DRILLS, **REVIEW_DRILLS} if review else DRILLS
        group = rng.choices(list(drills), drills.values())[0]
        made = [SINGLE[group][0](ask) for _ in range(rng.randint(4, 10))]
        turns, sample["check"] = [m[:2] for m in made], made[-1][2]
    else:
        weights = [(review and REVIEW.get(g) or w) * (EARLY.get(g, 1) if early else 1) for g, (_, w) in SINGLE.items()]
        groups = [group] if group else rng.choices(list(SINGLE), weights, k=rng.choice([1, 1, 1, 2, 2, 3, 3, 4, 5]))
        if len(groups) > 2 and rng.random() < 0.5:
            groups = [g if rng.random() < 0.4 else groups[0] for g in groups]
        made = [SINGLE[g][0](ask) for g in groups]
        turns, sample["check"], sample["group"] = [m[:2] for m in made], made[-1][2], groups[-1]
        if not held and rng.random() < 0.06:
            system = rng.choice(["You are a helpful assistant.", "You are polar-tiny.", "Answer the questions.", "Be brief.", "You are a helpful assistant. Be polite."])
    messages = [{"role": "system", "content": system.strip()}] if system else []
    for question, answer in turns:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    sample["messages"] = messages
    return sample


def stream(seed, count):
    """`count` training conversations; the first eighth is the gentler start."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        try:
            yield conversation(rng, early=made < count / 8)
            made += 1
        except Skip:
            continue


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=150_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "work" / "train.jsonl")
    args = parser.parse_args()
    args.out.parent.mkdir(exist_ok=True)
    with args.out.open("w") as out:
        for sample in stream(args.seed, args.count):
            del sample["check"]
            out.write(json.dumps(sample, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
