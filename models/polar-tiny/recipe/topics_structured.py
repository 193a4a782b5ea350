"""JSON answers, tool calls and their follow-up, and thinking traces."""

import json

from . import facts, topics_knowledge as know, topics_numbers as numbers, topics_words as words
from .topics_chat import greeting, made_up_name, name, refusal
from .topics_knowledge import has

# field -> how a value is drawn, how a sentence says it
FIELDS = {
    "name": (name, None),
    "age": (lambda r: r.randint(5, 90), "who is {v}"),
    "city": (lambda r: r.choice(facts.CITIES), "from {v}"),
    "job": (lambda r: r.choice(facts.JOBS), "a {v}"),
    "colour": (lambda r: r.choice(facts.COLOURS), "who likes {v}"),
    "food": (lambda r: r.choice(facts.FOODS), "who eats {v}"),
    "country": (lambda r: r.choice(facts.COUNTRIES)[0].replace("the ", ""), "in {v}"),
    "pet": (lambda r: r.choice(facts.ANIMALS), "with a {v}"),
}
SPOKEN = {
    "name": ["the name is {v}", "name {v}", "called {v}"], "age": ["{v} years old", "who is {v}", "age {v}", "aged {v}"], "city": ["from {v}", "city {v}", "who lives in {v}"],
    "job": ["a {v}", "job {v}", "who works as a {v}"], "colour": ["who likes {v}", "colour {v}"], "food": ["who eats {v}", "food {v}"], "country": ["in {v}", "country {v}"],
    "pet": ["with a {v}", "pet {v}"],
}


def _and(items):
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def json_fields(ask):
    rng = ask.rng
    kinds = ["name"] + rng.sample([f for f in FIELDS if f != "name"], rng.choice([1, 1, 1, 2, 2, 3]))
    if rng.random() < 0.1:
        rng.shuffle(kinds)
    values = {k: FIELDS[k][0](rng) for k in kinds}
    known = [k for k in kinds if k != "name"]
    about = values["name"] + (" " if rng.random() < 0.7 else ", ") + _and([rng.choice(SPOKEN[k]).format(v=values[k]) for k in known])
    keys = _and(kinds)
    text = ask([
        "Reply with a JSON object with the fields {keys} for {about}.", "Give me [a|] JSON with {keys} for {about}[.|]", "Write a JSON object with {keys}: {about}[.|]",
        "JSON with the fields {keys} for {about}[.|]", "Make a JSON object with the [fields|keys] {keys} for {about}[.|]", "Return [a JSON object|JSON] with {keys} for {about}[.|]",
        "Answer with JSON. Fields: {keys}. {about}.", "Extract {keys} as JSON: {about}[.|]", "Turn this into JSON with {keys}: {about}[.|]",
        "Reply [only |]with JSON that has the [fields|keys] {keys}: {about}[.|]", "Create a JSON object with {keys} for {about}[.|]",
        "[Please|I want you to] [write|give me|make|return] [JSON|a JSON object] with [the fields |the keys |]{keys} for {about}[.|]", "[I want|I would like] [JSON|a JSON object] with [the fields |]{keys} for {about}[.|]", "[Answer|Reply] with [JSON|a JSON object] with {keys} for {about}[.|]",
        "[Write|Make|Build|Produce] [JSON|a JSON object] [with|that has] the [keys|fields] {keys} [for|about] {about}[.|]", "{about}. [As JSON with|JSON with|Give me JSON with] {keys}[.|]", "A JSON object with {keys}, [please: |for ]{about}[.|]",
        "!Please reply with JSON with the fields {keys} for {about}.", "!I need a JSON object with {keys} for {about}.", "!Answer with a JSON object with the keys {keys} for {about}.",
        "!Write JSON with the fields {keys}: {about}.",
    ], decorate=False, keys=keys, about=about)
    return text, json.dumps(values, ensure_ascii=False), {"json": values}


