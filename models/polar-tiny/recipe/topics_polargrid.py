"""Questions and answers on PolarGrid: regions, paths, commands, settings, errors."""

from .topics_knowledge import has

REGIONS = {
    "yto-01": ("Toronto", "Canada Central"), "yul-01": ("Montreal", "Canada East"), "yvr-02": ("Vancouver", "Canada West"), "nyc-01": ("New York", "US East"),
    "was-01": ("Washington DC", "US East"), "mia-01": ("Miami", "US East"), "dfw-01": ("Dallas", "US Central"), "chi-01": ("Chicago", "US Central"),
    "sfo-01": ("San Francisco", "US West"), "lax-01": ("Los Angeles", "US West"), "sea-01": ("Seattle", "US West"), "phx-01": ("Phoenix", "US West"),
}

# what one wants to do | method and path
PATHS = {
    "chat": "POST /v1/chat/completions", "text completions": "POST /v1/completions", "speech": "POST /v1/audio/speech", "transcriptions": "POST /v1/audio/transcriptions",
    "translations": "POST /v1/audio/translations", "the list of models": "GET /v1/models", "loading a model": "POST /v1/models/load", "unloading a model": "POST /v1/models/unload",
    "unloading all models": "POST /v1/models/unload-all", "the status of models": "GET /v1/models/status", "the GPU status": "GET /v1/gpu/status", "the GPU memory": "GET /v1/gpu/memory",
    "purging the GPU": "POST /v1/gpu/purge", "health": "GET /health", "routing": "GET /v1/route", "embeddings": "POST /v1/embeddings", "metrics": "GET /metrics",
}

ERRORS = {
    "400": "the request is not valid", "401": "the key is wrong or missing", "402": "there is no payment method or no credit", "403": "the key may not do this",
    "404": "the path or the model was not found", "405": "the method is wrong", "429": "there were too many requests", "500": "the server failed", "502": "the speech backend failed",
    "503": "the queue is full",
}

SETTINGS = {
    "max_tokens": ("the most tokens of an answer, 150 by default", "150"), "temperature": ("how free the choice of tokens is, 0.7 by default", "0.7"),
    "top_p": ("the share of likely tokens that are kept, 0.9 by default", "0.9"), "stream": ("whether the answer is streamed, false by default", "stream"),
    "stop": ("up to 4 texts that end the answer", "4"), "model": ("the id of the model to use", "model"), "messages": ("the list of messages of the chat", "messages"),
    "enable_thinking": ("whether the model thinks first, false by default", "think"), "tools": ("the functions that the model may call", "functions"),
    "response_format": ("the form of the answer, such as JSON", "JSON"), "user": ("a name of the end user", "end user"), "top_k": ("how many likely tokens are kept", "likely"),
    "presence_penalty": ("how strongly used tokens are avoided, from -2 to 2", "-2"), "seed": ("the number that makes a random answer repeatable", "repeatable"),
}

COMMANDS = {
    "start the server": "polargrid up", "chat in the terminal": "polargrid chat", "list the regions": "polargrid regions list", "ping the regions": "polargrid regions ping",
    "set the default region": "polargrid config set default_region", "test the health": "polargrid test health", "speak a text": "polargrid speak",
    "transcribe a file": "polargrid transcribe", "list the voices": "polargrid voices", "add a model": "polargrid models add", "get help": "polargrid --help",
}

