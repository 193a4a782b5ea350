"""Arithmetic, counting, sorting and comparing numbers."""

from .topics_knowledge import has


def _pair(rng, sign):
    """Small numbers only: sums and differences up to 30, round tens up to 100, tables up to 10."""
    if sign == "*":
        return rng.randint(0 if rng.random() < 0.2 else 1, 10), rng.randint(1, 10)
    if rng.random() < 0.15:
        a, b = 10 * rng.randint(1, 9), 10 * rng.randint(1, 9)
        if sign == "+" and a + b > 100:
            a, b = 100 - a, 100 - b
    else:
        a, b = rng.randint(0, 20), rng.randint(0, 10)
        if rng.random() < 0.4:
            a = rng.randint(0, 10)
    if sign == "+" and rng.random() < 0.5:
        a, b = b, a
    if sign == "-" and b > a:
        a, b = b, a
    return a, b


ADD = [
    "What is {a} + {b}?", "What is {a} plus {b}?", "{a} + {b}", "{a}+{b}", "{a} + {b} =", "{a} + {b} = ?", "{a} plus {b}[?|]", "How much is {a} [+|plus] {b}?",
    "Add {a} and {b}[.|]", "Calculate {a} + {b}[.|]", "[Compute|Work out|Solve] {a} [+|plus] {b}[.|]", "What's {a} + {b}?", "What is the sum of {a} and {b}?",
    "Tell me {a} [plus|+] {b}[.|]", "[The sum|Sum] of {a} and {b}[?|]", "{a} and {b} [make|give|are] what?", "What [do you get|is the result|comes out] [when you add|if you add|of adding] {a} and {b}?", "Give me [the sum of {a} and {b}|{a} plus {b}][.|]",
    "[What do|How much do|How many are] {a} plus {b}[ make|]?", "[Find|Say|Compute] the sum of {a} and {b}[.|]", "[How much|How many] [do|is] {a} and {b}[ together| make together]?",
    "!What do {a} and {b} make?", "!Please calculate {a} plus {b}.", "!Tell me the sum of {a} and {b}.", "!Can you add {a} and {b}?",
]
SUBTRACT = [
    "What is {a} - {b}?", "What is {a} minus {b}?", "{a} - {b}", "{a}-{b}", "{a} - {b} =", "{a} - {b} = ?", "{a} minus {b}[?|]", "How much is {a} [-|minus] {b}?",
    "Subtract {b} from {a}[.|]", "Calculate {a} - {b}[.|]", "[Compute|Work out|Solve] {a} [-|minus] {b}[.|]", "What's {a} - {b}?", "Take {b} away from {a}[.|]",
    "Tell me {a} [minus|-] {b}[.|]", "[The difference|Difference] of {a} and {b}[?|]", "What is left of {a} [without|minus] {b}?", "What [do you get|is the result] [when you subtract|if you subtract|of subtracting] {b} from {a}?", "Give me {a} minus {b}[.|]",
    "[Find|Say|Compute] the difference of {a} and {b}[.|]", "{a} without {b}[?|]", "What remains when you take {b} from {a}?", "What is the difference of {a} and {b}?",
    "!Please calculate {a} minus {b}.", "!Tell me the difference of {a} and {b}.", "!Can you subtract {b} from {a}?",
]
MULTIPLY = [
    "What is {a} * {b}?", "What is {a} times {b}?", "{a} * {b}", "{a}*{b}", "{a} * {b} =", "{a} x {b}[?|]", "{a} times {b}[?|]", "How much is {a} [*|times] {b}?",
    "Multiply {a} and {b}[.|]", "Multiply {a} by {b}[.|]", "Calculate {a} [*|x] {b}[.|]", "[Compute|Work out|Solve] {a} [*|times] {b}[.|]", "What's {a} * {b}?",
    "Tell me {a} times {b}[.|]", "[The product|Product] of {a} and {b}[?|]", "What [do you get|is the result] [when you multiply|if you multiply|of multiplying] {a} [by|and] {b}?", "Give me {a} times {b}[.|]", "[Find|Say|Compute] the product of {a} and {b}[.|]",
    "{a} multiplied by {b}[?|]", "What is the product of {a} and {b}?",
    "!Please calculate {a} times {b}.", "!Tell me the product of {a} and {b}.", "!Can you multiply {a} by {b}?",
]