def json_schema(ask):
    """The schema stands in the question; the values come from a sentence."""
    rng = ask.rng
    kinds = ["name"] + rng.sample(["age", "city", "job", "colour", "food", "pet"], rng.choice([1, 1, 2]))
    values = {k: FIELDS[k][0](rng) for k in kinds}
    schema = {"type": "object", "properties": {k: {"type": "integer" if k == "age" else "string"} for k in kinds}}
    if rng.random() < 0.5:
        schema["required"] = kinds
    about = values["name"] + " " + _and([rng.choice(SPOKEN[k]).format(v=values[k]) for k in kinds[1:]])
    text = ask([
        "Answer with JSON that follows this schema: {schema}\n{about}.", "Schema: {schema}\nGive [me |]the JSON for {about}[.|]", "Reply with JSON for {about}. Schema: {schema}",
        "Use this JSON schema: {schema}\n{about}[.|]", "!Please answer with JSON for this schema: {schema}\n{about}.", "!Reply with JSON that follows the schema {schema} for {about}.",
    ], decorate=False, schema=json.dumps(schema), about=about)
    return text, json.dumps(values, ensure_ascii=False), {"json": values}


def json_fact(ask):
    rng = ask.rng
    kind = rng.randrange(3)
    if kind == 0:
        country, city, _, _ = rng.choice(facts.COUNTRIES)
        country = country.replace("the ", "")
        values = {"country": country, "capital": city}
        text = ask(["Give [me |]a JSON object with country and capital for {c}[.|]", "JSON with the fields country and capital for {c}[.|]", "Reply with JSON: the country and the capital of {c}[.|]",
                    "Write JSON with country and capital for {c}[.|]", "[Return|Make|Create] [JSON|a JSON object] with [the fields |the keys |]country and capital [for|of] {c}[.|]", "[I want|Can you give me] [the |]country and capital of {c} as JSON[.|]", "Country and capital of {c} [as|in] JSON[.|]",
                    "Please [give me|write|make] JSON with country and capital [for|of] {c}[.|]", "!Please reply with JSON with country and capital for {c}.", "!I need JSON with country and capital for {c}."], decorate=False, c=country)
    elif kind == 1:
        a, b, sign, result = numbers.problem(rng)
        values = {"result": result}
        text = ask(["Give [me |]the result of {a} {s} {b} as JSON[.|]", "Reply with JSON with the field result for {a} {s} {b}[.|]", "JSON with the field result: {a} {s} {b}[.|]",
                    "[Return|Write|Make|Create] [JSON|a JSON object] with the [field|key] result for {a} {s} {b}[.|]", "{a} {s} {b} as JSON[ with the field result|][.|]", "[Compute|Calculate] {a} {s} {b} and [answer|reply] with JSON[.|]", "What is {a} {s} {b}? [Answer|Reply] [in|with|as] JSON[.|]",
                    "[Please give|Please write|I need|I want] the result of {a} {s} {b} [in|as] JSON[.|]", "The result of {a} {s} {b} as a JSON object[.|]",
                    "!Please give the result of {a} {s} {b} as a JSON object.", "!Answer with JSON with the field result: {a} {s} {b}"], decorate=False, a=a, b=b, s=sign)
    else:
        row = rng.sample(rng.choice([facts.COLOURS, facts.FOODS, facts.ANIMALS, facts.CITIES, facts.NAMES]), rng.choice([2, 3, 3, 4, 4, 5]))
        text = ask(["Give [me |]a JSON array with {row}[.|]", "Write {row} as a JSON array[.|]", "JSON array of {row}[.|]", "Turn {row} into a JSON array[.|]",
                    "[Make|Create|Return|Write|Build] [a JSON array|a JSON list|an array in JSON] [of|with|from] {row}[.|]", "[Reply|Answer] with [a JSON list|the JSON array|JSON: an array] of {row}[.|]", "JSON [array|list] with {row}[.|]", "{row} as [a JSON array|a JSON list|JSON][.|]",
                    "[I need|I want] a JSON [array|list] [of|with] {row}[.|]", "[List|Put] {row} in a JSON array[.|]", "[Can|Could] you [make|write|give me] a JSON [array|list] of {row}?", "Please [write|give me|return] a JSON array with {row}[.|]",
                    "!Please make a JSON array of {row}.", "!Reply with a JSON array with {row}."], decorate=False, row=_and(row))
        return text, json.dumps(row), {"json": row}
    return text, json.dumps(values), {"json": values}


# Tools --------------------------------------------------------------------------------------------

def _string(text=None):
    return {"type": "string", **({"description": text} if text else {})}


