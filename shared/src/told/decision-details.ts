import type { EventBody } from "../contracts/event.ts";

type Decided = EventBody<"lane-decided">;

/** What a decision rests on, in the words that follow its sentence; empty when nothing is known. */
export function decisionDetails({
  actor,
  confidence,
  inputs = {},
  latency_ms: latency,
  rules,
}: Decided): string[] {
  const by = actor.kind === "plate-rule" && actor.id !== undefined ? ` by ${actor.id}` : "";
  return [
    ...(confidence === null ? [] : [`read with ${Math.round(confidence * 100)} %${by}`]),
    ...Object.entries(inputs).flatMap(([name, value]) => inputText(name, value)),
    ...(rules.length === 0 ? [] : [`rules: ${rules.join(" > ")}`]),
    ...(latency === undefined ? [] : [`decided in ${latency} ms`]),
  ];
}

/** What is not so, or is not known, needs no words. */
function inputText(name: string, value: string | number | boolean | null): string[] {
  const words = name.replaceAll("_", " ");
  if (value === null || value === false) return [];
  return [value === true ? words : `${words} ${value}`];
}
