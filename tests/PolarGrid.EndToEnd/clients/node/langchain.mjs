// Runs LangChain's OpenAI classes against the server at POLARGRID_URL and prints what they saw as one line of JSON.
import { ChatOpenAI, OpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { apiKey, busyUrl, isWeather, limitedUrl, messages, model, question, report, url, weatherSchema, wrongKey } from "./shared.mjs";

const settings = { model, apiKey, temperature: 0, maxTokens: 24, maxRetries: 0, configuration: { baseURL: `${url}/v1` } };
const text = messages[0].content;

await report({ chat, chatStream, completion, leave, tools, typed, logprobs, embeddings, wrongKey: wrongKeyStep, hot, retried, limited, limitedRetried });

async function chat() {
  const answer = await new ChatOpenAI(settings).invoke(text);
  return { text: answer.content, finish: answer.response_metadata.finish_reason, usage: answer.usage_metadata };
}

async function chatStream() {
  let whole;
  let pieces = 0;
  for await (const chunk of await new ChatOpenAI(settings).stream(text)) {
    if (chunk.content) pieces++;
    whole = whole ? whole.concat(chunk) : chunk;
  }
  return { text: whole.content, pieces, usage: whole.usage_metadata };
}

async function completion() {
  return { text: await new OpenAI(settings).invoke("Once upon a time") };
}

async function leave() {
  const leaving = new AbortController();
  let pieces = 0;
  let thrown = null;
  try {
    for await (const chunk of await new ChatOpenAI({ ...settings, maxTokens: 400 }).stream(text, { signal: leaving.signal })) {
      if (chunk.content && ++pieces === 2) leaving.abort();
    }
  } catch (error) {
    thrown = error.name;
  }
  return { pieces, thrown };
}

async function tools() {
  const weather = tool(async () => "clear", { name: "weather", description: "Tells the weather.", schema: weatherSchema });
  const chatModel = new ChatOpenAI({ ...settings, maxTokens: 200 });
  const asked = new HumanMessage(question);
  const first = await chatModel.bindTools([weather], { tool_choice: "required" }).invoke([asked]);
  const call = first.tool_calls[0];
  const second = await chatModel.invoke([asked, first, new ToolMessage({ content: "clear", tool_call_id: call.id })]);
  return { name: call.name, fits: isWeather(call.args), calls: first.tool_calls.length, answer: second.content };
}

async function typed() {
  const seen = await new ChatOpenAI({ ...settings, maxTokens: 200 }).withStructuredOutput(weatherSchema, { name: "weather", method: "jsonSchema", strict: true }).invoke(question);
  return { fits: isWeather(seen) };
}

async function logprobs() {
  const answer = await new ChatOpenAI({ ...settings, logprobs: true, topLogprobs: 2 }).invoke(text);
  const entries = answer.response_metadata.logprobs.content;
  return { text: answer.content, joined: entries.map((entry) => entry.token).join(""), tops: entries.every((entry) => entry.top_logprobs.length === 2) };
}

async function embeddings() {
  const [one, other] = await new OpenAIEmbeddings({ ...settings }).embedDocuments(["a dog", "the sea"]);
  return { length: Math.hypot(...one), dot: one.reduce((sum, value, at) => sum + value * other[at], 0) };
}

async function failure(call) {
  try {
    await call();
    return { thrown: null };
  } catch (error) {
    return { thrown: error.constructor.name, status: error.status, code: error.code, message: error.message, kind: error.lc_error_code };
  }
}

function wrongKeyStep() {
  return failure(() => new ChatOpenAI({ ...settings, apiKey: wrongKey }).invoke(text));
}

function hot() {
  return failure(() => new ChatOpenAI({ ...settings, temperature: 9 }).invoke(text));
}

async function retried() {
  const answer = await new ChatOpenAI({ ...settings, model: "busy", maxRetries: 2, configuration: { baseURL: `${busyUrl}/v1` } }).invoke(text);
  return { text: answer.content };
}

// The limited server takes one request a minute; its clock goes on with each refusal.
function askLimited(maxRetries) {
  return new ChatOpenAI({ ...settings, model: "limited", maxRetries, configuration: { baseURL: `${limitedUrl}/v1` } }).invoke(text);
}

async function limited() {
  await askLimited(0);
  return failure(() => askLimited(0));
}

async function limitedRetried() {
  await askLimited(0);
  const started = Date.now();
  const answer = await askLimited(2);
  return { text: answer.content, waitedMs: Date.now() - started };
}