def _spec(rng, tool, text, fields, required=None):
    """One function as a client would send it, in the different shapes that clients use."""
    properties = {}
    for field, (kind, note) in fields.items():
        properties[field] = {"type": kind, **({"description": note} if note and rng.random() < 0.5 else {})}
    parameters = {"type": "object", "properties": properties}
    if rng.random() < 0.8:
        parameters["required"] = required or list(fields)
    if rng.random() < 0.15:
        parameters["additionalProperties"] = False
    function = {"name": tool, "description": text, "parameters": parameters}
    if rng.random() < 0.15:
        del function["description"]
    elif rng.random() < 0.07:
        function["description"] = ""  # as some clients send it
    return {"type": "function", "function": function}


def _place(rng):
    return rng.choice(facts.CITIES) if rng.random() < 0.75 else made_up_name(rng)


def weather(ask, tool=None):
    rng = ask.rng
    place = _place(rng)
    tool = tool or rng.choice(["get_weather", "get_weather", "weather", "get_current_weather", "current_weather", "weather_lookup"])
    field = rng.choice(["city", "city", "city", "location", "place", "town"])
    fields = {field: ("string", rng.choice(["The city", "Name of the city", "City name"]))}
    arguments = {field: place}
    unit = rng.random()
    if unit < 0.2:
        fields["unit"] = ("string", "celsius or fahrenheit")
    tail = ""
    if unit < 0.1:
        arguments["unit"] = rng.choice(["celsius", "fahrenheit"])
        tail = " in " + arguments["unit"]
    spec = _spec(rng, tool, rng.choice(["Get the weather for a city", "Returns the current weather", "Current weather in a place", "Weather for a city"]), fields, [field])
    text = ask([
        "What is the weather in {p}{t}?", "What's the weather [like |]in {p}{t}?", "How is the weather in {p}{t}?", "weather in {p}{t}[?|]", "[Tell|Give] me the weather in {p}{t}[.|]",
        "What is the weather like in {p}{t} [today|now|right now]?", "How's the weather in {p}{t} today?", "Check the weather in {p}{t}[.|]", "Is it [cold|warm|raining|sunny] in {p}{t}?",
        "Do I need [an umbrella|a coat] in {p}{t}?", "!Please check the weather in {p}{t}.", "!Can you tell me the weather in {p}{t}?", "!What is the weather today in {p}{t}?",
    ], p=place, t=tail)
    sky, degrees = rng.choice(["sunny", "cloudy", "rainy", "windy", "snowy", "foggy", "clear"]), rng.randint(-15, 38)
    style = rng.randrange(3)
    if style == 0:
        result, answer = json.dumps({"temperature": degrees, "condition": sky}), f"It is {sky} in {place} with {degrees} degrees."
    elif style == 1:
        result, answer = f"{degrees} degrees, {sky}", f"It is {sky} in {place} with {degrees} degrees."
    else:
        result, answer = rng.choice([sky, json.dumps({"weather": sky})]), f"It is {sky} in {place}."
    return spec, text, arguments, result, answer, has(sky, place)


def clock(ask):
    rng = ask.rng
    place = _place(rng)
    field = rng.choice(["city", "city", "timezone", "location"])
    spec = _spec(rng, rng.choice(["get_time", "current_time", "get_current_time", "clock"]), rng.choice(["Get the time in a city", "Current time in a place"]), {field: ("string", "The city")})
    text = ask(["What time is it in {p}?", "[Tell|Give] me the time in {p}[.|]", "time in {p}[?|]", "What is the time in {p}?", "How late is it in {p}?", "What's the time in {p} now?",
                "!Please tell me the time in {p}.", "!Can you tell me what time it is in {p}?"], p=place)
    time = f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"
    return spec, text, {field: place}, rng.choice([time, json.dumps({"time": time})]), f"It is {time} in {place}.", has(time)


def price(ask):
    rng = ask.rng
    item = rng.choice(facts.WORDS[:70])
    field = rng.choice(["item", "product", "name"])
    spec = _spec(rng, rng.choice(["get_price", "price_of", "lookup_price"]), rng.choice(["Get the price of a product", "Price of an item"]), {field: ("string", "The product")})
    text = ask(["What is the price of [a |the |]{p}?", "How much is [a |the |]{p}?", "price of {p}[?|]", "[Tell|Give] me the price of {p}[.|]", "What does {p} cost?",
                "!Please check the price of {p}.", "!Can you tell me the price of {p}?"], p=item)
    cost = rng.randint(2, 99)
    return spec, text, {field: item}, rng.choice([str(cost), json.dumps({"price": cost})]), f"The price of {item} is {cost}.", has(cost)