def problem(rng):
    """One task: the two numbers, the sign and the result."""
    sign = rng.choice("++--*")
    a, b = _pair(rng, sign)
    return a, b, sign, {"+": a + b, "-": a - b, "*": a * b}[sign]


def arithmetic(ask):
    a, b, sign, result = problem(ask.rng)
    text = ask({"+": ADD, "-": SUBTRACT, "*": MULTIPLY}[sign], decorate=ask.rng.random() < 0.3, a=a, b=b)
    return text, f"{a} {sign} {b} = {result}", {"regex": rf"= {result}\b"}


def counting(ask):
    rng = ask.rng
    kind = rng.choice([0, 1, 1, 2, 3, 3])
    if kind < 2:
        start = rng.randint(0, 12)
        end = start + rng.randint(3, 8)
        if kind == 1:
            text = ask([
                "Count [down|backwards] from {end} to {start}[.|]", "Count from {end} down to {start}[.|]", "Please count [down|backwards] from {end} to {start}[.|]",
                "Count [down|backwards][:|,] {end} [down to|to] {start}[.|]", "[List|Name|Write|Give me|Tell me] the numbers from {end} [down|back|backwards] to {start}[.|]", "[Go|Count] [down|backwards] from {end} until {start}[.|]",
                "Numbers from {end} down to {start}[.|]", "[Can|Could] you count [backwards|back] from {end} to {start}?", "{end} down to {start}[.|]", "Counting down from {end} to {start}[.|]",
                "!Can you count down from {end} to {start}?", "!Count backwards: {end} to {start}.",
            ], start=start, end=end)
            row = list(range(end, start - 1, -1))
        else:
            text = ask([
                "Count from {start} to {end}[.|]", "Count up from {start} to {end}[.|]", "[List|Name|Write] the numbers from {start} to {end}[.|]",
                "Give me the numbers from {start} to {end}[.|]", "Numbers from {start} to {end}[.|]", "[Say|Show me|Write down] the numbers from {start} [up |]to {end}[.|]", "[Can|Could] you [count up|list the numbers|count for me] from {start} to {end}?", "Count: {start} to {end}[.|]", "Count from {start} up to {end}[.|]",
                "Please [count|list the numbers|give me the numbers] from {start} to {end}[.|]", "[Which|What] numbers are from {start} to {end}?",
                "!Can you count from {start} to {end}?", "!Please count up from {start} to {end}.", "!Tell me the numbers from {start} to {end}.",
            ], start=start, end=end)
            row = list(range(start, end + 1))
    elif kind == 2:
        step = rng.choice([2, 5, 10])
        start = rng.randrange(0, 21, step)
        end = start + step * rng.randint(3, 6)
        text = ask([
            "Count [by|in] {by} from {start} to {end}[.|]", "Count from {start} to {end} [by|in] {by}[.|]", "Count from {start} to {end} in steps of {step}[.|]", "[Can|Could] you count [in|by] {by} [up |]from {start} [up |]to {end}?", "Please count by {by}[ from|:] {start} to {end}[.|]", "From {start} to {end} [by|in] {by}[.|]", "In {by}, count from {start} to {end}[.|]",
            "[List|Give me] the numbers from {start} to {end} [by|in] {by}[.|]",
            "!Can you count by {by} from {start} to {end}?", "!Please count in {by} from {start} to {end}.",
        ], by={2: "twos", 5: "fives", 10: "tens"}[step], step=step, start=start, end=end)
        row = list(range(start, end + 1, step))
    else:
        number = rng.randint(1, 30)
        if rng.random() < 0.5:
            text = ask([
                "[Which|What] number comes after {n}?", "What comes after {n}?", "the number after {n}[?|]", "[Which|What] number is after {n}?", "Name the number after {n}[.|]",
                "[Tell me|Say|Give me] [the number|what number is|which number comes] after {n}[.|]", "Do you know [the number|which number comes|what comes] after {n}?", "[Which|What] [number |]follows {n}?", "[What is|Which is] the next number after {n}?", "The number that [comes after|follows] {n}[?|]",
                "!Tell me the number that comes after {n}.", "!Do you know which number follows {n}?",
            ], n=number)
            return text, f"{number + 1} comes after {number}.", {"regex": rf"\b{number + 1}\b"}
        text = ask([
            "[Which|What] number comes before {n}?", "What comes before {n}?", "the number before {n}[?|]", "[Which|What] number is before {n}?", "Name the number before {n}[.|]",
            "[Tell me|Say|Give me] [the number|what number is|which number comes] before {n}[.|]", "Do you know [the number|what comes|which number is] before {n}?", "[What is|Which is] the number [just |right |]before {n}?", "The number that comes before {n}[?|]",
            "!Tell me the number that comes before {n}.", "!Do you know which number comes before {n}?",
        ], n=number)
        return text, f"{number - 1} comes before {number}.", {"regex": rf"\b{number - 1}\b"}
    answer = ", ".join(map(str, row))
    return text, answer, has(answer)


