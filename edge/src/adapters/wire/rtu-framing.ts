import { hasGoodCrc } from "@gatehouse/shared/crc16-modbus";
import type { Framing, Received } from "./framing.ts";
import {
  type RequestSignature,
  answerLength,
  refusalLength,
  signatureOf,
} from "./request-signature.ts";

/** Real milliseconds after which an unanswered request is surely forgotten by any board. */
const lateLimitMs = 10_000;
/** Requests a unit can owe; the oldest are forgotten first, because a unit answers in order. */
const owedMax = 8;
/** The longest frame has 256 bytes; twice that leaves room for noise before it. */
const bufferMax = 512;

interface Debt {
  readonly signature: RequestSignature;
  readonly since: number;
}

/**
 * Modbus RTU, on a serial line or raw over TCP. Its answers carry no number, so an answer that is merely late
 * looks like the next one. Therefore what each unit owes is remembered: a frame that fits a debt pays the
 * debt and answers nothing.
 */
export class RtuFraming implements Framing {
  /** 3.5 characters at 9600 baud are 4 ms; a USB adapter adds up to 16 ms. */
  readonly quietMs = 50;
  readonly #debts = new Map<number, Debt[]>();
  #wanted: RequestSignature | undefined;
  #buffer: Buffer = Buffer.alloc(0);

  get unread(): number {
    return this.#buffer.length;
  }

  ask(request: Buffer): Buffer {
    this.flush();
    for (const unit of this.#debts.keys()) this.isOwed(unit);
    this.#wanted = signatureOf(request);
    return request;
  }

  receive(bytes: Buffer): readonly Received[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]).subarray(-bufferMax);
    const received: Received[] = [];
    for (let at = 0; at + refusalLength <= this.#buffer.length;) {
      const found = this.#judge(at);
      if (found === undefined) {
        at += 1;
        continue;
      }
      received.push(found.received);
      this.#buffer = this.#buffer.subarray(at + found.length);
      at = 0;
    }
    return received;
  }

  giveUp(): void {
    if (this.#wanted === undefined) return;
    const debts = this.#debts.get(this.#wanted.unit) ?? [];
    debts.push({ signature: this.#wanted, since: performance.now() });
    this.#debts.set(this.#wanted.unit, debts.slice(-owedMax));
    this.#wanted = undefined;
  }

  flush(): void {
    this.#buffer = Buffer.alloc(0);
  }

  isOwed(unit: number): boolean {
    const debts = this.#debts.get(unit);
    if (debts === undefined) return false;
    const open = debts.filter(({ since }) => performance.now() - since < lateLimitMs);
    if (open.length === 0) this.#debts.delete(unit);
    else this.#debts.set(unit, open);
    return open.length > 0;
  }

  settle(unit: number): void {
    this.#debts.delete(unit);
  }

  #judge(at: number): { readonly received: Received; readonly length: number } | undefined {
    for (const [unit, debts] of this.#debts) {
      const index = debts.findIndex(({ signature }) => this.#holds(signature, at) !== undefined);
      const debt = debts[index];
      const length = debt && this.#holds(debt.signature, at);
      if (length === undefined) continue;
      // What was asked before this one is older still: it does not come any more.
      debts.splice(0, index + 1);
      if (debts.length === 0) this.#debts.delete(unit);
      return { received: { kind: "late" }, length };
    }
    const length = this.#wanted && this.#holds(this.#wanted, at);
    if (length === undefined) return undefined;
    this.#wanted = undefined;
    return {
      received: { kind: "answer", frame: Buffer.from(this.#buffer.subarray(at, at + length)) },
      length,
    };
  }

  /** The length of a whole and undamaged answer to this request at this place. */
  #holds(signature: RequestSignature, at: number): number | undefined {
    const length = answerLength(signature, this.#buffer, at);
    if (length === undefined || at + length > this.#buffer.length) return undefined;
    return hasGoodCrc(this.#buffer.subarray(at, at + length)) ? length : undefined;
  }
}
