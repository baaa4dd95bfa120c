import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";

/** What is asked for by what somebody types. */
export interface Searched<T> {
  /** As it is typed. */
  readonly text: Signal<string>;
  readonly told: Signal<Told<T> | undefined>;
  /** Asks again, after something has changed. */
  readonly look: () => Promise<void>;
}

/** Asks anew with every sign that is typed, and shows the answer to the last one only. @param ask "" means the latest */
export function useSearched<T>(ask: (text: string) => Promise<Told<T>>): Searched<T> {
  const text = useSignal("");
  const told = useSignal<Told<T> | undefined>(undefined);
  const look = async (): Promise<void> => {
    const wanted = text.value;
    const answer = await ask(wanted.trim());
    // Somebody has typed on meanwhile.
    if (text.value === wanted) told.value = answer;
  };
  useEffect(() => void look(), [text.value]);
  return { text, told, look };
}
