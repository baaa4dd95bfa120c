import type { MeansOnFile } from "@gatehouse/shared/contracts/accounts";
import type { Command } from "commander";
import { type AccountTools, reasoned, type Who } from "./account-tools.ts";
import { amountOption } from "./amounts.ts";

interface AccountOptions extends Who {
  readonly holder?: string;
  readonly plate?: readonly string[];
  readonly floorLimit?: number;
  readonly gateway?: string;
  readonly customer?: string;
  /** false: `--no-means`. */
  readonly means?: string | false;
  readonly lastFour?: string;
  readonly loadBelow?: number;
  readonly load?: number;
  readonly neverLoad?: true;
}

/** `account list|open|change|top-up|statement|block|unblock|close`. */
export function addAccountCommands(program: Command, tools: AccountTools): void {
  const { ask, random } = tools;
  const account = program
    .command("account")
    .description("stored value and means of payment on file, by holder and plate");
  account
    .command("list")
    .description("accounts with what is stored on them")
    .option("--search <text>", "part of a holder's name or of an account's id", "")
    .action(({ search }: { search: string }, command: Command) =>
      ask(command, { verb: "account-list", search }),
    );
  account
    .command("statement <account>")
    .description("what came and went, newest first")
    .action((account_id: string, _options, command: Command) =>
      ask(command, { verb: "account-statement", account_id }),
    );
  withTerms(reasoned(account.command("open <account>").description("a new account"), tools))
    .requiredOption("--holder <name>", "whose it is")
    .action((account_id: string, told: AccountOptions, command: Command) =>
      ask(command, {
        verb: "account-open",
        account_id,
        ...press(told),
        holder: told.holder ?? account_id,
        plates: [...(told.plate ?? [])],
        floor_limit_minor: told.floorLimit ?? 0,
        ...termsOf(command, told),
      }),
    );
  withTerms(
    reasoned(
      account.command("change <account>").description("what is not said stays as it was"),
      tools,
    ),
  )
    .option("--holder <name>", "whose it is")
    .option("--no-means", "nothing is charged from it any more")
    .option("--never-load", "it does not load itself any more")
    .action((account_id: string, told: AccountOptions, command: Command) =>
      ask(command, {
        verb: "account-change",
        account_id,
        ...press(told),
        ...(told.holder === undefined ? {} : { holder: told.holder }),
        ...(told.plate === undefined ? {} : { plates: [...told.plate] }),
        ...(told.floorLimit === undefined ? {} : { floor_limit_minor: told.floorLimit }),
        ...termsOf(command, told),
      }),
    );
  for (const [name, is_active, description] of [
    ["block", false, "takes and gives nothing until it is unblocked; what is stored stays"],
    ["unblock", true, "takes and gives money again"],
  ] as const)
    reasoned(account.command(`${name} <account>`).description(description), tools).action(
      (account_id: string, told: Who, command: Command) =>
        ask(command, { verb: "account-change", account_id, ...press(told), is_active }),
    );
  addMoneyMoves(account, tools);

  function press({ reason, actor }: Who) {
    return { request_id: random.id(), reason, actor };
  }
}

function addMoneyMoves(account: Command, tools: AccountTools): void {
  const { ask, random } = tools;
  reasoned(
    account
      .command("top-up <account>")
      .description("loads an account, in cash, by card or from its means on file"),
    tools,
  )
    .requiredOption("--amount <minor>", "whole minor units", amountOption)
    .option("--till <id>", "in cash, into the drawer of --actor")
    .option("--terminal <id>", "by card: the driver pays at this terminal")
    .option("--means-on-file", "charges its means on file now")
    .action((account_id: string, told: TopUpOptions, command: Command) => {
      const { reason, actor, amount, till, terminal, meansOnFile } = told;
      const ways = [
        ...(till === undefined ? [] : [{ kind: "till", till_id: till } as const]),
        ...(terminal === undefined ? [] : [{ kind: "terminal", terminal_id: terminal } as const]),
        ...(meansOnFile === undefined ? [] : [{ kind: "means" } as const]),
      ];
      const [from] = ways;
      if (from === undefined || ways.length > 1)
        return command.error("error: say one of --till, --terminal, --means-on-file");
      const wish = { request_id: random.id(), reason, actor, amount_minor: amount };
      return ask(command, { verb: "account-top-up", account_id, from, ...wish });
    });
  reasoned(
    account
      .command("close <account>")
      .description("pays out what is left; nothing is paid from it any more"),
    tools,
  )
    .option("--till <id>", "pays it out in cash from the drawer of --actor")
    .option("--transfer", "it is transferred to its holder's bank")
    .action((account_id: string, told: CloseOptions, command: Command) => {
      const { reason, actor, till = null, transfer } = told;
      if ((till === null) === (transfer === undefined))
        return command.error("error: say --till or --transfer");
      const wish = { request_id: random.id(), reason, actor, till_id: till };
      return ask(command, { verb: "account-close", account_id, ...wish });
    });
}

interface TopUpOptions extends Who {
  readonly amount: number;
  readonly till?: string;
  readonly terminal?: string;
  readonly meansOnFile?: true;
}

interface CloseOptions extends Who {
  readonly till?: string;
  readonly transfer?: true;
}

const withTerms = (command: Command): Command =>
  command
    .option("--plate <plates...>", "vehicles that pay from it; these and no others")
    .option(
      "--floor-limit <minor>",
      "most that is let go before the bank has answered",
      amountOption,
    )
    .option("--gateway <id>", "of its means on file, with --customer and --means")
    .option("--customer <token>", "the gateway's token of the holder")
    .option("--means <token>", "the gateway's token of the means of payment")
    .option("--last-four <digits>", "the last four digits, so that people know which card it is")
    .option("--load-below <minor>", "loads itself from its means below so much", amountOption)
    .option("--load <minor>", "by so much, with --load-below", amountOption);

/** Means on file, and when the account loads itself; both wholly or not at all. */
function termsOf(command: Command, told: AccountOptions): Terms {
  const { gateway, customer, means, lastFour, loadBelow, load } = told;
  const said = [gateway, customer, typeof means === "string" ? means : undefined];
  const named = said.filter((each) => each !== undefined).length;
  if (named !== 0 && named !== 3)
    return command.error("error: means on file need --gateway, --customer and --means");
  if ((loadBelow === undefined) !== (load === undefined))
    return command.error("error: an account that loads itself needs --load-below and --load");
  const [gatewayId = "", customerRef = "", meansRef = ""] = said;
  const onFile = {
    gateway: gatewayId,
    customer_ref: customerRef,
    means_ref: meansRef,
    last_four: lastFour ?? null,
  };
  return {
    ...(named === 3 ? { means: onFile } : means === false ? { means: null } : {}),
    ...(loadBelow !== undefined && load !== undefined
      ? { top_up: { below_minor: loadBelow, load_minor: load } }
      : told.neverLoad === true
        ? { top_up: null }
        : {}),
  };
}

interface Terms {
  readonly means?: MeansOnFile | null;
  readonly top_up?: { readonly below_minor: number; readonly load_minor: number } | null;
}