def mail(ask):
    rng = ask.rng
    who = name(rng)
    body = rng.choice(["I am late", "see you soon", "dinner is ready", "call me back", "good luck", "the train is late", "happy birthday", "we won", "come home", "lunch at noon"])
    to, what = rng.choice([("to", "message"), ("recipient", "text"), ("to", "body")])
    spec = _spec(rng, rng.choice(["send_message", "send_mail", "send_email", "send_text"]), rng.choice(["Send a message to a person", "Sends a text"]), {to: ("string", "The person"), what: ("string", "The text")})
    text = ask(["Send a message to {w}: {b}[.|]", "Tell {w}: {b}[.|]", "Write to {w}: {b}[.|]", "Send {w} the message: {b}[.|]", "Message {w}: {b}[.|]",
                "!Please send a message to {w}: {b}", "!Can you write to {w}: {b}"], decorate=False, w=who, b=body)
    return spec, text, {to: who, what: body}, rng.choice(["sent", "ok", json.dumps({"status": "sent"})]), f"I sent the message to {who}.", has(who)


def search(ask):
    rng = ask.rng
    query = rng.choice(facts.WORDS) if rng.random() < 0.5 else f"{rng.choice(facts.COLOURS)} {rng.choice(facts.WORDS)}"
    field = rng.choice(["query", "query", "q", "text"])
    spec = _spec(rng, rng.choice(["search", "web_search", "search_web", "find"]), rng.choice(["Search the web", "Search for a text"]), {field: ("string", "The query")})
    text = ask(["Search for {q}[.|]", "Search the web for {q}[.|]", "Look up {q}[.|]", "Find {q} [on the web|online][.|]", "Google {q}[.|]",
                "!Please search for {q}.", "!Can you look up {q}?"], q=query)
    hit = f"{rng.choice(facts.NAMES)} {rng.choice(['sells', 'likes', 'has', 'writes about'])} {query}"
    return spec, text, {field: query}, rng.choice([hit, json.dumps({"result": hit})]), f"I found this: {hit}.", has(hit)


def calculate(ask):
    rng = ask.rng
    a, b, sign = rng.randint(10, 99), rng.randint(10, 99), rng.choice("+-*")
    result = {"+": a + b, "-": a - b, "*": a * b}[sign]
    if rng.random() < 0.5:
        spec = _spec(rng, rng.choice(["calculate", "calculator", "eval_math"]), "Calculate an expression", {"expression": ("string", "The expression")})
        arguments = {"expression": f"{a} {sign} {b}"}
    else:
        sign, result = "+", a + b
        spec = _spec(rng, rng.choice(["add", "add_numbers", "sum"]), "Add two numbers", {"a": (rng.choice(["number", "integer"]), None), "b": ("number", None)})
        arguments = {"a": a, "b": b}
    text = ask(["What is {a} {s} {b}?", "Calculate {a} {s} {b}[.|]", "How much is {a} {s} {b}?", "{a} {s} {b}", "Use the tool: {a} {s} {b}", "Please calculate {a} {s} {b}[.|]",
                "!Can you calculate {a} {s} {b}?", "!Compute {a} {s} {b} for me."], decorate=False, a=a, b=b, s=sign)
    return spec, text, arguments, rng.choice([str(result), json.dumps({"result": result})]), f"The result is {result}.", has(result)


def reminder(ask):
    rng = ask.rng
    minutes = rng.randint(1, 60)
    field = rng.choice(["minutes", "duration"])
    spec = _spec(rng, rng.choice(["set_timer", "start_timer", "timer"]), "Set a timer in minutes", {field: ("integer", "Minutes")})
    text = ask(["Set a timer for {m} minutes[.|]", "Start a timer of {m} minutes[.|]", "Timer for {m} minutes[.|]", "Start a timer for {m} minutes[.|]", "Set a {m} minute timer[.|]", "{m} minute timer[.|]", "Wake me in {m} minutes[.|]",
                "!Please set a timer for {m} minutes.", "!Can you start a {m} minute timer?"], m=minutes)
    return spec, text, {field: minutes}, rng.choice(["ok", "done", json.dumps({"status": "ok"})]), f"The timer is set for {minutes} minutes.", has(minutes)


