"""Facts: capitals, currencies, languages, elements, planets, units, calendar.

Every topic function takes an Asker and returns (question, answer, check) where check is the
machine-readable rule the answer must meet.
"""

from . import facts


def has(*parts):
    return {"contains": [str(p) for p in parts]}


def capital(ask, pool=facts.COUNTRIES):
    country, city, _, _ = ask.rng.choice(pool)
    text = ask([
        "What is the capital of {country}?", "What's the capital of {country}?", "[Tell me|Give me|Name] the capital of {country}[.|]",
        "[Which|What] city is the capital of {country}?", "capital of {country}[?|]", "Capital city of {country}[?|]",
        "What is the capital city of {country}?", "Do you know the capital of {country}?", "{country}: what is [its|the] capital?",
        "[Can|Could] you [tell me|name] the capital of {country}?", "I [need|want] to know the capital of {country}[.|]",
        "What is {country}'s capital?", "Which city is {country}'s capital?", "What city is the capital of {country}?",
        "!Please name the capital city of {country}.", "!Tell me which city is the capital of {country}.",
        "!I would like to know the capital of {country}.", "!Do you know which city is the capital of {country}?",
    ], country=country)
    return text, f"The capital of {country} is {city}.", has(city)


def currency(ask):
    country, _, money, _ = ask.rng.choice([c for c in facts.COUNTRIES if c[2]])
    text = ask([
        "What is the currency of {country}?", "[Which|What] currency is used in {country}?", "currency of {country}[?|]",
        "[Tell me|Name|Give me] the currency of {country}[.|]", "[Which|What] money do people use in {country}?",
        "What's the currency in {country}?", "How do people pay in {country}?", "[Which|What] currency does {country} use?",
        "Do you know the currency of {country}?", "What money is used in {country}?",
        "!Please name the currency of {country}.", "!Which currency do people use in {country}?", "!What is {country}'s currency?",
    ], country=country)
    return text, f"The currency of {country} is the {money}.", has(money)


def language(ask):
    country, _, _, tongue = ask.rng.choice([c for c in facts.COUNTRIES if c[3]])
    text = ask([
        "[Which|What] language [is spoken|do people speak] in {country}?", "What is the [main |]language of {country}?",
        "[Tell me|Name|Give me] the [main |]language of {country}[.|]", "language of {country}[?|]", "What do people speak in {country}?",
        "Do you know [which|what] language is spoken in {country}?", "What's the language of {country}?",
        "[Which|What] language does {country} speak?",
        "!Please name the language of {country}.", "!Which language would I speak in {country}?", "!What is the language spoken in {country}?",
    ], country=country)
    return text, f"The main language of {country} is {tongue}.", has(tongue)


def element(ask):
    name, symbol, number = ask.rng.choice(facts.ELEMENTS)
    if ask.rng.random() < 0.6 or int(number) > 20:
        text = ask([
            "What is the [chemical |]symbol [of|for] {name}?", "symbol [of|for] {name}[?|]", "[Tell me|Give me] the [chemical |]symbol [of|for] {name}[.|]",
            "[Which|What] symbol does {name} have?", "How is {name} written in chemistry?", "What's the symbol [of|for] {name}?",
            "Do you know the [chemical |]symbol of {name}?",
            "The [chemical |]symbol [of|for] {name}[?|]", "[Which|What] is the symbol [of|for] {name}?", "Say the symbol [of|for] {name}[.|]", "How do [I|chemists] write {name}?", "{name}'s [chemical |]symbol[?|]", "In chemistry, what stands for {name}?", "[What|Which] letters stand for {name}?", "Name the symbol [of|for] {name}[.|]", "!Which symbol is used for {name}?", "!Please name the chemical symbol for {name}.", "!What is {name}'s symbol?",
        ], name=name)
        return text, f"The chemical symbol of {name} is {symbol}.", {"regex": rf"\b{symbol}\b"}
    text = ask([
        "What is the atomic number of {name}?", "atomic number of {name}[?|]", "[Which|What] atomic number does {name} have?",
        "[Tell me|Give me] the atomic number of {name}[.|]", "What's the atomic number of {name}?", "Do you know the atomic number of {name}?",
        "The atomic number of {name}[?|]", "[Which|What] number does {name} have in chemistry?", "Say the atomic number of {name}[.|]", "{name}'s atomic number[?|]", "[Which|What] is {name}'s number?", "{name} has [which|what] atomic number?", "[What|Which] number has the element {name}?", "!Please name the atomic number of {name}.", "!What is {name}'s atomic number?",
    ], name=name)
    return text, f"The atomic number of {name} is {number}.", {"regex": rf"\b{number}\b"}


