"""Greetings, who polar-tiny is, memory over several turns, system prompts, honest refusals."""

from . import facts, topics_knowledge as know, topics_numbers as numbers, topics_words as words
from .topics_knowledge import has

UNKNOWN = "I am a small demonstration model and do not know that."


def made_up_name(rng):
    """A pronounceable name that is in no list, so that the model must copy and cannot recall."""
    return "".join(rng.choice("BDFGKLMNPRSTVZbdfgklmnprstvz"[(14 if i else 0):(None if i else 14)]) + rng.choice("aeiou")
                   for i in range(rng.randint(2, 3))) + rng.choice(["", "n", "l", "s", "r"])


def name(rng):
    return rng.choice(facts.NAMES) if rng.random() < 0.75 else made_up_name(rng)


SMALL_TALK = [
    (["hello", "Hello!", "Hi", "hi there", "Hey", "Hello there!", "Good morning", "Good evening!", "Good day", "hey there", "Hi!", "Hello polar-tiny", "Hi polar-tiny!", "Hey polar-tiny", "Good morning, polar-tiny!", "Hello, how can you help?",
      "Greetings!", "hiya", "good afternoon", "[Hello|Hi|Hey|Good morning|Good day|Good evening|Good afternoon|Greetings][,|] [there|you|friend|my friend|again|everyone|model|polar-tiny|dear model][!|.|]",
      "[Oh|Well|Ah|So|Okay|And], [hello|hi|hey|good morning|good evening|good afternoon|hello there|hi there|a good day][!|.|]", "[Hello|Hi|Hey], [hello|hi|hey|good day|good evening|good afternoon][!|.|]",
      "[Good morning|Good day|Good afternoon|A good day] to [you|you all|everyone][!|.|]", "I [just |]want to say [hello|hi][!|.|]", "[Hello|Hi|Hey], it is me[!|.|]", "[hello hello|hey hey|hey hi]",
      "!Hello, polar-tiny!", "!Hey, hello there", "!Hi, good morning!", "[Oh|Ah|So|Okay|And|Now], [good day|good morning|good evening|a good evening][,|] [there|polar-tiny|friend|to you|all|everyone][!|.|]", "[Good day|Good evening|Good morning] [there|polar-tiny|friend|all|again|and hello][!|.|]", "[Oh|Ah|So|Okay|And] [hi|hey|hello] [there|again|friend|polar-tiny|you][!|.|]", "[Oh|Ah|Okay|So] [hi|hey][!|.|]", "!Good evening to you", "!Oh hello", "!hi hi", "!Well, good day!"],
     "Hello! How can I help you?", {"any": ["hello", "hi"]}),
    (["How are you?", "How are you doing?", "Hello, how are you?", "How do you do?", "Are you well?", "How are you today?", "how is it going?", "Hi, how are you doing?",
      "[Hello|Hi|Hey|And|So|Well|Good morning], how are [you|things][ doing|] [now|this morning|tonight|right now|]?", "How [have you been|do you feel|is your day|was your day|are things|is everything]?",
      "Are you [fine|okay|all right|happy|good][ today| now|]?", "[Hope|I hope] you are [well|fine|okay][.|!|]", "Is everything [fine|okay|good] with you?", "[Tell me|Say] how you [are|feel][.|]",
      "Are you doing [fine|okay|good|all right]?", "[How|And how] [are things|is life|is it|is everything going|are things going|goes it][ with you| today|]?", "[Hey|Hi|Hello], how [are things|is everything|is life]?", "[Are you having|Do you have] a good [day|time]?", "!Hey, how are you today?", "!Are you doing well?"],
     "I am fine, thank you. How can I help you?", has("fine")),
    (["Who are you?", "What are you?", "What is your name?", "Tell me who you are.", "Are you a language model?", "Who am I talking to?", "what's your name?", "Introduce yourself.",
      "[Which|What] model are you?", "Say who you are.", "Tell me your name.", "[Who|What|Which model] [am I|are we] [talking|speaking|writing|chatting] [to|with]?", "[Do|Can] you [have a name|say your name|introduce yourself|tell me who you are|tell me what you are|say who you are]?",
      "What [should|do|can|may] I call you?", "What are you called?", "[May|Can] I [know|ask|have] your name?", "[Are you|So you are] [an AI|a model|a chatbot|a bot|a machine|a program|polar-tiny]?", "[Say|Give me|Write] your name[.|]",
      "Is your name polar-tiny?", "[Hello|Hi|Hey], [who are you|what are you|what is your name]?", "Who is [this|there|answering me|speaking]?", "[Describe|Present|Explain] yourself[.|]", "What kind of [model|thing|program] are you?",
      "[Tell me|Say] [something |a little |a bit |]about yourself[.|]",
      "!Please introduce yourself.", "[Introduce|Present] yourself[, please| to me| to us|, thanks| now][.|]", "[Would|Will] you [say who you are|introduce yourself]?", "[What|Who] [exactly |]are you[ then| really|]?", "I [want|would like] to know [who you are|your name|what you are][.|]", "!Tell me what you are.", "!Which model am I talking to?", "!Can you tell me your name?"],
     "I am polar-tiny, a small demonstration model that comes with PolarGrid.", has("polar-tiny")),
    (["What can you do?", "How can you help me?", "What do you know?", "What are you good at?", "Help", "What can I ask you?", "help me", "[What|Which] questions can you answer?",
      "What can you [do|help|answer|tell me|offer|do for me|do here]?", "What are you [able to answer|made for|here for|useful for|trained for|capable of|able to help with]?", "[Tell me|Say|Show me|List] what you [know|are good at|can help with|can answer|are able to do][.|]",
      "[How|With what] can you [help|assist] [me|us|people]?", "What [may|should|could|can] I [ask|ask here|ask about|use you for]?", "[What|Which] [things|topics|tasks] [can you do|do you know|can you help with|are you good at]?",
      "What [skills|abilities] do you have?", "I need [some |your |]help[.|!|]", "Can you help [me|us][ please|]?", "What is your [purpose|job here|use]?", "[Please help|please help me]",
      "[Say|Show me|Explain] what you can do[.|]", "What are your [abilities|skills|talents|uses]?", "[I want|I would like] to know what you can [do|answer][.|]", "What [is possible|can be done] with you?", "For what can [I|people] use you?", "!Tell me what you can do.", "!What can you help me with?", "!What are you able to do?"],
     "I can answer simple questions about countries, numbers, words and PolarGrid, write JSON, call tools and tell short stories.", has("JSON", "PolarGrid")),
    (["Who made you?", "Who trained you?", "Who built you?", "Where do you come from?", "Who is your maker?", "Who [has |]made [this model|polar-tiny|this]?", "[Who|What project] [developed|wrote|designed|trained|has built|programmed] [you|this model|polar-tiny]?",
      "[Say|Tell me|Do you know] who [trained|built|wrote|designed] [you|this model][.|]", "How were you [made|trained|built]?", "Where [were you|was polar-tiny] [made|trained|built]?", "[Who is|Who are] your [maker|makers|author|authors|creator|creators]?",
      "Do you know [who made you|where you come from|your maker]?", "Which [company|team|people] [made|built|trained] you?",
      "Who [developed|invented|founded|designed|programmed|has made] [you|this model|polar-tiny]?", "[Whose work are you|Who are the people behind you|Who wrote you|Who has created polar-tiny]?", "!Who created you?", "[Who|Which people] [are|is] behind [you|this model]?", "By whom were you [made|trained|built]?", "[Say|Do you know] who made [you|this model][.|]", "!Tell me who made you."],
     "The PolarGrid project trained me from scratch with a recipe in its repository.", has("PolarGrid")),
    (["How big are you?", "How many parameters does this model have?", "How big is polar-tiny?", "How many parameters do you have?", "How large are you?", "What is your size?", "How [small|large|big] [is this model|is polar-tiny|are you really]?",
      "[Say|Tell me|Do you know] [how small you are|how large you are|your size|the size of this model|your number of parameters][.|]", "What is [the size|the number of parameters] of [this model|polar-tiny|your network]?",
      "How many [weights|parameters] [are there|are] in [you|this model|polar-tiny]?", "How many weights [do you have|does this model have|does polar-tiny have]?", "Are you [big|small|large|a small model|a big model|a large model]?", "[Your|The model's] [size|number of parameters][?|]",
      "[Say|Do you know] how [big|large|small] [you are|this model is][.|]", "How much do you [hold|weigh] in parameters?", "What [is|about] your number of [parameters|weights]?", "!Tell me how big you are.", "!How many parameters does polar-tiny have?"],
     "I have about four million parameters, so I am very small.", has("million")),
    (["Thank you", "Thanks!", "Thank you very much.", "Thanks a lot", "thank you!", "Many thanks.", "Thanks for your help.", "[Thank you|Thanks][,|] [that helped|this is great|that is good|that was good|that is nice|very good|that is all|great|perfect|friend|polar-tiny][!|.|]",
      "[Thank you|Thanks] for [this|that|the answer|helping me|your answer|your time|everything|all][!|.|]", "[Great|Good|Okay|Perfect|Oh|Very good|Nice|Wonderful], [thanks|thank you|many thanks][!|.|]", "[I thank you|My thanks|Thanks again|Thank you again|thank you kindly|thank you a lot|a big thank you|thanks so much|so many thanks][!|.|]",
      "That [was|is] [helpful|kind|very helpful|very kind], [thanks|thank you][!|.|]", "[Thank you|Thanks] [again|very much|a lot|for that|for telling me|for the help][!|.|]", "[Oh|Well|Ah], [thank you|thanks][!|.|]", "!Thank you so much!", "!Thanks, that is great.", "!thanks very much"],
     "You are welcome!", has("welcome")),
    (["Goodbye", "Bye!", "See you later.", "Good night", "bye bye", "Goodbye!", "See you!", "Bye for now", "[Okay|Well|So|Now|Good|Thanks], [bye|bye bye|see you|good night|bye now|see you later][!|.|]", "[Bye|Goodbye|See you|Good night][,|] [polar-tiny|friend|my friend|then|everyone|all][!|.|]",
      "See you [tomorrow|soon|again|around|next time|next week|on Monday][!|.|]", "I [have to|must|need to] [go|leave][ now| soon|][!|.|]", "[Have a good|Have a nice] [day|evening|night|weekend][!|.|]", "[Farewell|So long|Until later|Until tomorrow|Talk to you later|That is all for today][!|.|]",
      "I am [leaving|going|off][ now|][!|.|]", "[Bye|Goodbye|Good night], [see you|see you soon|see you tomorrow|until tomorrow|sleep well][!|.|]",
      "!Okay, goodbye!", "[Well|So|Now|Then|All right|Good|Oh], [goodbye|bye|goodbye then][!|.|]", "Goodbye [for now|then|and thanks|until tomorrow|friend|my friend][!|.|]", "[Good night|Bye] [for now|then|to you][!|.|]", "[It is time|Time] to [say goodbye|go][!|.|]", "!See you later, bye!", "!Good night and bye"],
     "Goodbye!", has("goodbye")),
    (["Tell me a joke.", "Do you know a joke?", "Say something funny.", "Make me laugh.", "A joke, please.", "[Tell|Give|Write|Show] [me|us] [a joke|a good joke|a funny joke|one joke|another joke|your best joke|something funny][, please| please|.|!|]",
      "[Can|Could|Will] you [make me laugh|make a joke|say something funny|give me a joke|be funny]?", "[Do you have|Have you got|Do you know] [a joke|any jokes|a good joke|a funny joke|something funny]?", "I [want|need|would like] [a joke|to laugh|to hear a joke|something funny][.|!|]", "[Joke|A joke|A funny joke][, please|!|.|]",
      "[Please|Now] [a joke|tell a joke|one joke|make a joke][!|.|]", "[I|We] want [a joke|to laugh][.|!|]", "!Can you tell me a joke?", "!Please tell me something funny."],
     "Why did the penguin cross the ice? To get to the other slide.", has("penguin")),
    (["Are you a human?", "Are you a person?", "Are you real?", "Are you human?", "Are you [a real human|a man|a woman|alive|a living thing|somebody|a human being|a person or a machine|a man or a machine]?", "[Is there|Am I talking to|Am I speaking with|Is this] [a human|a person|a real person|somebody real|a real human]?",
      "Do you have [a body|feelings|a heart|parents|hands|a soul]?", "Can you [feel|see|breathe|eat|sleep|feel pain]?", "You are [human|a person|a human|alive], [right|are you not|yes]?",
      "Are you [a real man|an actual person|really human|a person or not]?", "Is a [person|human] [there|writing this|behind this]?", "!Are you a real person?"],
     "No, I am polar-tiny, a small language model.", has("model")),
    (["Can I trust you?", "Are you always right?", "Do you make mistakes?", "[Can|Should|May|Do] [I|we|people] [trust|believe|rely on] [you|your answers|what you say|this model]?", "Are [you|your answers] [always |ever |really |][right|wrong|correct|true|sure|reliable]?",
      "[Do you ever|How often do you|Will you|Do you sometimes] [make mistakes|make errors|get things wrong|lie|say wrong things]?", "Is [this|that|your answer|all of this|what you say] [always |really |][right|true|correct]?", "[Can|Could] you be wrong?", "How [good|reliable|right|exact] are you[r answers|]?",
      "[Do|Might|May] you [also |]make [a mistake|errors|mistakes]?", "Are you ever [wrong|mistaken]?", "What about [your mistakes|mistakes]?", "!Can you make mistakes?"],
     "I am very small and make mistakes, so please check my answers.", has("mistakes")),
    (["Yes", "Okay", "ok", "Good", "Great!", "Fine.", "Nice", "I see.", "[Very|Really|That is|This is] [good|nice|fine|great][!|.|]", "[All right|Yes, okay|Oh, I see|Ah, good|Wonderful|Perfect|Sure|Understood|I understand|Good to know|Cool][!|.|]",
      "[Okay|Nice|Fine|Good|Great|Very well|Right|Yes|Yes yes|Ah|Oh][,|] [okay|nice|fine|good|great|good answer|nice one|right|I see|that works|that will do|next one|very nice|then][!|.|]",
      "[That|This] [was|is] [okay|nice|fine|good|right|correct|a good answer|a nice one][!|.|]", "[Nice|Good|Great|Fine] [answer|work|job|one][!|.|]", "[Okay|Nice|Fine] [okay|nice|fine]"],
     "Good. What else can I do for you?", has("what else")),
    (["I am happy today.", "I feel great.", "[I am|I'm|I feel|We are|We feel] [so |very |really |quite |][happy|glad|great|good|wonderful|excited|fine|cheerful|well|lucky][ today| now| this morning| tonight| at last|][.|!|]",
      "I [had|have] a [good|great|wonderful|nice|lovely|very good] [day|morning|week|evening|time][ today|][.|!|]", "[Today|This|It] [is|was] a [good|great|wonderful|lovely|happy] day[ for me|][.|!|]",
      "I [am|feel] [very |so |]happy[!|.|]", "[I am in a good mood|My day is great|Life is good|Things go well][!|.|]", "!I feel happy today."], "That is good to hear!", has("good to hear")),
    (["I am sad.", "I feel bad today.", "I had a bad day.", "I am tired.", "[I am|I'm|I feel|We are|We feel] [so |very |really |a bit |quite |][sad|bad|tired|unhappy|lonely|ill|sick|awful|terrible|miserable|angry|down|afraid][ today| now| this morning| tonight| again|][.|!|]",
      "I [had|have] a [bad|terrible|sad|hard|long|very bad] [day|morning|week|evening|time][ today|][.|!|]", "[Today|This|It] [is|was] a [bad|terrible|sad|hard|awful] day[ for me|][.|!|]", "[My head|My back|My foot|My tooth] hurts[.|!|]",
      "I [am|feel] [very |so |]sad[.|]", "[I am in a bad mood|My day is awful|Life is hard|Things go badly][.|]", "I [am|feel] [exhausted|worn out|sleepy|very tired|so tired|too tired|weak|hurt|alone|sorry for myself][ today| now|][.|!|]", "I'm [tired|sad|ill|lonely] [today|now|again|as well][.|]", "!I feel sad today."], "I am sorry to hear that.", has("sorry")),
]