# questions | answer | what must be in it
PLAIN = [
    (["What is PolarGrid?", "Tell me about PolarGrid[.|]", "Explain PolarGrid[.|]", "What does PolarGrid do?", "What is PolarGrid for?", "What kind of [server|thing|program] is PolarGrid?", "[Say|Write] what PolarGrid is[.|]", "I want to know what PolarGrid [is|does][.|]", "PolarGrid[?|]", "!Can you explain PolarGrid?", "!Please tell me what PolarGrid is."],
     "PolarGrid is an inference server at the edge that speaks the OpenAI API.", "OpenAI"),
    (["Is PolarGrid compatible with OpenAI?", "Does PolarGrid work with [OpenAI clients|the OpenAI SDK]?", "Can I use the OpenAI SDK[ with PolarGrid|]?", "Does the OpenAI [SDK|client] work here?", "[May|Can] OpenAI clients [talk to|connect to|use] PolarGrid?", "Is the API the same as OpenAI's?", "!Can I use an OpenAI client with PolarGrid?"],
     "Yes, any OpenAI client works with PolarGrid when its base URL is changed.", "base URL"),
    (["What is an edge?", "What is an edge node?", "Explain the edge[.|]", "What does edge mean[ in PolarGrid|]?", "What [is meant by|are] [an edge|edges]?", "[Say|Do you know] what an edge is[.|]", "The meaning of edge[?|]", "!Tell me what an edge node is."],
     "An edge is a server near the users that answers their requests.", "near"),
    (["What is the autorouter?", "What does the autorouter do?", "Explain the autorouter[.|]", "Tell me about the autorouter[.|]", "What is the autorouter for?", "Say what the autorouter does[.|]", "Why is there an autorouter?", "!Can you explain the autorouter?", "!Please tell me what the autorouter does."],
     "The autorouter tells a client which edge is nearest and serves its model.", "nearest"),
    (["How does the autorouter choose[ a region|]?", "Which edge does the autorouter choose?", "How is a region chosen?", "How does the autorouter [work|decide|find an edge|select a region]?", "By what does the autorouter choose?", "Which edge [is taken|does the autorouter take|does the autorouter prefer]?", "[Say|Explain] how [an edge|a region] is [chosen|selected][.|]", "!How does the autorouter pick an edge?"],
     "It takes the nearest edge in the caller's country that serves the model.", "country"),
    (["What is the default region?", "Which region is the default?", "default region[?|]", "Which region is used by default?", "[Say|Name] the default region[.|]", "What region do I get by default?", "Which region is taken when I set none?", "!Tell me the default region.", "!Which region does PolarGrid use by default?"],
     "The default region is yto-01 in Toronto.", "yto-01"),
    (["How many regions does PolarGrid have?", "How many regions are there?", "number of regions[?|]", "[Say|Give me] the number of regions[.|]", "How many regions are in PolarGrid?", "What is the number of regions?", "!Tell me how many regions there are."],
     "PolarGrid has 16 regions.", "16"),
    (["What is the rate limit?", "How many requests may I send?", "How many requests per minute are allowed?", "Tell me the rate limit[.|]", "rate limit[?|]",
      "How high is the rate limit?", "[Say|Give me|Explain] the rate limit[.|]", "How many requests are allowed[ each minute|]?", "What is the limit of requests?", "!What is PolarGrid's rate limit?", "!How many requests can I send per minute?"],
     "The rate limit is 100 requests per minute for each key.", "100"),
    (["What is Retry-After?", "What does the Retry-After header mean?", "Explain Retry-After[.|]", "[What|How long] does Retry-After [say|tell] me?", "What is the Retry-After header for?", "Say what Retry-After means[.|]", "!Tell me what Retry-After says."],
     "Retry-After says how many seconds to wait before the next try.", "seconds"),
    (["How do I authenticate?", "How do I sign in?", "How do I send my key?", "Where do I put the API key?", "How does authentication work?", "How do I use my key?", "Which header [has|carries|takes] the key?", "How [can I|must I] send the key?", "Explain authentication[.|]", "!How can I authenticate?", "!Where does my API key go?"],
     "Send your key in the Authorization header as a bearer token.", "Authorization"),
    (["What does an API key look like?", "How does a key begin?", "What do keys start with?", "[What|Which] letters are at the start of a key?", "How do I recognise a key?", "Say how keys look[.|]", "What is the prefix of a key?", "!How does an API key begin?"], "An API key begins with pg_.", "pg_"),
    (["What is the environment variable for the key?", "Which environment variable holds the key?", "Which variable has the API key?", "[Which|What] variable do I set for [the|my] key?", "Where does the SDK find my key?", "What is the name of the variable with the key?", "Say the environment variable of the key[.|]", "In which environment variable is the key?", "[Which|What] environment variable do I [set|need|use]?", "!Which environment variable is for the API key?"],
     "The key is in POLARGRID_API_KEY.", "POLARGRID_API_KEY"),
    (["How do I create a key?", "Where do I get an API key?", "Where can I find my API key?", "How do I get a key?", "How [can I|does one] [make|create|get] a key?", "Where are keys made?", "I need [a key|an API key][.|]", "Say where keys come from[.|]", "!Where can I get a key?"],
     "Keys are made in the console under Settings, API Keys.", "console"),
    (["What is the base URL?", "Which base URL do I use?", "Tell me the base URL[.|]", "What is the address of an edge?", "base url[?|]", "Say the base URL[.|]", "What do I set as base URL?", "Which address do clients use?", "What base URL [is right|does a client need]?", "!Which base URL must I use?"],
     "The base URL is https://api.REGION.edge.polargrid.ai/v1.", "edge.polargrid.ai"),
    (["How does streaming end?", "What is the last line of a stream?", "How do I know a stream is over?", "How do streams end?", "What comes last in a stream?", "What is at the end of a stream?", "Say how a stream ends[.|]", "!What does a stream end with?"], "A stream ends with data: [DONE].", "[DONE]"),
    (["How do I stream?", "How do I turn on streaming?", "How do I get a streamed answer?", "Can I stream answers?", "Which field [turns on|switches on] streaming?", "How does streaming work?", "Say how to stream[.|]", "What do I set for streaming?", "!How can I stream an answer?"],
     "Set stream to true and read the server-sent events.", "true"),
    (["How do I get usage in a stream?", "How do I see the tokens of a stream?", "How do I turn on usage in streams?", "Which field gives the usage of a stream?", "How do I count the tokens of a stream?", "Say how to see usage in streams[.|]", "!How can I get the usage of a stream?"],
     "Set stream_options.include_usage to true.", "include_usage"),
    (["What is a finish reason?", "What finish reasons are there?", "Which finish reasons are there?", "What does finish_reason say?", "Name the finish reasons[.|]", "[What|Which] values can finish_reason have?", "Why does an answer finish?", "List the finish reasons[.|]", "!Tell me the finish reasons."],
     "The finish reason is stop, length, tool_calls or content_filter.", "tool_calls"),
    (["What is pg_metadata?", "What does pg_metadata hold?", "Explain pg_metadata[.|]", "What is pg_metadata for?", "Say what pg_metadata holds[.|]", "What can I read in pg_metadata?", "!Tell me what is in pg_metadata."], "pg_metadata holds the region and the times of an answer.", "region"),
    (["How do I turn on thinking?", "How do I enable thinking?", "Can the model think first?", "How do I get reasoning?", "Which field turns on thinking?", "How does thinking work?", "Say how to turn on thinking[.|]", "How do I make the model think?", "!How can I turn on thinking?"],
     "Set enable_thinking to true; the trace comes between think tags.", "enable_thinking"),
    (["Which roles are there?", "What roles can a message have?", "What are the roles of messages?", "Name the roles[ of messages|][.|]", "What roles are there[ for messages|]?", "Which role can a message have?", "List the roles[.|]", "Say which roles exist[.|]", "What are roles?", "Which values can the role of a message have?", "!Which roles can messages have?"], "The roles are system, user, assistant and tool.", "assistant"),
    (["How do I get JSON?", "How do I ask for JSON?", "How do I make the model answer with JSON?", "How does structured output work?", "Which field gives JSON?", "Can I get JSON?", "Say how to get JSON[.|]", "What do I set for structured output?", "!How can I get structured output?"],
     "Set response_format to a JSON schema.", "response_format"),
    (["How do I call tools?", "How do tools work?", "How does function calling work?", "How do I use tools?", "Which field holds the tools?", "Say how tools work[.|]", "How can the model call a function?", "How do I give the model tools?", "!How can I use tools?"],
     "Send the tools field; the model answers with tool_calls.", "tool_calls"),
    (["Where is the console?", "What is the address of the console?", "Which address has the console?", "[Say|Give me] the address of the console[.|]", "What is the console's address?", "How do I get to the console?", "!Tell me the address of the console."], "The console is at app.polargrid.ai.", "app.polargrid.ai"),
    (["Which Python package do I need?", "What is the Python package called?", "How do I install the Python SDK?", "Name the Python package[.|]", "What is the name of the [Python|Python SDK] package?", "Say what the Python package is called[.|]", "Which package do I install for Python?", "What do I install for Python?", "Is there a Python [SDK|package]?", "The Python package[?|]", "!Tell me the name of the Python package."],
     "The Python package is polargrid-sdk.", "polargrid-sdk"),
    (["Which JavaScript package do I need?", "What is the JavaScript package called?", "How do I install the JavaScript SDK?", "Name the JavaScript package[.|]", "What is the name of the JavaScript SDK?", "Say what the JavaScript package is called[.|]", "Which package do I install for JavaScript?", "What do I install for JavaScript?", "Is there a JavaScript [SDK|package]?", "The JavaScript package[?|]", "!Tell me the name of the JavaScript package."],
     "The JavaScript package is @polargrid/polargrid-sdk.", "@polargrid"),
    (["How often does the SDK retry?", "How many retries does the SDK make?", "What is max_retries?", "[Say|Tell me] how often the SDK retries[.|]", "How many times [is a request retried|will the SDK try again]?", "The number of retries[?|]", "How often does a client try again?", "What is the default of max_retries?", "How many tries [are made|does it make]?", "!How many times does the SDK retry?"], "The SDK tries again 3 times by default.", "3"),
    (["What is the timeout of the SDK?", "How long does the SDK wait?", "What is the default timeout?", "[Say|Name] the default timeout[.|]", "How long is the timeout?", "After how long does the SDK give up?", "!Tell me the default timeout."], "The default timeout is 30 seconds.", "30"),
    (["Which voices are there?", "What voices does Kokoro have?", "Name a voice[.|]", "Name [the|some] voices[.|]", "List the voices of Kokoro[.|]", "Which voices can I use?", "!Tell me which voices there are."], "Some voices are af_bella, am_adam, bf_emma and bm_george.", "af_bella"),
    (["Which audio formats are there?", "What formats can speech have?", "Which formats does speech have?", "Name the audio formats[.|]", "What formats [are there|can I get] for speech?", "Which formats does audio come in?", "!Tell me the audio formats of speech."], "Speech comes as pcm, wav, mp3 or opus.", "wav"),
    (["What is kokoro-82m?", "Which model speaks?", "What does kokoro-82m do?", "Say what kokoro-82m is[.|]", "What can kokoro-82m do?", "Explain kokoro-82m[.|]", "kokoro-82m[?|]", "!Tell me about kokoro-82m."], "kokoro-82m is a model that turns text into speech.", "speech"),
    (["What is whisper-large-v3-turbo?", "Which model transcribes?", "What does whisper-large-v3-turbo do?", "Say what whisper-large-v3-turbo is[.|]", "What can whisper-large-v3-turbo do?", "Explain whisper-large-v3-turbo[.|]", "whisper-large-v3-turbo[?|]", "!Tell me about whisper-large-v3-turbo."], "whisper-large-v3-turbo turns speech into text.", "text"),
    (["What is polar-tiny?", "Tell me about polar-tiny[.|]", "Which model comes with PolarGrid?", "What is the built-in model?", "Explain polar-tiny[.|]", "What kind of model is polar-tiny?", "Say what polar-tiny is[.|]", "What model is there without a download?", "!Can you explain polar-tiny?", "!Which model is built in?"],
     "polar-tiny is the small demonstration model that comes with PolarGrid.", "demonstration"),
    (["Does PolarGrid need a network?", "Does PolarGrid work offline?", "Can I use PolarGrid without a network?", "Does PolarGrid [run|start|answer] without a network?", "Is a network needed?", "Can it [work|be used] offline?", "[Must|Do] I have a network?", "What about PolarGrid offline?", "Is PolarGrid usable offline?", "Do I need the internet?", "!Can PolarGrid run offline?"], "No network is needed, since polar-tiny is built in.", "polar-tiny"),
    (["Does health need a key?", "Can I call /health without a key?", "Is /health open?", "Must I send a key to /health?", "Is a key needed for /health?", "Does GET /health want a key?", "Can everyone call /health?", "!Do I need a key for /health?"], "No, GET /health needs no key.", "no"),
    (["Who may load models?", "Can I load a model?", "Who can load and unload models?", "May I load a model?", "Who loads models?", "Am I allowed to [load|unload] a model?", "Say who may load models[.|]", "!Who is allowed to load models?"], "Only operators may load and unload models.", "operators"),
    (["What states can health have?", "What does health answer?", "Which status values does health have?", "Name the states of health[.|]", "What can the health be?", "Which answers does health give?", "!Tell me the status values of health."], "Health is healthy, degraded or unhealthy.", "degraded"),
    (["What is PersonaPlex?", "Explain PersonaPlex[.|]", "Tell me about PersonaPlex[.|]", "What does PersonaPlex do?", "Say what PersonaPlex is[.|]", "PersonaPlex[?|]", "What is PersonaPlex for?", "!Can you explain PersonaPlex?"], "PersonaPlex is real-time voice over a WebSocket.", "voice"),
    (["What are tokens?", "What is a token?", "Explain tokens[.|]", "What does token mean?", "Say what tokens are[.|]", "What is meant by a token?", "!Tell me what a token is."], "A token is a piece of text that the model reads or writes.", "piece"),
    (["Which file format do models have?", "What is GGUF?", "Explain GGUF[.|]", "Which models can PolarGrid load?", "Say what GGUF is[.|]", "What does GGUF mean?", "Which files can PolarGrid load?", "GGUF[?|]", "!Tell me what GGUF is."], "PolarGrid loads GGUF model files.", "GGUF"),
    (["Which library runs the model?", "What runs the models in PolarGrid?", "What is under PolarGrid?", "What [library|engine] runs the models?", "Which [library|engine] [is used|is inside|is under PolarGrid|does PolarGrid use]?", "What does PolarGrid use to run models?", "How does PolarGrid run models?", "With what are models run?", "Does PolarGrid use llama.cpp?", "!Which library does PolarGrid run on?"], "PolarGrid runs models with llama.cpp.", "llama.cpp"),
    (["Which language is PolarGrid written in?", "What is PolarGrid written in?", "In which language is PolarGrid written?", "[Say|Name] the language of PolarGrid's code[.|]", "What [programming language|language] is PolarGrid [made|built|coded|programmed] in?", "Which programming language does PolarGrid use?", "Is PolarGrid written in C#?", "[In what|With which language] was PolarGrid [built|made|written]?", "What is the code of PolarGrid written in?", "!Tell me what PolarGrid is written in."], "PolarGrid is written in C#.", "C#"),
    (["What happens with an unknown model?", "What if the model is unknown?", "What does PolarGrid answer for an unknown model?", "What does an unknown model give?", "What do I get for an unknown model?", "What comes back when the model is unknown?", "!Tell me what happens with an unknown model."],
     "An unknown model gives a 404 that lists the known ones.", "404"),
    (["How do I serve my own model?", "How do I use another model?", "How do I start the server with my model?", "How do I load my own model at the start?", "Can I [serve|run|use] my own model?", "Which option sets the model?", "!How can I serve my own model?"], "Start it with polargrid up --model NAME=PATH.", "--model"),
    (["How do I change the port?", "Which option sets the address?", "How do I set the address of the server?", "How do I set the port?", "Which option sets the port?", "How do I listen on another port?", "!How can I change the port?"], "Start it with polargrid up --urls and the address.", "--urls"),
    (["What is prefix reuse?", "What are cached tokens?", "Explain cached tokens[.|]", "What does cached tokens mean?", "Say what prefix reuse is[.|]", "Why are tokens cached?", "!Tell me what cached tokens are."], "Cached tokens are prompt tokens that were reused and not computed again.", "reused"),
    (["What is the context length?", "How long is your context?", "How many tokens is your context?", "How large is your context?", "What is the length of your context?", "How many tokens fit?", "!Tell me your context length."], "My context length is 2048 tokens.", "2048"),
]


