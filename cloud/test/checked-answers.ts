import { isDeepStrictEqual } from "node:util";
import { statusOf } from "@gatehouse/shared/contracts/v1/route";
import type { Answered } from "../src/routes/v1/checked-answers.ts";

/**
 * Holds an answer of the API against what its route says of it: its status, its contract, and that nothing is in it
 * which the contract does not name.
 */
export function checkAnswer({ route, status, answer }: Answered): void {
  const told = `${route.method} ${route.path}`;
  if (status !== statusOf(route)) throw new Error(`${told} answers ${status}`);
  if (route.answer === "nothing") {
    if (answer !== undefined) throw new Error(`${told} answers something`);
    return;
  }
  if (answer === undefined) {
    if (route.files === undefined) throw new Error(`${told} answers nothing`);
    return;
  }
  const read = route.answer.safeParse(answer);
  if (!read.success) throw new Error(`${told} breaks its contract: ${read.error.message}`);
  if (!isDeepStrictEqual(read.data, answer))
    throw new Error(`${told} answers more than its contract names: ${JSON.stringify(answer)}`);
}