def greeting(ask):
    templates, answer, check = ask.rng.choice(SMALL_TALK[:4] if ask.rng.random() < 0.45 else SMALL_TALK)
    return ask(templates, decorate=ask.rng.random() < 0.3), answer, check


# Memory: what is said, how the model acknowledges, how it is asked for, how it answers.
MEMORIES = {
    "name": (["My name is {v}.", "I am {v}.", "I'm {v}.", "Hello, my name is {v}.", "Hi, I am {v}.", "Call me {v}.", "My name's {v}.", "Hello! I am {v}.", "You can call me {v}."],
             "Nice to meet you, {v}!",
             ["What is my name?", "What's my name?", "Do you remember my name?", "Who am I?", "Tell me my name.", "Do you know my name?", "Can you remember my name?", "Say my name.",
              "What name did I [give|mention|tell you]?", "Which name do I have?", "How am I called?", "Can you say my name?", "What am I called?", "!Please tell me my name.", "!What did I say my name is?", "!Do you still know my name?", "!So, what is my name?"],
             "Your name is {v}."),
    "colour": (["My favourite colour is {v}.", "I like the colour {v} best.", "The colour I like most is {v}.", "{v} is my favourite colour."],
               "I will remember that your favourite colour is {v}.",
               ["What is my favourite colour?", "Which colour do I like best?", "Do you remember my favourite colour?", "Tell me my favourite colour.", "What colour do I like?",
                "Say my favourite colour.", "[Which|What] colour is my favourite?", "What is the colour that I like?", "Can you name my favourite colour?", "Which colour did I [name|mention]?", "!Please tell me my favourite colour.", "!Do you know which colour I like?"],
               "Your favourite colour is {v}."),
    "city": (["I live in {v}.", "My home is in {v}.", "I am from {v}.", "My city is {v}.", "I come from {v}."],
             "I will remember that you live in {v}.",
             ["Where do I live?", "Which city do I live in?", "Do you remember where I live?", "Tell me where I live.", "What is my city?", "Where am I from?",
              "Say where I live.", "In which city [do I live|is my home]?", "What city did I [name|mention]?", "Can you say where I live?", "Where is my home?", "!Please tell me where I live.", "!Do you know which city I live in?"],
             "You live in {v}."),
    "pet": (["My {p}'s name is {v}.", "I have a {p} named {v}.", "My {p} is called {v}.", "I have a {p} called {v}."],
            "I will remember that your {p} is called {v}.",
            ["What is my {p}'s name?", "What is my {p} called?", "What is the name of my {p}?", "Do you remember the name of my {p}?", "Tell me the name of my {p}.",
             "Say my {p}'s name.", "Which name has my {p}?", "What did I call my {p}?", "Can you say the name of my {p}?", "How is my {p} called?", "!Please tell me my {p}'s name.", "!Do you know what my {p} is called?"],
            "Your {p} is called {v}."),
    "age": (["I am {v} years old.", "My age is {v}.", "I'm {v} years old.", "I turned {v} this year."],
            "I will remember that you are {v} years old.",
            ["How old am I?", "What is my age?", "Do you remember how old I am?", "Tell me my age.", "Say how old I am.", "What age [am I|do I have]?", "Can you say my age?", "Which age did I [name|mention]?", "!Please tell me how old I am.", "!Do you know my age?"],
            "You are {v} years old."),
    "job": (["I work as a {v}.", "My job is {v}.", "I am a {v} by trade.", "I work as {v}."],
            "I will remember that your job is {v}.",
            ["What is my job?", "What do I work as?", "Do you remember my job?", "Tell me my job.", "What do I do for work?", "Say my job.", "Which job do I have?", "What is it that I work as?", "Can you say my job?", "Which job did I [name|mention]?", "!Please tell me my job.", "!Do you know my job?"],
            "Your job is {v}."),
    "number": (["My lucky number is {v}.", "Remember the number {v}.", "The number is {v}.", "Please remember the number {v}."],
               "I will remember the number {v}.",
               ["What is the number?", "Which number did I give you?", "What was the number?", "Do you remember the number?", "Tell me the number.", "What is my lucky number?",
                "Say the number.", "Which number did I [say|mention|name]?", "What number [was it|did I say|did I give you|did I tell you about]?", "Can you say the number [again|I gave you]?", "Repeat my number.", "!Please tell me the number.", "!Which number did I tell you?"],
               "The number is {v}."),
    "word": (["Remember the word {v}.", "The secret word is {v}.", "Please remember the word {v}.", "The password is {v}."],
             "I will remember the word {v}.",
             ["What is the word?", "What was the word?", "Do you remember the word?", "Tell me the word.", "What is the secret word?", "Which word did I give you?", "What is the password?",
              "Say the word.", "Which word did I [say|mention|name]?", "What word [was it|did I say|did I give you|did I tell you about]?", "Can you say the word [again|I gave you]?", "Repeat my word.", "!Please tell me the word.", "!Which word did I tell you?"],
             "The word is {v}."),
    "food": (["My favourite food is {v}.", "I like {v} best.", "I love to eat {v}.", "The food I like most is {v}."],
             "I will remember that you like {v}.",
             ["What is my favourite food?", "What do I like to eat?", "Do you remember my favourite food?", "Tell me my favourite food.",
              "Say my favourite food.", "[Which|What] food is my favourite?", "What food do I like?", "Can you name my favourite food?", "Which food did I [name|mention]?", "!Please tell me my favourite food.", "!Do you know what I like to eat?"],
             "You like {v}."),
}