def _region(ask):
    rng = ask.rng
    code = rng.choice(list(REGIONS))
    city, area = REGIONS[code]
    if rng.random() < 0.5:
        text = ask(["Where is {code}?", "Which city is {code}?", "What is {code}?", "Which region is {code}?", "Tell me about the region {code}[.|]", "Where is the region {code}?", "{code}?",
                    "In which city is {code}?", "Say where {code} is[.|]", "Which city has {code}?", "What city is {code} in?", "Where can I find {code}?", "{code} is where?", "Which place is {code}?", "!Tell me where {code} is.", "!Which city has the region {code}?"], code=code)
        return text, f"{code} is the region in {city}, {area}.", has(city)
    text = ask(["Which region is [in|for] {city}?", "What is the region [of|in|for] {city}?", "Region [id |]for {city}[?|]", "What is the [id|code] of the region in {city}?", "Which region do I use in {city}?",
                "Tell me the region [of|in] {city}[.|]", "[Say|Name] the region [of|in|for] {city}[.|]", "Which region [id |code |]is [used |]for {city}?", "What region [is in|has] {city}?", "{city}'s region[?|]", "Which region id is [in|for] {city}?", "What is {city}'s region id?", "The region [in|of] {city}[?|]", "!Please name the region in {city}.", "!Which region id does {city} have?"], city=city)
    return text, f"The region in {city} is {code}.", has(code)


