import { Fault } from "@gatehouse/shared/fault";
import { bcd, readFields } from "./zvt-bmp.ts";
import { codeText, meaningOf, needsOf, result } from "./zvt-codes.ts";
import type { ExchangeEnd } from "./zvt-link.ts";

export interface RegistrationWish {
  /** Three bytes. */
  readonly password: Buffer;
  /** As ZVT writes it, for example `0978`. */
  readonly currencyNumber: string;
  /** Who prints the terminal's receipts. */
  readonly receipts: "gatehouse" | "terminal";
}

/** Status messages on, amount entry and administration locked; and whether its receipts come as print lines. */
const configBytes = { gatehouse: 0xbe, terminal: 0x38 } as const;
/** No service menu key, no capitals. */
const serviceByte = 0x00;

/** Text blocks (`06 D3`) may come as well as lines: they say whose paper they are. */
const permitTextBlocks = Buffer.from([0x06, 0x06, 0x26, 0x04, 0x0a, 0x02, 0x06, 0xd3]);

/**
 * Registers us at a terminal; one that does not know containers there is asked again without.
 *
 * @param ask sends one registration with this data
 * @throws Fault `terminal-unreachable`
 */
export async function register(
  { password, currencyNumber, receipts }: RegistrationWish,
  ask: (data: Buffer) => Promise<ExchangeEnd>,
): Promise<{ readonly terminalId: string | undefined; readonly needs: readonly string[] }> {
  const plain = Buffer.concat([
    password,
    Buffer.of(configBytes[receipts]),
    // Here the currency has no tag before it, unlike everywhere else.
    bcd(currencyNumber, 2),
    Buffer.of(0x03, serviceByte),
  ]);
  const wantsBlocks = receipts === "gatehouse";
  let end = await ask(wantsBlocks ? Buffer.concat([plain, permitTextBlocks]) : plain);
  if (wantsBlocks && isNotUnderstood(end)) end = await ask(plain);
  if (end.kind !== "completed") {
    throw new Fault("terminal-unreachable", `registration failed: ${sayEnd(end)}`);
  }
  const { terminalId, statusByte } = readFields(end.data);
  return { terminalId, needs: needsOf(statusByte ?? 0) };
}

/** Terminals that do not know containers refuse them, each in its way. */
const isNotUnderstood = (end: ExchangeEnd): boolean =>
  (end.kind === "refused" || end.kind === "aborted") &&
  (end.code === result.protocolError || end.code === result.notSupported);

const sayEnd = (end: Exclude<ExchangeEnd, { kind: "completed" }>): string =>
  end.kind === "lost" ? end.detail : `${meaningOf(end.code)} (${codeText(end.code)})`;
