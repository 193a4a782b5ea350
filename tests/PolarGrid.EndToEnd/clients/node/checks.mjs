// Runs OpenAI's own JavaScript client against the server at POLARGRID_URL and prints what it saw as one line of JSON.
import OpenAI, { APIUserAbortError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError, RateLimitError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import { apiKey, busyUrl, isWeather, limitedUrl, messages, model, question, report, url, weatherSchema } from "./shared.mjs";

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const weatherTool = { type: "function", function: { name: "weather", description: "Tells the weather.", parameters: weatherSchema, strict: true } };
const greedy = { model, temperature: 0, max_tokens: 24 };

const tools = [
  {
    type: "function",
    function: {
      name: "book_room",
      parameters: {
        type: "object",
        properties: { nights: { type: "integer", minimum: 1, maximum: 9 }, view: { enum: ["sea", "hill"] } },
        required: ["nights", "view"],
      },
    },
  },
];
const withTools = () => ({ ...greedy, max_tokens: 120, tools, tool_choice: { type: "function", function: { name: "book_room" } } });

const steps = {
  chat,
  chatStream,
  completion,
  completionStream,
  wrongKey: () => failure(AuthenticationError, () => client.withOptions({ apiKey: "pg_this-is-not-the-key-of-anyone" }).models.list()),
  wrongModel: () => failure(NotFoundError, () => client.chat.completions.create({ ...greedy, model: "gpt-17", messages })),
  hot: () => failure(BadRequestError, () => client.chat.completions.create({ ...greedy, messages, temperature: 9 })),
  tooLong: () =>
    failure(BadRequestError, () =>
      client.chat.completions.create({ ...greedy, messages: [{ role: "user", content: "once upon a time ".repeat(8192) }] })),
  toolCall,
  toolAnswer,
  toolStream,
  leave,
  abort,
  abortWhole,
  logprobs,
  logprobsStream,
  completionLogprobs,
  required,
  requiredStream,
  typed,
  embeddings,
  retried,
  notRetried,
  limited,
  limitedRetried,
  limitedStream,
  models: async () => (await client.models.list()).data.map((listed) => listed.id),
  modelShown: async () => (await client.models.retrieve(model)).id,
};

await report(steps);

async function chat() {
  const answer = await client.chat.completions.create({ ...greedy, messages });
  return { text: answer.choices[0].message.content, finish: answer.choices[0].finish_reason, usage: answer.usage };
}

async function chatStream() {
  const stream = await client.chat.completions.create({ ...greedy, messages, stream: true, stream_options: { include_usage: true } });
  return gather(stream, (choice) => choice.delta.content);
}

async function completion() {
  const answer = await client.completions.create({ ...greedy, prompt: "Once upon a time" });
  return { text: answer.choices[0].text, finish: answer.choices[0].finish_reason, usage: answer.usage };
}

async function completionStream() {
  const stream = await client.completions.create({
    ...greedy, prompt: "Once upon a time", stream: true, stream_options: { include_usage: true },
  });
  return gather(stream, (choice) => choice.text);
}

async function toolCall() {
  const { message, finish_reason: finish } = (await client.chat.completions.create({ ...withTools(), messages })).choices[0];
  return { message, finish };
}

async function toolAnswer() {
  const { message } = (await client.chat.completions.create({ ...withTools(), messages })).choices[0];
  const results = message.tool_calls.map((call) => ({ role: "tool", tool_call_id: call.id, content: "booked" }));
  const answer = await client.chat.completions.create({
    ...withTools(), tool_choice: "none", messages: [...messages, message, ...results],
  });
  return { finish: answer.choices[0].finish_reason, calls: answer.choices[0].message.tool_calls?.length ?? 0 };
}

/** The package's own helper joins the pieces. */
async function toolStream() {
  const runner = client.chat.completions.stream({ ...withTools(), messages });
  const { message, finish_reason: finish } = (await runner.finalChatCompletion()).choices[0];
  return { message, finish };
}

async function gather(stream, textOf) {
  const pieces = [];
  let finish = null;
  let usage = null;
  for await (const chunk of stream) {
    for (const choice of chunk.choices) {
      if (textOf(choice)) pieces.push(textOf(choice));
      finish = choice.finish_reason ?? finish;
    }
    usage = chunk.usage ?? usage;
  }
  return { text: pieces.join(""), pieces: pieces.length, finish, usage };
}

async function failure(expected, call) {
  try {
    await call();
    return { thrown: null };
  } catch (error) {
    return { thrown: error instanceof expected ? expected.name : String(error), status: error.status, code: error.code, param: error.param, message: error.message, retryAfter: error.headers?.get("retry-after") };
  }
}

// Leaving the loop aborts the request.
async function leave() {
  const stream = await client.chat.completions.create({ ...greedy, max_tokens: 400, messages, stream: true });
  let pieces = 0;
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta.content && ++pieces === 2) break;
  }
  return { pieces, aborted: stream.controller.signal.aborted };
}