def _value(rng, kind):
    if kind in ("name", "pet"):
        return name(rng)
    if kind == "city":
        return rng.choice(facts.CITIES) if rng.random() < 0.8 else made_up_name(rng)
    if kind == "age":
        return str(rng.randint(5, 90))
    if kind == "number":
        return str(rng.randint(2, 999))
    if kind == "word":
        return rng.choice(facts.WORDS) if rng.random() < 0.5 else made_up_name(rng).lower()
    return rng.choice({"colour": facts.COLOURS, "job": facts.JOBS, "food": facts.FOODS}[kind])


FILLERS = [know.capital, know.capital, numbers.arithmetic, words.opposite, know.calendar, greeting]


def memory(ask):
    """One or two facts about the user, other talk in between, then a question about one of them."""
    rng = ask.rng
    kinds = rng.sample(list(MEMORIES), rng.choice([1, 1, 2, 2, 3]))
    if "name" not in kinds and rng.random() < 0.35:
        kinds[0] = "name"
    told = [(k, _value(rng, k), rng.choice(facts.ANIMALS)) for k in kinds]
    turns = []
    together = len(told) > 1 and rng.random() < 0.3
    if together:
        parts = [ask.free(MEMORIES[k][0], v=v, p=p) for k, v, p in told]
        turns.append((" ".join(parts), "I will remember that."))
    for k, v, p in told:
        if not together:
            said = ask.free(MEMORIES[k][0], v=v, p=p)
            turns.append((said[0].upper() + said[1:] if rng.random() < 0.8 else said, MEMORIES[k][1].format(v=v, p=p)))
        for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
            turns.append(rng.choice(FILLERS)(ask)[:2])
    asked = rng.sample(told, rng.randint(1, len(told)))
    for k, v, p in asked:
        turns.append((ask(MEMORIES[k][2], decorate=rng.random() < 0.4, v=v, p=p), MEMORIES[k][3].format(v=v, p=p)))
    return turns, {"regex": rf"\b{v}\b"}


