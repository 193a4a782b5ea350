// Has OpenAI's own JavaScript client send recordings to the server and prints what it saw as one line of JSON.
import OpenAI, { BadRequestError, toFile } from "openai";
import { apiKey, report, url } from "./shared.mjs";

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const spoken = await client.audio.speech.create({ model: "tts-1", voice: "alloy", input: "The quick brown fox jumped over the lazy dog." });
const bytes = Buffer.from(await spoken.arrayBuffer());
const formats = ["json", "text", "srt", "vtt", "verbose_json"];

await report({
  formats: async () => {
    const seen = {};
    for (const format of formats) seen[format] = await transcribe({ response_format: format });
    return seen;
  },
  words: () => transcribe({ response_format: "verbose_json", timestamp_granularities: ["word", "segment"] }),
  chunking: () => transcribe({ chunking_strategy: { type: "server_vad", silence_duration_ms: 300 } }),
  stream,
  translation: () => failure(async () => client.audio.translations.create({ file: await file(), model: "whisper-1" })),
  language: () => failure(() => transcribe({ language: "xx" })),
  unreadable: () => failure(async () => client.audio.transcriptions.create({ file: await toFile(Buffer.from("no audio"), "a.mp3"), model: "whisper-1" })),
});

async function file() {
  return toFile(bytes, "speech.mp3");
}

async function transcribe(more) {
  return client.audio.transcriptions.create({ file: await file(), model: "whisper-1", ...more });
}

async function stream() {
  let text = "";
  let done;
  let deltas = 0;
  for await (const event of await transcribe({ stream: true })) {
    if (event.type === "transcript.text.delta") {
      text += event.delta;
      deltas++;
    }
    if (event.type === "transcript.text.done") done = event;
  }
  return { text, deltas, done };
}

async function failure(call) {
  try {
    await call();
    return { thrown: null };
  } catch (error) {
    return { thrown: error instanceof BadRequestError ? "BadRequestError" : String(error), status: error.status, code: error.code, param: error.param };
  }
}
