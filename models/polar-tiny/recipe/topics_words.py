"""Spelling, opposites, rephrasing, sentiment, capital letters, repeating."""

from . import facts
from .topics_knowledge import has


def spelling(ask):
    rng = ask.rng
    word = rng.choice(facts.SPELLED)
    kind = rng.randrange(10)
    if kind < 5:
        text = ask([
            "Spell [the word |]{word}[.|]", "How do you spell [the word |]{word}?", "How is {word} spelled?", "Please spell {word}[.|]", "Can you spell [the word |]{word}?",
            "Spell out {word}[.|]", "Spell out the word {word}[.|]", "What is the spelling of the word {word}?", "[The spelling|Spelling] of {word}[?|]", "[Which|What] letters are in {word}?", "[List|Name|Give me] the letters of [the word |]{word}[.|]", "How is the word {word} spelled?", "{word}, spelled out[.|]", "[Give|Tell] me the spelling of {word}[.|]", "Spell {word} for me[.|]", "How do I spell {word}?",
            "!Please spell out the word {word}.", "!Can you spell {word} for me?", "!What is the spelling of {word}?",
        ], word=word)
        answer = "-".join(word)
        return text, answer, has(answer)
    if kind < 7:
        text = ask([
            "How many letters are [there |]in the word {word}?", "Count the letters in {word}[.|]", "How many letters does {word} have?", "How many letters are in {word}?",
            "[Tell me|Give me] the number of letters in {word}[.|]", "letters in {word}[?|]", "How long is the word {word}?", "How many letters [make|form] [the word |]{word}?", "The word {word} has how many letters?",
            "Count the letters [in|of] the word {word}[.|]", "Count [how many letters {word} has|all letters in {word}|the letters: {word}]", "[Say|Find|Name] the number of letters [in|of] {word}[.|]", "[What is the|The] number of letters in {word}?", "How many letters are [there |]in {word}?", "Letter count of {word}[?|]", "[Tell me|Say] how many letters {word} has[.|]", "!How many letters does the word {word} have?", "!Please count the letters of {word}.",
        ], word=word)
        return text, f"The word {word} has {len(word)} letters.", {"regex": rf"\b{len(word)}\b"}
    first = kind < 9
    nth = "first" if first else "last"
    text = ask([
        "What is the {nth} letter of [the word |]{word}?", "[Which|What] letter is {nth} in {word}?", "the {nth} letter of {word}[?|]", "Name the {nth} letter of {word}[.|]",
        "[Which|What] letter does {word} {begin} with?",
        "[Tell me|Say|Give me] the {nth} letter of {word}[.|]", "{nth} letter of {word}[?|]", "[Which|What] is the {nth} letter in {word}?", "What is {nth} in {word}?", "!Tell me the {nth} letter in the word {word}.", "!What letter is the {nth} one in {word}?",
    ], nth=nth, word=word, begin="begin" if first else "end")
    letter = word[0] if first else word[-1]
    return text, f"The {nth} letter of {word} is {letter}.", {"regex": rf"is {letter}\b"}


def sort_words(ask):
    row = ask.rng.sample(facts.SPELLED[:30], 3)
    text = ask([
        "Sort these words: {row}", "Sort [the|these] words alphabetically: {row}", "Put these words in alphabetical order: {row}", "Alphabetical order: {row}",
        "Sort by the alphabet: {row}", "Order these words [alphabetically|by the alphabet]: {row}",
        "[Sort|Order|Arrange] {row}[ alphabetically| by the alphabet]", "Put [these|the] words in [the right |]order: {row}", "[Arrange|Order] these words: {row}", "Sort this list of words: {row}", "Which order have these words in the alphabet? {row}", "Please sort the words: {row}",
        "[Can|Could] you [order|arrange] these words? {row}", "[Bring|Put] the words into order: {row}", "[Sort|Order|Arrange] the words: {row}", "Sort [all the|the three] words: {row}", "In alphabetical order: {row}", "[Sort|Order] [them|this] by the alphabet: {row}", "[Which|What] is the alphabetical order of {row}?", "!Can you sort these words? {row}", "!Put these words in order: {row}",
    ], row=", ".join(row))
    answer = ", ".join(sorted(row))
    return text, answer, has(answer)