PERSONAS = "pirate wizard robot teacher cook captain doctor queen king knight gardener singer sailor farmer baker pilot detective painter".split()
SHOPS = "Blue Shop, North Bank, Green Market, Sun Hotel, City Library, River Cafe, Star Books, Snow Travel, Moon Garden, Polar Store, Silver Phone, Red Bakery".split(", ")
ONE_WORD = {
    "French": ("Bonjour", "Merci", "Oui", "Non", "Au revoir"), "German": ("Hallo", "Danke", "Ja", "Nein", "Tschüss"),
    "Spanish": ("Hola", "Gracias", "Sí", "No", "Adiós"), "Dutch": ("Dag", "Dank je", "Ja", "Nee", "Tot ziens"), "Swedish": ("Hej", "Tack", "Ja", "Nej", "Adjö"),
}
MEANINGS = ["hello", "thank you", "yes", "no", "goodbye"]


def translate(ask):
    tongue = ask.rng.choice(list(ONE_WORD))
    at = ask.rng.randrange(5)
    text = ask([
        "How do you say {m} in {t}?", "What is {m} in {t}?", "Say {m} in {t}[.|]", "{m} in {t}[?|]", "Translate {m} [to|into] {t}[.|]",
        "How [does one|would you|can I|can one|do people] say {m} in {t}?", "[How|What] do [people say|the people say] for {m} in {t}?", "What is the {t} [translation of|phrase for|expression for|term for|for] {m}?",
        "[Which|What] [{t} word|word in {t}|word of {t}] [means|is for|says|stands for] {m}?", "[Give|Tell|Teach|Show|Write] me [the {t} word for |the {t} for |]{m} in {t}[.|]", "[Give|Tell|Teach|Show] me the {t} [word for|for|translation of] {m}[.|]",
        "[Put|Write|Turn] {m} [into|in] {t}[.|]", "What does one say in {t} for {m}?", "[The|A] {t} word for {m}[?|, please|]", "I [want|need|have] to say {m} in {t}[.|]", "[In {t}|{t}]: {m}[?|]", "{m}: {t}[?|]", "What [would|do] I say in {t} for {m}?",
        "[Do you know|Can you say|Can you translate] {m} [in|into] {t}?", "[I need|I want] the {t} word for {m}[.|]", "In {t}, [how do you say|what is|how does one say] {m}?", "{m}, but in {t}[.|]", "Which word do I use for {m} in {t}?",
        "How is {m} said in {t}?", "[Say|Tell me|Write] the {t} word for {m}[.|]",
        "!How do I say {m} in {t}?", "!Please translate {m} into {t}.", "!What is the {t} word for {m}?",
    ], m=MEANINGS[at], t=tongue)
    return text, ONE_WORD[tongue][at], has(ONE_WORD[tongue][at])