def _path(ask):
    goal = ask.rng.choice(list(PATHS))
    text = ask(["Which path is for {goal}?", "What is the path for {goal}?", "Which endpoint is for {goal}?", "What is the endpoint for {goal}?", "endpoint for {goal}[?|]", "path for {goal}[?|]",
                "Tell me the [path|endpoint] for {goal}[.|]", "Which route do I call for {goal}?", "Which endpoint do I call for {goal}?",
                "Name the [path|endpoint] for {goal}[.|]", "Say the [path|endpoint] for {goal}[.|]", "What do I call for {goal}?", "Where is {goal}?", "!Please name the endpoint for {goal}.", "!Which path do I need for {goal}?"], goal=goal)
    return text, f"Use {PATHS[goal]} for {goal}.", has(PATHS[goal])


def _error(ask):
    code = ask.rng.choice(list(ERRORS))
    text = ask(["What does [error|status|code] {code} mean?", "What is [error|status] {code}?", "Why do I get [a |]{code}?", "I get [error|status] {code}[.|]", "Explain [error|status] {code}[.|]",
                "error {code}[?|]", "What does {code} mean?", "What is the meaning of [status |error |]{code}?", "Say what {code} means[.|]", "The server [says|answers|sent] {code}[.|]", "Why [is there|does it say|was there] [a |status |error |]{code}?", "!Tell me what status {code} means.", "!Why did I get error {code}?"], code=code)
    return text, f"Status {code} means that {ERRORS[code]}.", has(ERRORS[code])