def opposite(ask, pool=facts.OPPOSITES):
    pair = ask.rng.choice(pool)
    one, other = pair if ask.rng.random() < 0.5 else pair[::-1]
    text = ask([
        "What is the opposite of {one}?", "What's the opposite of {one}?", "opposite of {one}[?|]", "[Tell me|Name|Give me] the opposite of {one}[.|]",
        "[Which|What] word is the opposite of {one}?", "Do you know the opposite of {one}?", "The opposite of {one} is what?", "What is the contrary of {one}?",
        "[Can|Could] you [tell me|name] the opposite of {one}?", "The opposite of the word {one}[?|]",
        "!Please name the opposite of {one}.", "!Tell me which word is the opposite of {one}.", "!I need the opposite of {one}.",
    ], one=one)
    return text, f"The opposite of {one} is {other}.", has(f"is {other}")


SUBJECTS = [f"{owner} {noun}" for owner in ("the", "my", "this", "our") for noun in (
    "house garden car dog book room film soup tree road bridge teacher boat city bag table test game shirt phone river story "
    "horse kitchen train letter island box cake bird").split()]
STRONGER = [tuple(p.split("-")) for p in (
    "big-huge small-tiny cold-freezing hot-boiling happy-delighted sad-miserable tired-exhausted hungry-starving good-excellent bad-terrible "
    "old-ancient clean-spotless dirty-filthy angry-furious funny-hilarious interesting-fascinating scared-terrified pretty-beautiful "
    "surprised-astonished important-essential clever-brilliant fast-rapid").split()]


def rephrase(ask):
    rng = ask.rng
    plain, strong = rng.choice(STRONGER)
    who = rng.choice(SUBJECTS)
    who = who[0].upper() + who[1:]
    verb = rng.choice(["is", "was", "looks", "seems"])
    sentence = f"{who} {verb} very {plain}."
    text = ask([
        "Rephrase: {s}", "Rephrase this sentence: {s}", "Say [this|it] in other words: {s}", "Put this in other words: {s}", "Say this differently: {s}",
        "Rewrite [this|the] sentence: {s}", "Rewrite: {s}", "How else can I say this? {s}", "Please rephrase: {s}",
        "!Can you rephrase this sentence? {s}", "!Please say this in other words: {s}", "!Rewrite this in other words: {s}",
    ], decorate=False, s=sentence)
    answer = f"{who} {verb} {strong}."
    return text, answer, has(answer)


LIKED = ("film book hotel food game phone service song meal trip show lesson party coffee car room concert holiday story soup restaurant "
         "bread garden teacher play train shop town walk cake dinner flight present match chair house bike computer museum").split()
PRAISE = "wonderful great excellent lovely fantastic perfect amazing brilliant superb delightful good beautiful nice fine pleasant charming marvellous splendid enjoyable terrific".split()
BLAME = "terrible awful bad horrible boring disappointing useless broken ugly dreadful poor annoying nasty unpleasant miserable disgusting rotten dull sad worthless".split()
PLAIN = ["The {x} is on the table.", "The {x} starts at {n}.", "There are {n} people here.", "The {x} has {n} parts.", "We saw the {x} on Monday.", "The {x} comes on Friday.", "I have the {x} in my bag.",
         "The {x} takes {n} minutes.", "The {x} ends at {n}.", "This {x} is {n} years old.", "The {x} is near the bridge.", "There is a {x} in the city.", "We talked about the {x}.", "The {x} costs {n} dollars.",
         "He asked about the {x}.", "She has a {x} and {n} books.", "The {x} was made in May.", "I will see the {x} on Sunday.", "They moved the {x} to the door.", "The {x} opens on Tuesday."]
GLAD = ["The {x} was {w}.", "I love this {x}, it is {w}.", "What {aw} {x}!", "This {x} is really {w}.", "I enjoyed the {x}, it was {w}.", "I am so happy with the {x}.", "We had {aw} time with the {x}.",
        "The {x} is {w} and I like it.", "I like the {x} very much.", "I love the {x}.", "It was {aw} {x}.", "My {x} is {w}.", "How {w} this {x} is!", "Everyone enjoyed the {x}.", "The {x} made me happy.",
        "I would buy this {x} again, it is {w}.", "Such {aw} {x}!", "The {x} was very {w}.", "That was {aw} {x}."]
SORRY = ["The {x} was {w}.", "I hate this {x}, it is {w}.", "What {aw} {x}!", "This {x} is really {w}.", "I did not like the {x}, it was {w}.", "I am so unhappy with the {x}.", "We had {aw} time with the {x}.",
         "The {x} is {w} and I hate it.", "I do not like the {x}.", "I hate the {x}.", "It was {aw} {x}.", "My {x} is {w}.", "How {w} this {x} is!", "Nobody liked the {x}.", "The {x} made me sad.",
         "I would never buy this {x} again, it is {w}.", "Such {aw} {x}!", "The {x} was very {w}.", "That was {aw} {x}."]


