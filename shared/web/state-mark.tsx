/** A state's tone; its shape goes with it, so that nobody needs the colour. */
export type Tone = "ok" | "warn" | "bad" | "unknown" | "calm";

const shapes: Readonly<Record<Tone, string>> = {
  ok: "●",
  warn: "▲",
  bad: "■",
  unknown: "○",
  calm: "●",
};

/** ● good, ▲ attention, ■ fault, ○ unknown. The word stands beside it. */
export function StateMark({ tone }: { readonly tone: Tone }) {
  return (
    <span class={`mark tone-${tone}`} aria-hidden="true">
      {shapes[tone]}
    </span>
  );
}
