import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, Option } from "commander";

/** What the commands of merchants, accounts and subscriptions need. */
export interface AccountTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  readonly random: Random;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

/** Who changes something, and why: both go into the ledger. */
export interface Who {
  readonly reason: string;
  readonly actor: string;
}

/** Gives a command the options of whoever changes something. */
export const reasoned = (command: Command, { userName }: Pick<AccountTools, "userName">): Command =>
  command
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who says so").default(userName));
