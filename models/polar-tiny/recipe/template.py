"""The chat template: as Jinja for the GGUF, and as plain Python for the training text."""

import json

JINJA = """\
{%- set ns = namespace(system='') %}
{%- if messages and messages[0].role == 'system' %}{% set ns.system = messages[0].content %}{% endif %}
{%- if ns.system or tools or enable_thinking %}
{{- '<|im_start|>system\\n' + ns.system }}
{%- if tools %}
{{- '\\nTools:' }}
{%- for tool in tools %}
{{- '\\n' }}{% if tool.function is defined %}{{ tool.function | tojson }}{% else %}{{ tool | tojson }}{% endif %}
{%- endfor %}
{%- endif %}
{%- if enable_thinking %}{{ '\\n/think' }}{% endif %}
{{- '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
{%- if message.role == 'assistant' %}
{{- '<|im_start|>assistant\\n' }}
{%- if message.content %}{{ message.content }}{% endif %}
{%- if message.tool_calls %}
{%- for call in message.tool_calls %}
{%- if message.content or not loop.first %}{{ '\\n' }}{% endif %}
{%- if call.function is defined %}{% set call = call.function %}{% endif %}
{{- '<tool_call>\\n{"name": "' + call.name + '", "arguments": ' }}
{%- if call.arguments is string %}{{ call.arguments }}{% else %}{{ call.arguments | tojson }}{% endif %}
{{- '}\\n</tool_call>' }}
{%- endfor %}
{%- endif %}
{{- '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}
{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- elif message.role != 'system' or not loop.first %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"""


def pieces(messages, tools=None, thinking=False):
    """The conversation as (text, is_reply) pieces; replies are what the model learns to write."""
    out = []
    system = messages[0]["content"] if messages[0]["role"] == "system" else ""
    if system or tools or thinking:
        head = "<|im_start|>system\n" + system
        if tools:
            head += "\nTools:" + "".join("\n" + json.dumps(t["function"], ensure_ascii=False) for t in tools)
        out.append((head + ("\n/think" if thinking else "") + "<|im_end|>\n", False))
    for index, message in enumerate(messages):
        role, content = message["role"], message["content"]
        if role == "system" and index == 0:
            continue
        if role == "tool":
            out.append((f"<|im_start|>user\n<tool_response>\n{content}\n</tool_response><|im_end|>\n", False))
        elif role != "assistant":
            out.append((f"<|im_start|>{role}\n{content}<|im_end|>\n", False))
        else:
            reply = content or ""
            for call in message.get("tool_calls") or []:
                reply += "\n" if reply else ""
                reply += f'<tool_call>\n{{"name": "{call["function"]["name"]}", "arguments": {call["function"]["arguments"]}}}\n</tool_call>'
            out += [("<|im_start|>assistant\n", False), (reply + "<|im_end|>", True), ("\n", False)]
    return out


def render(messages, tools=None, thinking=False):
    """What the Jinja template gives with add_generation_prompt."""
    return "".join(text for text, _ in pieces(messages, tools, thinking)) + "<|im_start|>assistant\n"
