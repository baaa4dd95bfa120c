import { readFields, variableAt, type ZvtFields } from "./zvt-bmp.ts";
import { isBusy, result, reversing } from "./zvt-codes.ts";
import { control, reply } from "./zvt-frame.ts";
import type { ExchangeEnd, ZvtLink } from "./zvt-link.ts";
import { repeatedReceipt, type RepeatedReceipt } from "./zvt-receipt.ts";

/** Lines of one receipt that are kept; a longer one is cut. */
const linesMax = 500;

/**
 * Whether the terminal is at work on nothing. One that does not know the question counts as idle: it refuses
 * the next command when it is not.
 */
export async function isTerminalIdle(link: ZvtLink): Promise<boolean> {
  let isReversing = false;
  const end = await link.exchange(control.statusEnquiry, Buffer.alloc(0), {
    onIntermediate: (status) => void (isReversing ||= status === reversing),
  });
  return !isReversing && !isBusy(stateOf(end));
}

export type LastReceipt =
  | { readonly isAnswer: true; readonly kind: "receipt"; readonly receipt: RepeatedReceipt }
  /** The terminal has none to show, or does not know how. */
  | { readonly isAnswer: true; readonly kind: "none"; readonly code: number }
  | { readonly isAnswer: false; readonly kind: "busy" | "lost" };

/** Has the terminal repeat its last receipt. Some repeat the status information, some only the printed lines. */
export async function readLastReceipt(link: ZvtLink, password: Buffer): Promise<LastReceipt> {
  let status: ZvtFields | undefined;
  const lines: string[] = [];
  const end = await link.exchange(control.repeatReceipt, password, {
    onStatus: (fields) => {
      status ??= fields;
      return reply.accepted;
    },
    onLines: (more) => void lines.push(...more.slice(0, linesMax - lines.length)),
  });
  if (end.kind === "lost") return { isAnswer: false, kind: "lost" };
  if (end.kind !== "completed") {
    if (isBusy(end.code)) return { isAnswer: false, kind: "busy" };
    return { isAnswer: true, kind: "none", code: end.code };
  }
  if (status === undefined && lines.length === 0) {
    return { isAnswer: true, kind: "none", code: result.approved };
  }
  return { isAnswer: true, kind: "receipt", receipt: repeatedReceipt(status, lines) };
}

/**
 * The state in an answer to the status enquiry: a data block that begins with a length of the form `Fx` holds
 * the software version and one bare status byte, any other is a row of fields with the result code.
 */
function stateOf(end: ExchangeEnd): number {
  if (end.kind === "lost") return result.approved;
  if (end.kind !== "completed") return end.code;
  const version = variableAt(end.data, 0, 3);
  if (version !== undefined) return end.data[version.end] ?? result.approved;
  return readFields(end.data).resultCode ?? result.approved;
}