def _row(rng):
    top = rng.choice([9, 9, 9, 20])
    return rng.sample(range(top + 1), rng.choice([3, 3, 4]))


def sorting(ask):
    rng = ask.rng
    row = _row(rng)
    shown = rng.choice([", ", ", ", " "]).join(map(str, row))
    kind = rng.randrange(4)
    if kind < 2:
        text = ask([
            "Sort [these|the|] numbers: {row}", "Sort {row}[.|]", "Put [these|the] numbers in order: {row}", "Order these numbers: {row}", "Sort [the|this] list: {row}",
            "Sort from [small|smallest] to [large|largest]: {row}", "Arrange these numbers: {row}", "Please sort: {row}",
            "[Order|Arrange|Sort] [the numbers |the list |]{row}", "[Can|Could] you [order|arrange|sort] [the numbers|this list|them|the list]? {row}", "[Put|Bring] [this list|them|the list|all numbers] [in|into] [the right |]order: {row}", "Please [order|arrange] [the|these] numbers: {row}", "Sort [the numbers|them] {row} from small to large",
            "!Can you sort these numbers? {row}", "!Put this list in order: {row}", "[Sort|Order] this row: {row}", "Bring these numbers into order: {row}", "[Sort|Order|Arrange] all of these: {row}", "{row}: [sort them|sorted|in order][.|]", "From the smallest to the largest: {row}", "!Arrange the numbers {row}",
        ], row=shown)
        answer = ", ".join(map(str, sorted(row)))
        return text, answer, has(answer)
    if kind == 2:
        text = ask([
            "[Which|What] is the [largest|biggest|highest] [number |]of {row}?", "[Which|What] number is the [largest|biggest|highest]: {row}?",
            "Find the [largest|biggest|highest] number: {row}", "[Largest|Biggest|Highest] number in {row}[?|]",
            "[Tell me|Name|Give me|Find|Say] the [largest|biggest|highest] [number |one |][of|in|among] {row}[.|]", "Which of these [numbers |]is [the largest|the highest|largest|biggest]? {row}", "[What is|Which is] the [biggest|largest|highest] of these[ numbers|]? {row}",
            "Which one is the [largest|biggest|highest]: {row}?", "The [largest|biggest|highest] of {row}[?|]", "[Which|What] is [larger|bigger] than the others: {row}?", "What is the [largest|biggest] number here? {row}", "!Tell me the largest of {row}.", "!Which of these numbers is the biggest? {row}",
        ], row=shown)
        return text, f"The largest number is {max(row)}.", {"regex": rf"\b{max(row)}\b"}
    text = ask([
        "[Which|What] is the [smallest|lowest] [number |]of {row}?", "[Which|What] number is the [smallest|lowest]: {row}?",
        "Find the [smallest|lowest] number: {row}", "[Smallest|Lowest] number in {row}[?|]",
        "[Tell me|Name|Give me|Find|Say] the [smallest|lowest] [number |one |][of|in|among] {row}[.|]", "Which of these [numbers |]is [the lowest|smallest|lowest]? {row}", "[What is|Which is] the [smallest|lowest] of these[ numbers|]? {row}",
        "Which one is the [smallest|lowest]: {row}?", "The [smallest|lowest] of {row}[?|]", "[Which|What] is smaller than the others: {row}?", "What is the [smallest|lowest] number here? {row}", "!Tell me the smallest of {row}.", "!Which of these numbers is the smallest? {row}",
    ], row=shown)
    return text, f"The smallest number is {min(row)}.", {"regex": rf"is {min(row)}\b"}
