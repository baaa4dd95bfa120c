import { moneyWords } from "../money-words.ts";

/** A way to pay in words; "unknown" or null where the beginning of the payment never reached head office. */
export const methodText = (method: string | null): string => {
  if (method === null || method === "unknown") return moneyWords.someMethod;
  const known: Readonly<Record<string, string>> = moneyWords.methods;
  return known[method] ?? method;
};