def _setting(ask):
    field = ask.rng.choice(list(SETTINGS))
    meaning, must = SETTINGS[field]
    text = ask(["What is {f}?", "What does {f} [mean|do|set]?", "Explain {f}[.|]", "What does the [field|parameter|setting] {f} [mean|do|set]?", "Tell me about {f}[.|]", "What is the [field|parameter] {f}?",
                "Say what {f} [does|means][.|]", "What is the meaning of {f}?", "What is {f} for?", "What can I set with {f}?", "How does {f} work?", "{f}[?|]", "Why would I set {f}?", "!Tell me what {f} does.", "!Can you explain the parameter {f}?"], f=field)
    return text, f"{field} is {meaning}.", has(must)


def _command(ask):
    goal = ask.rng.choice(list(COMMANDS))
    text = ask(["How do I {goal}?", "Which command do I use to {goal}?", "What is the command to {goal}?", "command to {goal}[?|]", "Tell me the command to {goal}[.|]", "How can I {goal}?",
                "Which command lets me {goal}?", "[Say|Name|Give me] the command to {goal}[.|]", "I want to {goal}[.|]", "What command do I need to {goal}?", "!Please name the command to {goal}.", "!What do I type to {goal}?"], goal=goal)
    return text, f"Run {COMMANDS[goal]} to {goal}.", has(COMMANDS[goal])


def _plain(ask):
    templates, answer, must = ask.rng.choice(PLAIN)
    return ask(templates), answer, has(must)


def polargrid(ask):
    return ask.rng.choice([_region, _path, _error, _setting, _command, _plain, _plain, _plain])(ask)
