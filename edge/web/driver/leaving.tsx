import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { durationText } from "../../../shared/web/duration.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { toldMs } from "./paying.ts";
import { words } from "./words.ts";

/** How long the exit asks for nothing more, running down. @param seconds when it was told; null: no such time runs */
export function Leaving({ seconds }: { readonly seconds: number | null }) {
  const now = useSignal(performance.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds === null)
    return (
      <p class="driver-notice tone-back-ok">
        <StateMark tone="ok" /> {words.nothingDue}
      </p>
    );
  const leftMs = seconds * 1000 - Math.max(0, now.value - toldMs.value);
  if (leftMs <= 0)
    return (
      <p class="driver-notice tone-back-warn">
        <StateMark tone="warn" /> {words.leaveNow}
      </p>
    );
  return (
    <p class="driver-notice tone-back-ok">
      <StateMark tone="ok" /> {words.leaveWithin(durationText(leftMs))}
    </p>
  );
}