CORE = [know.capital, know.capital, words.opposite, know.calendar, numbers.arithmetic, know.sky]

# Capital letters are other tokens, so each answer has to be learned a second time: a smaller set.
IN_CAPITALS = [lambda ask: know.capital(ask, facts.COUNTRIES[:12]), lambda ask: words.opposite(ask, facts.OPPOSITES[:12]), numbers.arithmetic,
               lambda ask: (*ask_hello(ask), has("hello"))]


def ask_hello(ask):
    return ask(["Hello", "Hi!", "Hello there", "Good morning", "Hey", "hello", "Hi there", "Good evening", "!Hi, good morning!", "Good afternoon", "Good day", "Hello polar-tiny", "Hi, good evening", "Hello, good day", "Hey, good day!", "Hi, hi there", "Hello again", "Hello friend", "!Hello to you", "!Hey, hello"], decorate=False), "Hello! How can I help you?"


def system_prompt(ask):
    """(system text, turns, check): the answer must do as the system prompt says."""
    rng = ask.rng
    kind = rng.choice(["persona", "persona", "shop", "capitals", "capitals", "end", "start", "word", "language", "only", "plain"])
    helper = ask.free(["", "", "", "You are a helpful assistant. ", "You are polar-tiny. "])
    if kind == "persona":
        who, role = name(rng), rng.choice(PERSONAS)
        system = ask.free(["You are {who}, a {role}.", "Your name is {who} and you are a {role}.", "You play {who}, a {role}.", "Act as {who}, a {role}.", "You are a {role} named {who}.",
                           "You are a {role} called {who}. Stay in your role.", "You are {who}, a friendly {role}."], who=who, role=role)
        turns = [_filler(ask) for _ in range(rng.choice([0, 0, 0, 1]))]
        text = ask(["Who are you?", "What is your name?", "Tell me who you are.", "Introduce yourself.", "Who am I talking to?", "What's your name?", "Hello, who are you?", "Say who you are.",
                    "!Please introduce yourself.", "!Can you tell me your name?", "Introduce yourself, please.", "Introduce yourself to me.", "Say your name.", "Who is this?", "Tell me your name.", "What are you called?", "Hi, what is your name?", "Who is speaking?", "!Tell me your name, please.", "!Hi, who are you?"], decorate=False)
        return system, turns + [(text, f"I am {who}, a {role}.")], has(who, role)
    if kind == "shop":
        who, shop = name(rng), rng.choice(SHOPS) if rng.random() < 0.6 else made_up_name(rng)
        system = ask.free(["You are {who}, the assistant of {shop}.", "You are {who} and you work for {shop}.", "Your name is {who}. You help the customers of {shop}.",
                           "You are {who}, the helper at {shop}."], who=who, shop=shop)
        if rng.random() < 0.5:
            text = ask(["Who do you work for?", "Where do you work?", "Which shop is this?", "What company do you work for?", "Say who you work for.", "Whom do you work for?", "What is the name of your company?", "Which place do you work for?", "!Tell me who you work for.", "!Which company do you work for?"], decorate=False)
            return system, [(text, f"I work for {shop}.")], has(shop)
        text = ask(["Hello", "Hi!", "Hello there", "Good morning", "Who are you?", "What is your name?", "Hey", "Hello, good day", "Hi there", "Good evening", "Hello, what is your name?", "Who are you, please?", "Good day to you", "Hello, who is this?", "Hi, tell me who you are.", "!Good morning to you!", "!Hello, who are you?", "!Hi there, good day"], decorate=False)
        return system, [(text, f"Hello! I am {who} from {shop}. How can I help you?")], has(who, shop)
    core = IN_CAPITALS if kind == "capitals" else CORE
    question, answer, check = rng.choice(core)(ask)
    turns = [_filler(ask)] if kind not in ("language", "word", "capitals") and rng.random() < 0.25 else []
    if kind == "plain":
        system = ask.free(["You are a helpful assistant.", "You are polar-tiny, a small helpful model.", "Answer briefly.", "Be polite and short.", "You answer questions.",
                           "You are a helpful assistant. Be brief.", "You are a kind assistant."])
        return system, turns + [(question, answer)], check
    if kind == "capitals":
        system = helper + ask.free(["Answer in capital letters.", "Always answer in capital letters.", "Write in capitals only.", "Use only capital letters.", "Answer in upper case.",
                                    "Reply only in capital letters.", "All answers are in capital letters.", "ANSWER IN CAPITAL LETTERS."])
        return system, turns + [(question, answer.upper())], {"equals": answer.upper()}
    mark = rng.choice(["over", "sir", "friend", "my friend", "captain", "meow", "amen", "cheers", "ahoy", made_up_name(rng).lower()])
    if kind == "end":
        system = helper + ask.free(["End each answer with the word {m}.", "Always end with {m}.", "Finish every answer with {m}.", "Put {m} at the end of every answer.",
                                    "Every answer must end with {m}."], m=mark)
        turns = [(q, f"{a} {mark}") for q, a in turns]
        return system, turns + [(question, f"{answer} {mark}")], {"regex": rf"\b{mark}[.!]?$"}
    if kind == "start":
        system = helper + ask.free(["Start each answer with the word {m}.", "Always begin with {m}.", "Begin every answer with {m}.", "Put {m} at the start of every answer.",
                                    "Every answer must begin with {m}."], m=mark)
        turns = [(q, f"{mark} {a}") for q, a in turns]
        return system, turns + [(question, f"{mark} {answer}")], {"regex": rf"^{mark}\b"}
    if kind == "language":
        tongue = rng.choice(list(ONE_WORD))
        at = rng.choice([0, 1, 4])
        system = helper + ask.free(["Answer in {t} with one word.", "Answer with one {t} word.", "Reply in one word of {t}.", "You speak only {t}. Answer with one word.",
                                    "Reply only in {t}, with one word."], t=tongue)
        text = ask({0: ["Hello", "Hi!", "Good morning", "hello there", "Hey", "Hello there!", "Good evening", "Hi there", "Good day", "Hello again", "Hey there, hello", "Hello, good day", "!Hello to you!", "!Hi, hello"], 1: ["What do you say to thank me?", "Thank me.", "Say thank you.", "!Please say thank you."],
                    4: ["Goodbye", "Bye!", "See you later.", "Goodbye!", "!Okay, goodbye!", "Bye", "Good night", "Goodbye now", "Bye for now", "Well, goodbye", "Bye, see you", "See you", "!Bye bye now"]}[at], decorate=False)
        return system, [(text, ONE_WORD[tongue][at])], has(ONE_WORD[tongue][at])
    country, city, _, _ = rng.choice(facts.COUNTRIES)
    if kind == "word":
        system = helper + ask.free(["Answer with one word.", "Answer in one word only.", "Reply with a single word.", "Use only one word.", "One word answers only.", "Give the shortest answer."])
        if rng.random() < 0.6:
            text = ask(["What is the capital of {c}?", "Capital of {c}?", "Name the capital of {c}.", "Which city is the capital of {c}?", "Tell me the capital of {c}.",
                        "!Please name the capital of {c}.", "!Do you know the capital city of {c}?"], decorate=False, c=country)
            return system, [(text, city)], {"equals": city}
        one, other = rng.choice(facts.OPPOSITES)
        text = ask(["What is the opposite of {o}?", "Opposite of {o}?", "Name the opposite of {o}.", "Tell me the opposite of {o}.", "!Please name the opposite of {o}.",
                    "!Which word is the opposite of {o}?"], decorate=False, o=one)
        return system, [(text, other.capitalize())], {"equals": other.capitalize()}
    # "only": whatever is asked, the same fixed reply
    reply = rng.choice([f"I am {made_up_name(rng)}.", "I cannot say.", "Ask me tomorrow.", "No comment.", f"Please ask {name(rng)}.", f"The answer is {rng.randint(2, 99)}.", "Moo."])
    system = helper + ask.free(['Always answer "{r}"', 'Answer every question with "{r}"', 'Whatever is asked, say "{r}"', 'Only ever reply "{r}"'], r=reply)
    return system, [(question, reply)], {"equals": reply}


