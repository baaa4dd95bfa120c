import { moneyWords } from "../money-words.ts";

/** A way to pay in words; "unknown" where the beginning of the payment never reached head office. */
export const methodText = (method: string): string => {
  const known: Readonly<Record<string, string>> = moneyWords.methods;
  return method === "unknown" ? moneyWords.someMethod : (known[method] ?? method);
};
