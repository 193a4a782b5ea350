// Reads one JSON case per line, {"template", "variables"}, and answers each with one line: {"text"} or {"error"}.
import { createInterface } from "node:readline";
import { Template } from "@huggingface/jinja";

const dates = { "%Y-%m-%d": "2024-07-26", "%d %b %Y": "26 Jul 2024", "%B %d, %Y": "July 26, 2024" };
const strftime_now = (format) => {
  if (!(format in dates)) throw new Error(`no fixed date for ${format}`);
  return dates[format];
};

const templates = new Map();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer;
  try {
    const { template, variables } = JSON.parse(line);
    if (!templates.has(template)) templates.set(template, new Template(template));
    answer = { text: templates.get(template).render({ strftime_now, ...variables }) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