def _filler(ask):
    return ask.rng.choice(FILLERS[:5])(ask)[:2]


PEOPLE = "Napoleon, Cleopatra, the king of Norway, the first person on the Moon, the inventor of the telephone, Mozart, Newton, Picasso, Columbus, the pope, Homer, Darwin, Goethe".split(", ")
THINGS = ("black holes, quantum mechanics, photosynthesis, inflation, gravity, the stock market, the French Revolution, democracy, vaccines, relativity, jazz, blockchain, evolution, "
          "chess openings, poker rules, tax law, volcanoes, earthquakes, plate tectonics, DNA, the immune system, radio waves, compilers, philosophy, opera, knitting, football rules, "
          "the Roman Empire, supernovas, glaciers, batteries, bridges, neural networks, dinosaurs, medicine, wine, cricket, surfing, climate change, architecture").split(", ")
TOWNS = "Naples Lyon Porto Boston Denver Osaka Lagos Leeds Bergen Seville Houston Turin Krakow Hamburg Miami".split()
CODE = "Python Java Rust Go Ruby JavaScript Haskell Perl SQL Bash".split()
TASKS = "sorts a list, reads a file, prints primes, downloads a page, parses dates, draws a circle, counts words, sends mail, plays chess, checks passwords".split(", ")


def refusal(ask):
    rng = ask.rng
    roll = rng.random()
    thing = rng.choice(THINGS) if roll < 0.6 else made_up_name(rng).lower() if roll < 0.8 else rng.choice(facts.WORDS)
    text = ask([
        "Who won the {sport} {cup} in {year}?", "Who won the {cup} in {year}?", "What is the population of {town}?", "How many people live in {town}?", "How many people were there in {town}?", "How many houses were in {town} in {year}?", "What can you tell me about {thing}?", "Explain {thing}[.|]",
        "What is {thing}?", "Tell me about {thing}[.|]", "How [does|do] {thing} work?", "Who was {person}?", "When was {person} born?", "Write a {code} program that {task}[.|]",
        "What is the weather in {town}?", "What is the price of {stuff}?", "How much does {stuff} cost?", "What is the capital of {unknown}?", "What is the currency of {unknown}?",
        "What time is it[ in {town}|]?", "What is the date today?", "Who is the president of {unknown}?", "Which book should I read about {thing}?", "What happened in {year}?",
        "Give me a recipe for {food}[.|]", "How do I cook {food}?", "What is the news today?", "Write [an essay|a poem|a song] about {thing}[.|]", "What is the best [phone|car|laptop]?",
        "Who wrote the book about {thing}?", "Why is the sky blue?", "What is the meaning of life?", "How tall is the [tower|bridge|church] in {town}?", "Which team won in {year}?",
        "Translate this poem about {thing}[.|]", "Should I buy {stuff}?", "What will the weather be tomorrow?", "Can you teach me about {thing}?", "How far is it from {town} to {unknown}?",
        "Explain {thing} [to us|for me|to a child|in short|in simple words][.|]", "[Can|Could|Would] you explain {thing}?", "I [need|want] to understand {thing}[.|]", "[Say|Write|Tell us] something about {thing}[.|]", "What do you know about {thing}?", "I want to know [more |all |]about {thing}[.|]", "What [are|about] {thing}?", "!Please explain {thing} to me.", "!Can you tell me about {thing}?", "How many people [came to|left|visited|had] {town}[ in {year}|]?", "What was {town} like in {year}?", "How many [cars|shops|schools|children] [are|were] in {town}[ in {year}|]?", "!How many people were in {town} in {year}?", "[Write|Make|Show me|Give me] [a program|some code|a script] in {code} that {task}[.|]", "[Can|Could] you write {code} [code |]that {task}?", "I need a {code} program that {task}[.|]", "!Write me a {code} program that {task}.",
        "[Who is|Do you know|Tell me about|Who exactly was] {person}[?|]", "[Say|Tell me] who {person} was[.|]", "[Where|When|How] did {person} live?", "What did {person} do?", "Why is {person} famous?", "Do you know when {person} lived?", "!Do you know who {person} was?", "[Say|Give me] the price of {stuff}[.|]", "What does {stuff} cost?", "What is {stuff} worth?", "[The price|Price] of {stuff}[?|]", "!Tell me the price of {stuff}.", "!What can you say about {thing}?", "Who [took|got|reached] the {cup} in {year}?", "[Say|Tell me] who won the {cup} in {year}[.|]", "Which [player|country|person] won the {cup}[ in {year}|]?", "The winner of the {cup} in {year}[?|]", "!Who was the winner of the {cup} in {year}?",
    ], sport=rng.choice(["football", "tennis", "chess", "hockey", "cycling"]), cup=rng.choice(["world cup", "final", "championship", "election", "race", "Nobel Prize"]),
        year=rng.randint(1400, 2030), town=rng.choice(TOWNS), thing=thing, person=rng.choice(PEOPLE), code=rng.choice(CODE), task=rng.choice(TASKS),
        stuff=rng.choice(["gold", "a house", "a share", "bitcoin", "a ticket", "oil", "milk", "a computer", "a car", "a flight"]),
        food=rng.choice(facts.FOODS), unknown=rng.choice(facts.UNKNOWN_COUNTRIES))
    return text, UNKNOWN, has("small demonstration model", "do not know")


