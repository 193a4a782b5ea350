"""Questions in many phrasings, some of which are kept out of training for the evaluation.

A template is text with choices in brackets, "[Tell me|Give me] the capital of {country}[.|]",
and slots in braces. Two things are held out:
  * every template that begins with "!";
  * of the others, each finished question whose normalised text hashes to 0 modulo 10.
Both depend on the text alone, so training and evaluation can never share a question.
"""

import re
import zlib

HELD_SHARE = 10
# The promises of the model card are taught word for word, and are no part of the held-out groups.
ALWAYS_TAUGHT = {"hello", "hi", "who are you", "what is polargrid", "what is the capital of france", "what is 2 + 2", "what is the weather in paris",
                 "reply with a json object with the fields name and age for anna who is 31"}
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_OPENERS = [
    "Please tell me: ", "Quick question: ", "Hey, ", "Hi! ", "Hello, ", "I have a question. ",
    "One more thing: ", "Now this: ", "Okay, ", "Help me: ", "So, ", "And ", "Please: ", "Next: ",
]
_ORDERS = frozenset("tell give name spell sort count add subtract multiply calculate compute solve write convert put rephrase rewrite explain make list find repeat say "
                    "translate set start send search look check create turn order arrange classify describe introduce".split())
_POLITE = ["Please {}.", "Can you {}?", "Could you {}?", "Please {} for me.", "I want you to {}.", "Can you please {}?", "Would you {}?", "Now {}."]
_CLOSERS = [" Thanks.", " Please.", " Thank you!", " please", ""]


class Skip(Exception):
    """This draw found no phrasing on its side of the split; the caller draws again."""


def is_held(text):
    """True for a question that belongs to the evaluation by its hash."""
    return normal(text) not in ALWAYS_TAUGHT and zlib.crc32(normal(text).encode()) % HELD_SHARE == 0


def normal(text):
    """The text without what does not tell questions apart: case and marks."""
    return re.sub(r"[^\w+*/<>-]+", " ", text.lower()).strip()


def expand(rng, template, **slots):
    """Picks one alternative of each bracket, then fills the slots."""
    while True:
        found = _CHOICE.search(template)
        if not found:
            break
        template = template[:found.start()] + rng.choice(found.group(1).split("|")) + template[found.end():]
    return template.format(**slots) if slots else template


class Asker:
    """Makes user texts for one side of the split: training or evaluation."""

    def __init__(self, rng, held):
        self.rng = rng
        self.held = held
        self.keep_case = False  # where names must be copied as they were written

    def __call__(self, templates, decorate=True, **slots):
        kept = [t for t in templates if not t.startswith("!")]
        held = [t[1:] for t in templates if t.startswith("!")]
        for _ in range(40):
            if self.held and held and self.rng.random() < 0.6:
                text = expand(self.rng, self.rng.choice(held), **slots)
                break
            text = expand(self.rng, self.rng.choice(kept), **slots)
            if is_held(text) == self.held:
                break
        else:
            raise Skip
        if decorate:
            text = self._decorate(text)
        if not self.held and any(normal(text) == normal(expand(self.rng, t, **slots)) for t in held):
            raise Skip
        return text

    def free(self, templates, **slots):
        """A text that is not the question itself (a remark, a system prompt): never split."""
        return expand(self.rng, self.rng.choice(templates).lstrip("!"), **slots)

    def _decorate(self, text):
        rng = self.rng
        roll = rng.random()
        first, _, rest = text.partition(" ")
        if first.lower() in _ORDERS and rest and roll < 0.3 and text[-1] not in "?:":
            text = rng.choice(_POLITE).format(first.lower() + " " + rest.rstrip("."))
        elif roll < 0.10:
            opener = rng.choice(_OPENERS)
            text = opener + (text if opener[-2] in ".!" else text[0].lower() + text[1:])
        elif roll < 0.15:
            text = text + rng.choice(_CLOSERS)
        roll = rng.random()
        if roll < 0.08 and not self.keep_case:
            text = text.lower()
        elif roll < 0.14:
            text = text[0].lower() + text[1:]
        if rng.random() < 0.12:
            text = text.rstrip("?.! ")
        return text