def sentiment(ask):
    rng = ask.rng
    mood = rng.choice(["positive", "negative", "neutral"])
    pool, words = {"positive": (GLAD, PRAISE), "negative": (SORRY, BLAME), "neutral": (PLAIN, ["plain"])}[mood]
    word = rng.choice(words)
    sentence = rng.choice(pool).format(x=rng.choice(LIKED), w=word, aw=("an " if word[0] in "aeiou" else "a ") + word, n=rng.randint(2, 30))
    text = ask([
        "What is the sentiment of this [sentence|text]? {s}", "Sentiment: {s}", "Is this positive, negative or neutral? {s}", "Positive, negative or neutral? {s}",
        "[Give|Tell me] the sentiment: {s}", "Classify the sentiment: {s}", "Classify this [sentence|text]: {s}", "What is the mood of this sentence? {s}",
        "[What|Which] [sentiment|mood|feeling] [has this sentence|does this sentence have|does this text have|is this|is in this sentence]? {s}", "[Find|Judge|Name|Say|Tell me|Give me|State|Determine] the [sentiment|mood|feeling][ of this sentence| of this text| here|]: {s}",
        "Is [this text|the text|this review|the review|the mood|this comment] [positive, negative or neutral|positive or negative|positive, neutral or negative|good or bad]? {s}", "[Classify|Judge|Rate] this [review|comment|remark][ as positive, negative or neutral|]: {s}",
        "[Mood|Feeling|Tone|The sentiment of this text|The mood of this text]: {s}", "How does [the writer|this person|this sentence] feel? {s}", "{s} [What is the sentiment?|Is that positive, negative or neutral?|Sentiment?|What mood is that?|Positive or negative?]",
        "Is that [a positive, a negative or a neutral|a positive or a negative] [sentence|text|review]? {s}", "[Can|Could] you [judge|classify|tell me] the [sentiment|mood] of this [sentence|text|review]? {s}", "Please [judge|classify|name] the [sentiment|feeling|tone]: {s}",
        "Classify the [feeling|tone|mood of the text]: {s}", "Please tell me the [mood|sentiment] of this text: {s}",
        "!Tell me the sentiment of this sentence: {s}", "!Is this sentence positive, negative or neutral? {s}", "!Please classify the mood: {s}",
    ], decorate=False, s=sentence)
    return text, f"The sentiment is {mood}.", has(mood)


def _nonsense(rng, low=2, high=3):
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(low, high)))


def repeat(ask):
    """Copying, the skill that memory, JSON and tool arguments rest on."""
    rng = ask.rng
    count = rng.choice([1, 1, 2, 2, 3, 3, 4])
    words = [rng.choice([rng.choice(facts.WORDS), rng.choice(facts.NAMES), _nonsense(rng).capitalize(), _nonsense(rng), str(rng.randint(0, 999)), rng.choice(facts.CITIES)])
             for _ in range(count)]
    phrase = " ".join(words)
    text = ask([
        "Repeat: {s}", "Repeat after me: {s}", "Say: {s}", "Say this: {s}", "Repeat these words: {s}", "Write: {s}", "Echo: {s}", "Please repeat: {s}", "Say exactly: {s}",
        "[Repeat|Say|Write|Echo|Copy|Print|Answer with] [this|the words|this text|the following|just this|only this|this again|this back to me|this once]: {s}", "[Copy|Print|Type]: {s}", "Please [write|echo|copy|print]: {s}",
        "[Can|Could] you [repeat|say|write|copy|echo] this[ for me|]? {s}", "[Say|Write|Copy|Echo] [this |it |]for me: {s}", "[Repeat|Copy|Echo|Print] exactly: {s}", "Your answer is only: {s}", "[Repeat|Say|Write] after me, [exactly|please]: {s}",
        "!Repeat this for me: {s}", "!Please say: {s}", "!Write exactly: {s}",
    ], decorate=False, s=phrase)
    return text, phrase, {"equals": phrase}


def shout(ask):
    word = ask.rng.choice(facts.SPELLED)
    text = ask([
        "Write {w} in capital letters[.|]", "Write {w} in [capitals|upper case][.|]", "{w} in [capital letters|capitals][.|]", "Put {w} in [capitals|capital letters|upper case][.|]",
        "[Write|Print|Spell] the word {w} in [capitals|capital letters|upper case][.|]", "[Turn|Change] {w} [into|to] [capitals|capital letters|upper case][.|]", "The word {w}, in capital letters[.|]", "Make {w} [upper case|all capitals][.|]", "!Please write {w} in capital letters.", "!Can you put {w} in upper case?",
    ], w=word)
    return text, word.upper(), {"regex": rf"\b{word.upper()}\b"}
