// Runs OpenAI's own JavaScript client against the server's voices and prints what it saw as one line of JSON.
import OpenAI, { BadRequestError, NotFoundError } from "openai";
import { apiKey, report, url } from "./shared.mjs";

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const input = "The quick brown fox jumped over the lazy dog.";
const formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

await report({
  formats: async () => Object.fromEntries(await Promise.all(formats.map(async (format) => [format, await speak({ response_format: format })]))),
  plain: () => speak({}),
  fast: () => speak({ speed: 2 }),
  chunks,
  events,
  leave,
  unknownVoice: () => failure(BadRequestError, { voice: "zoe" }),
  unknownModel: () => failure(NotFoundError, { model: "tts-17" }),
  tooLong: () => failure(BadRequestError, { input: "a".repeat(4097) }),
});

async function speak(more) {
  const response = await client.audio.speech.create({ model: "tts-1", voice: "alloy", input, ...more }).catch((error) => ({ error }));
  if (response.error) return { status: response.error.status, param: response.error.param };
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get("content-type"), voice: response.headers.get("x-polargrid-voice"), audio: bytes.toString("base64") };
}

// The answer is a stream to whoever reads it as one.
async function chunks() {
  const response = await client.audio.speech.create({ model: "tts-1", voice: "alloy", input: `${input} `.repeat(40), response_format: "pcm" });
  let pieces = 0;
  let bytes = 0;
  for await (const piece of response.body) {
    pieces++;
    bytes += piece.length;
  }
  return { pieces, bytes };
}

async function events() {
  const response = await client.audio.speech.create({ model: "tts-1", voice: "alloy", input, response_format: "wav", stream_format: "sse" });
  const seen = (await response.text()).trimEnd().split("\n\n").map((event) => JSON.parse(event.slice("data: ".length)));
  const audio = Buffer.concat(seen.filter((event) => event.type === "speech.audio.delta").map((event) => Buffer.from(event.audio, "base64")));
  return { last: seen.at(-1), types: [...new Set(seen.map((event) => event.type))], audio: audio.toString("base64") };
}

async function leave() {
  const leaving = new AbortController();
  const response = await client.audio.speech.create(
    { model: "tts-1", voice: "alloy", input: `${input} `.repeat(80), response_format: "pcm" }, { signal: leaving.signal });
  let thrown = null;
  try {
    for await (const piece of response.body) {
      if (piece.length > 0) leaving.abort();
    }
  } catch (error) {
    thrown = error.name;
  }
  return { aborted: leaving.signal.aborted, thrown };
}

async function failure(expected, more) {
  try {
    await client.audio.speech.create({ model: "tts-1", voice: "alloy", input, ...more });
    return { thrown: null };
  } catch (error) {
    return { thrown: error instanceof expected ? expected.name : String(error), status: error.status, code: error.code, param: error.param, message: error.message };
  }
}
