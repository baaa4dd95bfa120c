import type { Told } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { words } from "./words.ts";

/** Why it did not go on, and what the driver can do instead. */
export function Trouble({ told }: { readonly told: Told<unknown> | undefined }) {
  if (told === undefined || told.kind === "ok") return null;
  const text =
    told.kind === "refused"
      ? (words.refused[told.problem.type] ?? told.problem.title)
      : words.offline;
  return (
    <p class="driver-notice tone-back-warn" role="alert">
      <StateMark tone="warn" /> {text}
    </p>
  );
}
