import { readFields, variableAt, type ZvtFields } from "./zvt-bmp.ts";
import { isBusy, result, reversing } from "./zvt-codes.ts";
import { control, reply } from "./zvt-frame.ts";
import { textOf } from "./zvt-text.ts";
import type { ExchangeEnd, ZvtLink } from "./zvt-link.ts";
import { PaperTray } from "./zvt-papers.ts";
import { repeatedReceipt, type RepeatedReceipt } from "./zvt-receipt.ts";

/** What the status enquiry tells. */
export interface ToldStatus {
  readonly resultCode: number;
  readonly isReversing: boolean;
  readonly software?: string;
  /** MMDD and HHMMSS of its clock. */
  readonly date?: string;
  readonly time?: string;
}

/**
 * Asks how the terminal is. One that does not know the question counts as well: it refuses the next command when
 * it is not.
 *
 * @returns undefined when the connection ended
 */
export async function askStatus(link: ZvtLink): Promise<ToldStatus | undefined> {
  let isReversing = false;
  const end = await link.exchange(control.statusEnquiry, Buffer.alloc(0), {
    onIntermediate: (status) => void (isReversing ||= status === reversing),
  });
  return end.kind === "lost" ? undefined : { ...stateOf(end), isReversing };
}

export const isIdle = ({ resultCode, isReversing }: ToldStatus): boolean =>
  !isReversing && !isBusy(resultCode);

export type LastReceipt =
  | { readonly isAnswer: true; readonly kind: "receipt"; readonly receipt: RepeatedReceipt }
  /** The terminal has none to show, or does not know how. */
  | { readonly isAnswer: true; readonly kind: "none"; readonly code: number }
  | { readonly isAnswer: false; readonly kind: "busy" | "lost" };

/** Has the terminal repeat its last receipt. Some repeat the status information, some only the printed lines. */
export async function readLastReceipt(link: ZvtLink, password: Buffer): Promise<LastReceipt> {
  let status: ZvtFields | undefined;
  const tray = new PaperTray();
  const end = await link.exchange(control.repeatReceipt, password, {
    onStatus: (fields) => {
      status ??= fields;
      return reply.accepted;
    },
    onPaper: (paper) => tray.add(paper),
  });
  if (end.kind === "lost") return { isAnswer: false, kind: "lost" };
  if (end.kind !== "completed") {
    if (isBusy(end.code)) return { isAnswer: false, kind: "busy" };
    return { isAnswer: true, kind: "none", code: end.code };
  }
  if (status === undefined && tray.papers.length === 0) {
    return { isAnswer: true, kind: "none", code: result.approved };
  }
  return { isAnswer: true, kind: "receipt", receipt: repeatedReceipt(status, tray.papers) };
}

/**
 * The state in an answer to the status enquiry: a data block that begins with a length of the form `Fx` holds
 * the software version and one bare status byte, any other is a row of fields with the result code.
 */
function stateOf(end: Exclude<ExchangeEnd, { kind: "lost" }>): Omit<ToldStatus, "isReversing"> {
  if (end.kind !== "completed") {
    const isUnknown = end.code === result.notSupported;
    return { resultCode: isUnknown ? result.approved : end.code };
  }
  const version = variableAt(end.data, 0, 3);
  if (version !== undefined) {
    const software = textOf(version.bytes);
    return {
      resultCode: end.data[version.end] ?? result.approved,
      ...(software !== "" && { software }),
    };
  }
  const { resultCode = result.approved, date, time } = readFields(end.data);
  return {
    resultCode,
    ...(date !== undefined && { date }),
    ...(time !== undefined && { time }),
  };
}