// Aborting from inside the loop, as a stop button does: the loop ends and the program goes on. The answer must be a long one: where all
// of it has arrived but is not read yet, Node 20's fetch never settles the next read after an abort, whoever the server is, and a script
// that awaits it ends with exit code 13.
async function abort() {
  const stream = await client.chat.completions.create({ ...greedy, max_tokens: 1000, ignore_eos: true, messages, stream: true });
  let pieces = 0;
  let thrown = null;
  try {
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content && ++pieces === 2) stream.controller.abort();
    }
  } catch (error) {
    thrown = error.name;
  }
  return { pieces, thrown, aborted: stream.controller.signal.aborted };
}

async function abortWhole() {
  const leaving = new AbortController();
  const answer = client.chat.completions.create({ ...greedy, max_tokens: 1500, messages: [{ role: "user", content: "Tell me a long story. ".repeat(20) }] }, { signal: leaving.signal });
  leaving.abort();
  return failure(APIUserAbortError, () => answer);
}

async function logprobs() {
  const answer = await client.chat.completions.create({ ...greedy, messages, logprobs: true, top_logprobs: 3 });
  return summary(answer.choices[0].message.content, answer.choices[0].logprobs.content);
}

async function logprobsStream() {
  const stream = await client.chat.completions.create({ ...greedy, messages, logprobs: true, top_logprobs: 3, stream: true });
  const entries = [];
  let text = "";
  let matching = true;
  for await (const chunk of stream) {
    const choice = chunk.choices[0];
    const own = choice?.logprobs?.content ?? [];
    matching &&= own.map((entry) => entry.token).join("") === (choice?.delta.content ?? "");
    text += choice?.delta.content ?? "";
    entries.push(...own);
  }
  return { ...summary(text, entries), matching };
}

function summary(text, entries) {
  return {
    text,
    joined: entries.map((entry) => Buffer.from(entry.bytes ?? [])).reduce((all, part) => Buffer.concat([all, part]), Buffer.alloc(0)).toString(),
    numbers: entries.map((entry) => entry.logprob),
    likeliestFirst: entries.every((entry) => entry.top_logprobs.length === 3 && entry.top_logprobs[0].logprob >= entry.top_logprobs[2].logprob),
    greedyIsLikeliest: entries.every((entry) => entry.top_logprobs[0].token === entry.token),
  };
}

async function completionLogprobs() {
  const answer = await client.completions.create({ ...greedy, prompt: "Once upon a time", logprobs: 2, echo: true, max_tokens: 5 });
  const { text, logprobs: found } = answer.choices[0];
  return {
    text,
    first: found.token_logprobs[0],
    lengths: [found.tokens.length, found.token_logprobs.length, found.top_logprobs.length, found.text_offset.length],
    offsetsFit: found.tokens.every((token, at) => token.startsWith("<") || text.startsWith(token, found.text_offset[at])),
    usage: answer.usage,
  };
}

