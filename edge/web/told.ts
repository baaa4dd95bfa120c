import type { Told } from "../../shared/web/ask.ts";
import { words } from "./words.ts";

/** Why there is no answer, as the attendant reads it; "" where there is one. */
export function troubleOf(told: Told<unknown> | undefined): string {
  switch (told?.kind) {
    case "refused":
      return [told.problem.title, told.problem.hint].filter(Boolean).join(" ");
    case "unreachable":
      return words.noAnswerYet;
    case "broken":
      return words.broken;
    case undefined:
    case "ok":
      return "";
  }
}