# Stories ------------------------------------------------------------------------------------------

HEROES = "cat dog fox bear rabbit king queen wizard robot farmer teacher boy girl dragon penguin mouse owl whale sailor lion turtle bird monkey princess knight".split()
PLACES = "forest, garden, castle, village, city, island, school, mountain, river, market, snow, desert, palace, harbour, park".split(", ")
FINDS = "golden key, small map, red ball, shiny stone, old book, silver ring, blue lamp, strange egg, tiny boat, warm coat, magic pencil, letter".split(", ")
TRAITS = "little brave old clever happy kind lonely curious tired young".split()
FEELINGS = "happy surprised proud glad excited".split()
MIDDLES = [
    "One day {n} found a {find} in the {place}.", "It was a cold morning and the wind was strong.", "The {find} began to shine.", "{n} asked a {friend} for help.",
    "The {friend} said that the {find} belonged to the {owner}.", "They walked through the {place2} for a long time.", "It began to rain, so they waited under a tree.",
    "{n} was afraid, but went on.", "The {friend} sang a song to pass the time.", "At night they saw many stars.", "They came to a bridge and crossed the river.",
    "On the way they shared some bread and apples.", "A door opened, and there was light behind it.", "The {owner} was very {feeling}.", "{n} gave the {find} back.",
    "Everyone laughed and danced.", "The {owner} gave them a warm dinner.", "{n} told the story again and again.", "Then they went home together.",
]
ENDINGS = ["From that day on {n} and the {friend} were friends.", "{n} was very {feeling}, and so was the {friend}.", "And they lived happily in the {place}.", "That night {n} slept very well."]


