// Runs Vercel's AI SDK against the server at POLARGRID_URL and prints what it saw as one line of JSON.
import { APICallError, RetryError, embed, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { apiKey, busyUrl, isWeather, limitedUrl, messages, model, question, report, url, weatherSchema, wrongKey } from "./shared.mjs";

const settings = { name: "polargrid", apiKey, includeUsage: true, supportsStructuredOutputs: true };
const provider = createOpenAICompatible({ ...settings, baseURL: `${url}/v1` });
const greedy = { model: provider(model), temperature: 0, maxOutputTokens: 24, maxRetries: 0 };

await report({ chat, chatStream, leave, tools, typed, embedding, wrongKey: wrongKeyStep, hot, retried, limited, limitedRetried });

async function chat() {
  const answer = await generateText({ ...greedy, messages });
  return { text: answer.text, finish: answer.finishReason, usage: answer.usage };
}

async function chatStream() {
  const stream = streamText({ ...greedy, messages });
  const pieces = [];
  for await (const piece of stream.textStream) pieces.push(piece);
  return { text: pieces.join(""), pieces: pieces.length, finish: await stream.finishReason, usage: await stream.usage };
}

async function leave() {
  const leaving = new AbortController();
  const stream = streamText({ ...greedy, maxOutputTokens: 400, messages, abortSignal: leaving.signal, onError: () => {} });
  let pieces = 0;
  let thrown = null;
  try {
    for await (const _ of stream.textStream) if (++pieces === 2) leaving.abort();
  } catch (error) {
    thrown = error.name;
  }
  return { pieces, thrown };
}

async function tools() {
  let asked = null;
  const weather = tool({
    description: "Tells the weather.", inputSchema: jsonSchema(weatherSchema),
    execute: async (input) => { asked = input; return { sky: "clear" }; },
  });
  const answer = await generateText({
    ...greedy, maxOutputTokens: 200, messages: [{ role: "user", content: question }], tools: { weather }, stopWhen: stepCountIs(2),
    prepareStep: ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? "required" : "none" }),
  });
  return { fits: isWeather(asked), steps: answer.steps.length, first: answer.steps[0].finishReason, last: answer.finishReason };
}

async function typed() {
  const answer = await generateObject({
    ...greedy, maxOutputTokens: 200, schema: jsonSchema(weatherSchema), schemaName: "weather", messages: [{ role: "user", content: question }],
  });
  return { fits: isWeather(answer.object), finish: answer.finishReason };
}

async function embedding() {
  const found = await embed({ model: provider.textEmbeddingModel(model), value: "a dog", maxRetries: 0 });
  return { length: Math.hypot(...found.embedding), tokens: found.usage.tokens };
}

async function failure(call) {
  try {
    await call();
    return { thrown: null };
  } catch (error) {
    const last = RetryError.isInstance(error) ? error.lastError : error;
    return { thrown: APICallError.isInstance(last) ? "APICallError" : String(last), status: last.statusCode, message: last.message, retryable: last.isRetryable };
  }
}

function wrongKeyStep() {
  const stranger = createOpenAICompatible({ ...settings, apiKey: wrongKey, baseURL: `${url}/v1` });
  return failure(() => generateText({ ...greedy, model: stranger(model), messages }));
}

function hot() {
  return failure(() => generateText({ ...greedy, temperature: 9, messages }));
}

async function retried() {
  const busy = createOpenAICompatible({ ...settings, baseURL: `${busyUrl}/v1` });
  const answer = await generateText({ model: busy("busy"), messages, maxRetries: 2 });
  return { text: answer.text };
}

// The limited server takes one request a minute; its clock goes on with each refusal.
function askLimited(maxRetries) {
  return generateText({ model: createOpenAICompatible({ ...settings, baseURL: `${limitedUrl}/v1` })("limited"), messages, maxRetries });
}

async function limited() {
  await askLimited(0);
  return failure(() => askLimited(0));
}

async function limitedRetried() {
  await askLimited(0);
  const started = Date.now();
  const answer = await askLimited(2);
  return { text: answer.text, waitedMs: Date.now() - started };
}
