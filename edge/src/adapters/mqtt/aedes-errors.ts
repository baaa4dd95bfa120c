import { tooManyWaiting } from "./emitter.ts";
import { answeredAtLogin } from "./login.ts";
import { type Reason, Refused } from "./refusals.ts";

/** What is counted when a connection ends with an error: a refusal, or a client's weakness or loss. */
export type Meaning = Reason | "slow_readers" | "broken_connections";

/**
 * Names the error with which aedes 1.2.0 ends a connection. It knows them by their texts only.
 *
 * @returns undefined when it is already counted
 */
export function meaningOf(error: Error): Meaning | undefined {
  if (error instanceof Refused || error.message === answeredAtLogin) return undefined;
  if (error.message in known) return known[error.message];
  if (error.message.startsWith("maxInflightInbound exceeded")) return "in_flight";
  if ("code" in error) return "broken_connections";
  return "malformed";
}

const known: Readonly<Record<string, Meaning>> = {
  "topic has too many levels": "topic_levels",
  "keep alive limit exceeded": "keep_alive",
  "connect did not arrive in time": "before_login",
  "Client queue limit reached": "before_login",
  "drain timeout": "slow_readers",
  "keep alive timeout": "broken_connections",
  "connection closed": "broken_connections",
  [tooManyWaiting]: "overload",
};