async function required() {
  const asked = [{ role: "user", content: question }];
  const first = await client.chat.completions.create({ ...greedy, max_tokens: 200, messages: asked, tools: [weatherTool], tool_choice: "required", parallel_tool_calls: false });
  const { message, finish_reason } = first.choices[0];
  const call = message.tool_calls[0];
  const second = await client.chat.completions.create({
    ...greedy, messages: [...asked, message, { role: "tool", tool_call_id: call.id, content: "{\"sky\":\"clear\"}" }], tools: [weatherTool], tool_choice: "none",
  });
  return {
    finish: finish_reason, calls: message.tool_calls.length, name: call.function.name, fits: isWeather(JSON.parse(call.function.arguments)),
    answer: second.choices[0].message.content, end: second.choices[0].finish_reason,
  };
}

async function requiredStream() {
  const runner = client.chat.completions.stream({
    ...greedy, max_tokens: 200, messages: [{ role: "user", content: question }], tools: [weatherTool], tool_choice: { type: "function", function: { name: "weather" } },
  });
  const final = await runner.finalChatCompletion();
  const call = final.choices[0].message.tool_calls[0];
  return { finish: final.choices[0].finish_reason, name: call.function.name, hasId: call.id.length > 5, fits: isWeather(call.function.parsed_arguments ?? JSON.parse(call.function.arguments)) };
}

async function typed() {
  const weather = z.object({ city: z.enum(["Oslo", "Rome"]), days: z.number().int().min(1).max(7), rain: z.boolean() });
  const answer = await client.chat.completions.parse({
    ...greedy, max_tokens: 200, messages: [{ role: "user", content: question }], response_format: zodResponseFormat(weather, "weather"),
  });
  return { fits: isWeather(answer.choices[0].message.parsed), finish: answer.choices[0].finish_reason };
}

// Without encoding_format the client asks for base64 and decodes it.
async function embeddings() {
  const decoded = await client.embeddings.create({ model, input: ["a dog", "a dog", "the sea"] });
  const numbers = await client.embeddings.create({ model, input: "a dog", encoding_format: "float" });
  const dot = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);
  const [first, same, other] = decoded.data.map((item) => item.embedding);
  return { same: dot(first, same), other: dot(first, other), float: dot(first, numbers.data[0].embedding), tokens: decoded.usage.total_tokens };
}

// The busy server refuses its first two requests with 503 and Retry-After: 1.
async function retried() {
  const busy = new OpenAI({ baseURL: `${busyUrl}/v1`, apiKey, maxRetries: 2 });
  const started = Date.now();
  const answer = await busy.chat.completions.create({ model: "busy", messages });
  return { text: answer.choices[0].message.content, waitedMs: Date.now() - started };
}

async function notRetried() {
  const busy = new OpenAI({ baseURL: `${busyUrl}/v1`, apiKey, maxRetries: 0 });
  return failure(InternalServerError, () => busy.chat.completions.create({ model: "always-busy", messages }));
}

// The limited server takes one request a minute; its clock goes on with each refusal.
function askLimited(maxRetries, more = {}) {
  return new OpenAI({ baseURL: `${limitedUrl}/v1`, apiKey, maxRetries }).chat.completions.create({ model: "limited", messages, ...more });
}

async function limited() {
  const { response } = await askLimited(0).withResponse();
  const standing = ["limit", "remaining", "reset"].map((part) => response.headers.get(`x-ratelimit-${part}-requests`));
  return { ...(await failure(RateLimitError, () => askLimited(0))), standing };
}

async function limitedRetried() {
  await askLimited(0);
  const started = Date.now();
  const answer = await askLimited(2);
  return { text: answer.choices[0].message.content, waitedMs: Date.now() - started };
}

async function limitedStream() {
  await failure(RateLimitError, () => askLimited(0));
  await askLimited(0);
  return gather(await askLimited(2, { stream: true }), (choice) => choice.delta.content);
}
