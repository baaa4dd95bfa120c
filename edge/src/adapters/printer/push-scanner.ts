import { jsonOf } from "@gatehouse/shared/json-text";
import type { Problem } from "@gatehouse/shared/contracts/problem";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { TicketScanner } from "@gatehouse/shared/ports/ticket-scanner";
import { BadPush, decodeText, type PushedBody } from "../lpr/push-format.ts";
import type { PushAnswer } from "../lpr/push-reader.ts";
import type { PushTarget } from "../lpr/push-server.ts";
import { type ScanFate, ScanIntake } from "./scan-intake.ts";

export interface PushScannerOptions {
  readonly id: string;
  readonly laneId: string;
  /** Where the code stands in JSON or in a form. */
  readonly field: string;
  readonly clock: Clock;
}

/** A push with one code is no longer. */
const bodyMost = 4096;

/**
 * A scanner that pushes each code over HTTP, as text, as JSON or as a form; the `PushServer` has checked its token.
 * What becomes of the ticket shows on the lane's display: the answer tells only what became of the push.
 */
export class PushScanner implements TicketScanner, PushTarget {
  readonly id: string;
  readonly name: string;
  readonly #options: PushScannerOptions;
  readonly #intake: ScanIntake;
  readonly #counts: Record<string, number> = {};
  #isOpen = false;

  constructor(options: PushScannerOptions) {
    this.id = options.id;
    this.name = `ticket scanner ${options.id}`;
    this.#options = options;
    this.#intake = new ScanIntake(options.clock);
  }

  onScan(listener: (text: string) => void): void {
    this.#intake.onScan(listener);
  }

  start(): Promise<void> {
    this.#isOpen = true;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  receive(body: PushedBody): PushAnswer {
    this.count("pushes");
    if (!this.#isOpen || !this.#intake.hasListener) {
      this.count("refused_not_ready");
      return { status: 503, problem: notReady };
    }
    try {
      const fate = this.#intake.take(codeIn(body, this.#options.field));
      return fate === "taken" || fate === "repeated"
        ? { status: 200, body: { outcome: fate } }
        : { status: 400, problem: problemOf("code", complaints[fate]) };
    } catch (error) {
      if (!(error instanceof BadPush)) throw error;
      this.count("refused_malformed");
      const [first] = error.complaints;
      return { status: 400, problem: problemOf(first?.path ?? "", first?.message ?? "") };
    }
  }

  count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1;
  }

  report(): readonly DeviceReport[] {
    const { id, laneId } = this.#options;
    const { lastSeen, counters } = this.#intake;
    return [
      {
        id,
        kind: "ticket-scanner",
        make: "Scanner that pushes over HTTP",
        laneId,
        // Nobody asks it: one that has nothing to read says nothing.
        state: lastSeen === undefined ? "unknown" : "online",
        ...(lastSeen === undefined ? {} : { lastSeen }),
        counters: { ...counters, ...this.#counts },
      },
    ];
  }
}

/** @throws BadPush */
function codeIn({ contentType, bytes }: PushedBody, field: string): string {
  const text = decodeText(bytes, "body", "utf-8", bodyMost);
  const kind = contentType.split(";")[0]?.trim().toLowerCase();
  if (kind === "application/x-www-form-urlencoded") {
    return new URLSearchParams(text).get(field) ?? missing(field);
  }
  if (kind !== "application/json") return text;
  const value = jsonOf(text);
  if (value === undefined) throw new BadPush("body", "is not JSON");
  const code = typeof value === "object" && value !== null ? Reflect.get(value, field) : value;
  return typeof code === "string" || typeof code === "number" ? String(code) : missing(field);
}

function missing(field: string): never {
  throw new BadPush(field, "is missing, or is no text");
}

const complaints: Readonly<Record<Exclude<ScanFate, "taken" | "repeated">, string>> = {
  empty: "is empty",
  refused_too_long: "is longer than any code of a ticket",
  refused_not_text: "has signs that no code of a ticket has",
  refused_flood: "comes faster than any driver shows tickets",
  refused_half_line: "ends too early",
};

const problemOf = (path: string, message: string): Problem => ({
  type: "push-malformed",
  title: "The push has no code of a ticket",
  status: 400,
  hint: "Push the code as text, or as JSON or a form with the field of ticket_scanner.field.",
  errors: [{ path, message }],
});

const notReady: Problem = {
  type: "scanner-not-ready",
  title: "This scanner's codes are not taken now",
  status: 503,
  hint: "Push again in a moment.",
};