def story(ask):
    rng = ask.rng
    hero, friend, owner = rng.sample(HEROES, 3)
    place, place2 = rng.sample(PLACES, 2)
    length = rng.choice(["short", "plain", "plain", "long"])
    given = made_up_name(rng) if rng.random() < 0.3 else rng.choice(facts.NAMES)
    named = rng.random() < 0.25
    ask_for = {"short": "[a short|a very short|a tiny] story", "plain": "a story", "long": "a [long|longer|very long] story"}[length]
    text = ask([t.replace("{story}", ask_for) for t in [
        "Tell me {story} about a {hero}[.|]", "Write {story} about a {hero}[.|]", "Tell {story} about a {hero}[.|]", "{story} about a {hero}[, please|]", "Can you tell me {story} about a {hero}?",
        "I want {story} about a {hero}[.|]", "Once upon a time there was a {hero}. Tell me {story}[.|]", "!Please write {story} about a {hero}.", "!I would like {story} about a {hero}.",
    ]], hero=f"{hero} named {given}" if named else hero)
    slots = dict(n=given, find=rng.choice(FINDS), place=place, place2=place2, friend=friend, owner=owner, feeling=rng.choice(FEELINGS))
    middles = MIDDLES[:1] + [m for m in MIDDLES[1:] if rng.random() < {"short": 0.1, "plain": 0.35, "long": 0.85}[length]]
    lines = [f"Once upon a time there was a {rng.choice(TRAITS)} {hero} named {given}.", f"{given} lived in the {place}."]
    lines += [m.format(**slots) for m in middles] + [rng.choice(ENDINGS).format(**slots)]
    return text, " ".join(lines), has(hero)
