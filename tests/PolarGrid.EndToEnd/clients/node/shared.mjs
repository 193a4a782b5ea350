// What the scripts for the different clients have in common.
export const { POLARGRID_URL: url, POLARGRID_API_KEY: apiKey, POLARGRID_MODEL: model, POLARGRID_BUSY_URL: busyUrl, POLARGRID_LIMITED_URL: limitedUrl } = process.env;
export const wrongKey = "pg_this-is-not-the-key-of-anyone";
export const messages = [{ role: "user", content: "Tell me about a dog." }];
export const question = "What is the weather in Oslo?";

// Small enough that even a tiny model ends it within its tokens: nothing in it is free text.
export const weatherSchema = {
  type: "object",
  properties: { city: { type: "string", enum: ["Oslo", "Rome"] }, days: { type: "integer", minimum: 1, maximum: 7 }, rain: { type: "boolean" } },
  required: ["city", "days", "rain"],
  additionalProperties: false,
};

// Runs every step and prints what they saw as one line of JSON; the step's name goes to the error stream, for the case that one hangs.
export async function report(steps) {
  const seen = {};
  for (const [name, step] of Object.entries(steps)) {
    console.error(name);
    seen[name] = await step();
  }
  console.log(JSON.stringify(seen));
}

export function isWeather(value) {
  return ["Oslo", "Rome"].includes(value?.city) && Number.isInteger(value.days) && value.days >= 1 && value.days <= 7
    && typeof value.rain === "boolean" && Object.keys(value).length === 3;
}
