import type { SignView } from "@gatehouse/shared/contracts/sign-config";
import { Arrow } from "./arrow.tsx";
import { age, isMissing, silence, view } from "./listening.ts";
import { words } from "./words.ts";

/** A state's shape, which goes with its colour; a calm number needs none. */
const shapes: Readonly<Record<SignView["tone"], string>> = {
  neutral: "",
  go: "●",
  stop: "■",
  attention: "▲",
};

/** The whole display: where it stands, the way, and the number or the words, as large as the screen allows. */
export function SignPage() {
  const shown = view.value;
  if (shown === undefined) {
    return (
      <main class="sign tone-neutral">
        <p class="sign-words">{isMissing.value ? words.missing : words.loading}</p>
      </main>
    );
  }
  const { title, arrow } = shown;
  return (
    <main class={`sign tone-${shown.tone} is-${age.value}`}>
      <h1>{title}</h1>
      <div class="sign-middle">
        {arrow === null ? null : <Arrow way={arrow} />}
        {age.value === "wrong" ? <p class="sign-number digits-1">–</p> : <Message shown={shown} />}
      </div>
      <output class="sign-age">{age.value === "live" ? "" : words.old(silence.value)}</output>
    </main>
  );
}

function Message({ shown: { lines, free, tone } }: { readonly shown: SignView }) {
  const shape = shapes[tone];
  const isNumber = free !== null && lines.length === 0;
  if (isNumber) {
    const number = String(free);
    return (
      <p class={`sign-number digits-${Math.min(5, number.length)}`}>
        {number} <span class="sign-unit">{words.free}</span>
      </p>
    );
  }
  const longest = Math.max(0, ...lines.map((line) => line.length));
  return (
    <div class={`sign-words ${longest > 8 ? "is-long" : "is-short"}`}>
      {lines.map((line, index) => (
        <p key={line}>
          {index === 0 && shape !== "" ? <span aria-hidden="true">{shape} </span> : null}
          {line}
        </p>
      ))}
    </div>
  );
}
