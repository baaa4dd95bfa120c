import { useSignal, type Signal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { newRequestId } from "../opening.ts";
import { troubleOf } from "../told.ts";

/** One act of a sheet at a time: its request's id, whether it is awaited, and what came of it. */
export interface Pressing {
  readonly isAsking: Signal<boolean>;
  readonly trouble: Signal<string>;
  /** What came of the last one that was done, where its answer says it in a sentence. */
  readonly said: Signal<string>;
  /** The same press again, until its answer is known, is the same request. */
  readonly press: <T extends object>(
    send: (requestId: string) => Promise<Told<T>>,
    done?: (answer: T) => void,
  ) => Promise<void>;
}

export function usePressing(): Pressing {
  const requestId = useSignal(newRequestId());
  const isAsking = useSignal(false);
  const [trouble, said] = [useSignal(""), useSignal("")];
  return {
    isAsking,
    trouble,
    said,
    press: async (send, done) => {
      if (isAsking.value) return;
      isAsking.value = true;
      const told = await send(requestId.value);
      isAsking.value = false;
      trouble.value = troubleOf(told);
      if (told.kind === "ok" || told.kind === "refused") requestId.value = newRequestId();
      if (told.kind !== "ok") return;
      said.value = sentenceOf(told.value);
      done?.(told.value);
    },
  };
}

const sentenceOf = (answer: object): string =>
  "sentence" in answer && typeof answer.sentence === "string" ? answer.sentence : "";