def sky(ask):
    if ask.rng.random() < 0.4:
        templates, answer, must = ask.rng.choice(facts.SKY)
        return ask(templates), answer, has(must)
    place = ask.rng.randrange(8)
    planet, nth = facts.PLANETS[place], facts.ORDINALS[place]
    if ask.rng.random() < 0.5:
        text = ask([
            "[Which|What] is the {nth} planet[ from the Sun|]?", "Name the {nth} planet[.|]", "[Which|What] planet is {nth} from the Sun?",
            "[Which|What] planet is the {nth} from the Sun?", "Tell me the {nth} planet[ from the Sun|][.|]",
            "The {nth} planet[ from the Sun|][?|]", "[What|Which] planet is number {nth}?", "[What|Which] planet [stands|is found] {nth} from the Sun?", "Say the {nth} planet[ from the Sun|][.|]", "[What|Which] is {nth} among the planets?", "Counted from the Sun, [what|which] is the {nth} planet?", "!Do you know the {nth} planet from the Sun?", "!Which planet comes {nth} from the Sun?",
        ], nth=nth)
    else:
        text = ask([
            "[Which|What] place from the Sun does {planet} have?", "[Which|What] number from the Sun is {planet}?", "Where is {planet} in the solar system?",
            "Tell me the place of {planet} in the solar system[.|]", "[Which|What] place does {planet} have in the solar system?",
            "[Which|What] place has {planet}[ from the Sun| in the solar system|]?", "The place of {planet}[ from the Sun|][?|]", "[How many|Which] planet from the Sun is {planet}?", "Do you know where {planet} is in the solar system?", "Tell me which planet from the Sun {planet} is[.|]", "Counted from the Sun, [where|which] is {planet}?", "Say the place of {planet} from the Sun[.|]", "{planet}'s place from the Sun[?|]", "!What is the place of {planet} in the solar system?", "!Do you know which place {planet} has from the Sun?",
        ], planet=planet)
    return text, f"{planet} is the {nth} planet from the Sun.", has(planet, nth)


def unit(ask):
    big, small, factor = ask.rng.choice(facts.UNITS)
    article = "an" if big == "hour" else "a"
    one = f"{article} {big}"
    if ask.rng.random() < 0.6 or factor not in (10, 100, 1000):
        text = ask([
            "How many {small} are [there |]in {one}?", "How many {small} does {one} have?", "How many {small} make {one}?",
            "[Tell me|Give me] the number of {small} in {one}[.|]", "{small} in {one}[?|]", "How many {small} is {one}?",
            "{one} has how many {small}?", "One {big} is how many {small}?",
            "The number of {small} in {one}[?|]", "How many {small} does {one} [hold|last|contain]?", "How many {small} go into {one}?", "Say how many {small} {one} has[.|]", "!What is the number of {small} in {one}?", "!Do you know how many {small} are in {one}?", "!How many {small} would make {one}?",
        ], small=small, one=one, big=big)
        return text, f"There are {factor} {small} in {one}.", {"regex": rf"\b{factor}\b"}
    count = ask.rng.randint(2, 9)
    many = facts.PLURALS.get(big, big + "s")
    text = ask([
        "Convert {n} {many} to {small}[.|]", "How many {small} are [in |]{n} {many}?", "{n} {many} in {small}[?|]", "Change {n} {many} [in|]to {small}[.|]",
        "What is {n} {many} in {small}?", "{n} {many} are how many {small}?",
        "Convert {n} {many} in {small}[.|]", "[Turn|Put] {n} {many} into {small}[.|]", "Give me {n} {many} in {small}[.|]", "How many {small} have {n} {many}?", "{n} {many} make how many {small}?", "!Please convert {n} {many} into {small}.", "!How many {small} do {n} {many} make?",
    ], n=count, many=many, small=small)
    return text, f"{count} {many} are {count * factor} {small}.", {"regex": rf"\b{count * factor}\b"}


