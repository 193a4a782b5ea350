"""Renders every shared template with every conversation under Python's jinja2, set up as transformers sets it up, and prints
one line per pair: a hash over the six variants. Needs Debian's python3-jinja2. Usage: record.py TEMPLATES > ../python.hashes"""

import datetime
import hashlib
import json
import pathlib
import sys

from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("_print"), [], [], body).set_lineno(line)

    def _print(self, caller):
        return caller()


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def raise_exception(message):
    raise TemplateError(message)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
environment.globals["strftime_now"] = datetime.datetime(2024, 7, 26).strftime


def render(template, variables):
    try:
        return "text " + template.render(**variables)
    except Exception:
        return "error"


conversations = json.loads((pathlib.Path(__file__).parent.parent / "conversations.json").read_text("utf-8"))
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.jinja")):
    template = environment.from_string(path.read_bytes().decode("utf-8"))
    for conversation in conversations:
        digest = hashlib.sha256()
        for prompt in (True, False):
            for thinking in ({}, {"enable_thinking": True}, {"enable_thinking": False}):
                variables = {"bos_token": "<s>", "eos_token": "</s>", **conversation["variables"], **thinking}
                answer = render(template, {**variables, "add_generation_prompt": prompt})
                digest.update(answer.encode("utf-8", "surrogatepass") + b"\0")
        print(f"{digest.hexdigest()[:16]} {path.name} / {conversation['name']}")
