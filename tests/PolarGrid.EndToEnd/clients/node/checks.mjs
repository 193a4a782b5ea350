// Runs OpenAI's own JavaScript client against the server at POLARGRID_URL and prints what it saw as one line of JSON.
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from "openai";

const { POLARGRID_URL: url, POLARGRID_API_KEY: apiKey, POLARGRID_MODEL: model } = process.env;
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const messages = [{ role: "user", content: "Tell me about a dog." }];
const greedy = { model, temperature: 0, max_tokens: 24 };

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
  leave,
  models: async () => (await client.models.list()).data.map((listed) => listed.id),
  modelShown: async () => (await client.models.retrieve(model)).id,
};

const seen = {};
for (const [name, step] of Object.entries(steps)) {
  console.error(name);
  seen[name] = await step();
}
console.log(JSON.stringify(seen));

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
    return { thrown: error instanceof expected ? expected.name : String(error), status: error.status, code: error.code, param: error.param, message: error.message };
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
