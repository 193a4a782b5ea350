// Reads one JSON case per line, {"template", "variables"}, and answers each with one line: {"text"} or {"error"}.
import { createInterface } from "node:readline";
import { Template } from "@huggingface/jinja";

// Templates that print the date get the one that the C# side's clock shows.
process.env.TZ = "UTC";
const SystemDate = Date;
globalThis.Date = class extends SystemDate {
  constructor(...args) {
    super(...(args.length > 0 ? args : ["2024-07-26T00:00:00Z"]));
  }
};

const templates = new Map();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer;
  try {
    const { template, variables } = JSON.parse(line);
    if (!templates.has(template)) templates.set(template, new Template(template));
    answer = { text: templates.get(template).render(variables) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