def calendar(ask):
    rng = ask.rng
    kind = rng.randrange(6)
    if kind < 2:
        names, what = (facts.DAYS, "day") if rng.random() < 0.5 else (facts.MONTHS, "month")
        at = rng.randrange(len(names))
        name = names[at]
        if rng.random() < 0.5:
            other = names[(at + 1) % len(names)]
            text = ask([
                "[Which|What] {what} comes after {name}?", "[Which|What] {what} is after {name}?", "What comes after {name}?", "the {what} after {name}[?|]",
                "[Which|What] is the next {what} after {name}?", "Name the {what} after {name}[.|]", "[Which|What] {what} follows {name}?",
                "[Tell me|Say|Give me] the {what} [right |]after {name}[.|]", "[Tell me|Say|Do you know] [which|what] {what} is after {name}[.|]", "The {what} [that comes|that is|that follows] after {name}[?|]", "After {name} comes [which|what] {what}?", "[Say|Tell me] what comes after {name}[.|]", "Do you know [the {what}|what comes] after {name}?", "{name} is followed by [which|what] {what}?", "!Tell me the {what} that comes after {name}.", "!Do you know which {what} follows {name}?",
            ], what=what, name=name)
            return text, f"{other} comes after {name}.", has(other)
        other = names[at - 1]
        text = ask([
            "[Which|What] {what} comes before {name}?", "[Which|What] {what} is before {name}?", "What comes before {name}?", "the {what} before {name}[?|]",
            "Name the {what} before {name}[.|]", "[Which|What] {what} is [right|just] before {name}?",
            "[Tell me|Say|Give me] the {what} [right |]before {name}[.|]", "[Tell me|Say|Do you know] [which|what] {what} is before {name}[.|]", "The {what} [that comes|that is|just] before {name}[?|]", "Before {name} comes [which|what] {what}?", "[Say|Tell me] what comes before {name}[.|]", "Do you know [the {what}|what comes] before {name}?", "[Which|What] {what} [is followed by|precedes|goes before|stands before] {name}?", "!Tell me the {what} that comes before {name}.", "!Do you know which {what} comes before {name}?",
        ], what=what, name=name)
        return text, f"{other} comes before {name}.", has(other)
    at = rng.randrange(12)
    name = facts.MONTHS[at]
    if kind == 2:
        text = ask([
            "How many days [does|has] {name} have?", "How many days are [there |]in {name}?", "days in {name}[?|]", "[Tell me|Give me] the number of days in {name}[.|]",
            "How long is {name}?", "{name} has how many days?",
            "!Do you know how many days are in {name}?", "!What is the number of days in {name}?",
        ], name=name)
        return text, f"{name} has {facts.MONTH_DAYS[at]} days.", has(facts.MONTH_DAYS[at])
    if kind == 3:
        nth = facts.ORDINALS[at]
        text = ask([
            "[Which|What] is the {nth} month[ of the year|]?", "Name the {nth} month[ of the year|][.|]", "Tell me the {nth} month[.|]", "[Which|What] month is the {nth}?",
            "[Say|Give me] the {nth} month[ of the year|][.|]", "The {nth} month[?|]", "[Which|What] month has number {nth}?", "!Do you know the {nth} month of the year?", "!Which month is the {nth} one?",
        ], nth=nth)
        return text, f"{name} is the {nth} month of the year.", has(name)
    if kind == 4:
        at = rng.randrange(7)
        day, nth = facts.DAYS[at], facts.ORDINALS[at]
        text = ask([
            "[Which|What] is the {nth} day of the week?", "Name the {nth} day of the week[.|]", "Tell me the {nth} day of the week[.|]",
            "[Which|What] day of the week is the {nth}?",
            "[Say|Give me] the {nth} day of the week[.|]", "The {nth} day of the week[?|]", "[Which|What] day comes {nth} in the week?", "!Do you know the {nth} day of the week?", "!Which day is the {nth} one of the week?",
        ], nth=nth)
        return text, f"{day} is the {nth} day of the week.", has(day)
    templates, answer, must = rng.choice([
        (["How many days are [there |]in a week?", "How many days does a week have?", "!Do you know how many days are in a week?"], "There are 7 days in a week.", "7"),
        (["How many months are [there |]in a year?", "How many months does a year have?", "!Do you know how many months are in a year?"], "There are 12 months in a year.", "12"),
        (["How many days are [there |]in a [year|normal year]?", "How many days does a year have?", "!Do you know how many days are in a year?"], "There are 365 days in a year.", "365"),
        (["Which days are the weekend?", "What days are [on |]the weekend?", "Name the days of the weekend[.|]", "!Tell me the days of the weekend."], "Saturday and Sunday are the weekend.", "Saturday"),
        (["[Name|List|Tell me|Give me] the days of the week[.|]", "What are the days of the week?", "!Can you list the days of the week?"], ", ".join(facts.DAYS) + ".", "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"),
        (["[Name|List|Tell me|Give me] the months of the year[.|]", "What are the months of the year?", "!Can you list the months of the year?"], ", ".join(facts.MONTHS) + ".", ", ".join(facts.MONTHS)),
        (["[Name|List|Tell me] the [four |]seasons[.|]", "What are the [four |]seasons?", "!Can you list the seasons?"], "The seasons are spring, summer, autumn and winter.", "spring"),
    ])
    return ask(templates), answer, has(must)
