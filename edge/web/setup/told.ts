import type { Told } from "../../../shared/web/ask.ts";
import { words } from "./words.ts";

/** Why something was not done, as a person reads it. */
export function whyNot(told: Exclude<Told<unknown>, { kind: "ok" }>): string {
  switch (told.kind) {
    case "refused": {
      const { title, hint, errors = [] } = told.problem;
      const [first] = errors;
      const mistake = first === undefined ? undefined : `${first.path}: ${first.message}.`;
      return [title, mistake, hint].filter(Boolean).join(" ");
    }
    case "unreachable":
      return words.noAnswer;
    case "broken":
      return words.broken;
  }
}
