// sherpa-onnx's own Node binding as a program: loads a model once, then answers each line of its input with a line.
//
//   node peer.mjs voice FOLDER THREADS        {"text": "…"}    → {"ms": 12.3, "seconds": 1.5}
//   node peer.mjs recogniser FOLDER THREADS   {"file": "a.wav"} → {"ms": 12.3, "text": "…"}
//
// Times are taken here, around the binding's calls: pipes and JSON are no part of them. A wave file is read within its time.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const sherpa = createRequire(import.meta.url)('sherpa-onnx-node');
const [kind, folder, threads] = process.argv.slice(2);
const [model, tokens] = ['model.onnx', 'tokens.txt'].map(name => join(folder, name));
const running = { numThreads: Number(threads), provider: 'cpu', debug: 0 };

const speaker = () => {
  const tts = new sherpa.OfflineTts({ model: { vits: { model, tokens }, ...running }, maxNumSentences: 1 });
  return ({ text }) => {
    const audio = tts.generate({ text, sid: 0, speed: 1 });
    return { seconds: audio.samples.length / audio.sampleRate };
  };
};

const listener = () => {
  const recogniser = new sherpa.OfflineRecognizer({
    featConfig: { sampleRate: 16000, featureDim: 80 },
    modelConfig: { nemoCtc: { model }, tokens, ...running },
  });
  return ({ file }) => {
    const wave = sherpa.readWave(file);
    const stream = recogniser.createStream();
    stream.acceptWaveform(wave);
    recogniser.decode(stream);
    return { text: recogniser.getResult(stream).text };
  };
};

const answer = kind === 'voice' ? speaker() : listener();
console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const started = process.hrtime.bigint();
  const answered = answer(asked);
  console.log(JSON.stringify({ ms: Number(process.hrtime.bigint() - started) / 1e6, ...answered }));
}