TOOLS = [weather, weather, weather, clock, price, mail, search, calculate, reminder]


def tool_talk(ask, want=None):
    """(tools, messages, check, thinking). Stages: "call" ends with the call, "answer" after the result, "none" needs no tool."""
    rng = ask.rng
    ask.keep_case = True
    want = want or rng.choice(["call", "call", "answer", "answer", "none"])
    first = rng.choice(TOOLS)
    spec, text, arguments, result, answer, check = first(ask)
    called = spec["function"]["name"]
    tools = [spec]
    for other in rng.sample([t for t in dict.fromkeys(TOOLS) if t is not first], rng.choice([0, 0, 0, 1, 1, 2])):
        tools.append(other(type(ask)(rng, False))[0])
    rng.shuffle(tools)
    before = []
    if rng.random() < 0.15:
        before.append({"role": "system", "content": ask.free(["You are a helpful assistant.", "Use the tools.", "You are polar-tiny.", "Be brief.", "Answer with the help of tools."])})
    if rng.random() < 0.15:
        said, reply, _ = rng.choice([know.capital, words.opposite, _hello, greeting])(ask)
        before += [{"role": "user", "content": said}, {"role": "assistant", "content": reply}]
    if want == "none":
        question, answer, check = rng.choice([know.capital, words.opposite, know.calendar, _hello, know.currency, greeting])(ask)
        return tools, before + [{"role": "user", "content": question}, {"role": "assistant", "content": answer}], {**check, "no_tool_call": True}, False
    call = {"id": f"call_{rng.randint(100, 999)}", "type": "function", "function": {"name": called, "arguments": json.dumps(arguments, ensure_ascii=False)}}
    messages = before + [{"role": "user", "content": text}, {"role": "assistant", "content": None, "tool_calls": [call]}]
    if want == "call":
        check = {"tool_call": {"name": called, "arguments": arguments}}
        if rng.random() < 0.12:
            messages[-1]["content"] = f"<think>\nThe tool {called} can do this.\n</think>\n"
            return tools, messages, {"thinking": True, **check}, True
        return tools, messages, check, False
    messages += [{"role": "tool", "tool_call_id": call["id"], "content": result}, {"role": "assistant", "content": answer}]
    return tools, messages, check, False


def _hello(ask):
    return ask(["[Hello|Hi|Hey|Good morning|Good day|Good evening][ there| polar-tiny| again|, friend|][!|.|]", "[Hello|Hi|Hey], [good evening|good day|good afternoon][!|]", "[Oh|Well], [hi|good morning|good evening][!|]", "!Hi, good morning!"], decorate=False), "Hello! How can I help you?", has("hello")


# Thinking -----------------------------------------------------------------------------------------

def thinking(ask):
    """A question with a short trace before the answer."""
    rng = ask.rng
    kind = rng.randrange(10)
    if kind == 0:
        question, answer, check = know.capital(ask)
        trace = f"This is a question about a capital. {answer}"
    elif kind <= 3:
        question, answer, check = numbers.arithmetic(ask)
        a, sign, b = answer.split(" = ")[0].split(" ")
        trace = f"I have to {({'+': 'add', '-': 'subtract', '*': 'multiply'})[sign]}. {answer}"
    elif kind == 4:
        question, answer, check = words.opposite(ask)
        trace = f"This is a question about an opposite. {answer}"
    elif kind <= 6:
        question, answer, check = words.spelling(ask)
        trace = f"This is about letters. {answer}"
    elif kind == 7:
        question, answer, check = _hello(ask)
        trace = "The user says hello. I greet back."
    elif kind == 8:
        question, answer, check = know.calendar(ask)
        trace = "This is about the calendar. I list them all." if answer.count(",") > 1 else f"This is about the calendar. {answer}"
    else:
        question, answer, check = refusal(ask)
        trace = "I was not taught this."
    return question, f"<think>\n{trace}\n</think>\n\n{answer}", {"thinking": True, **check}
