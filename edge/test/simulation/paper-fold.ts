import { verify } from "node:crypto";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { EventBody } from "@gatehouse/shared/contracts/event";
import { ShiftReport } from "@gatehouse/shared/contracts/shifts";
import type { Notebook } from "./notebook.ts";
import { shiftPublicKey } from "./shift-key.ts";

/** What the ledger says of papers: I12. Each device numbers them without a gap, and a shift's report is signed. */
export class PaperFold {
  /** Payments that have a receipt. */
  readonly receipts = new Set<string>();
  count = 0;
  readonly #notebook: Notebook;
  /** The last number of each device and kind. */
  readonly #last = new Map<string, number>();

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  issued(body: EventBody<"document-issued">): void {
    const { device_id: device, kind, number, payment_id: paymentId } = body;
    this.count++;
    this.#follows(`${device}, ${kind}`, number);
    if (kind !== "receipt" || paymentId === null) return;
    if (this.receipts.has(paymentId)) this.#complain(`${paymentId} has two receipts`);
    this.receipts.add(paymentId);
  }

  shiftClosed(body: EventBody<"shift-closed">): void {
    const { drawer_id: drawer, z_number: number, signature } = body;
    this.#follows(`${drawer}, Z`, number);
    this.#notebook.mark("shifts closed");
    const read = ShiftReport.safeParse(body.report);
    if (!read.success) return this.#complain(`Z ${number} of ${drawer} is no report`);
    const bytes = Buffer.from(canonicalJson(body.report as Json));
    if (!verify(null, bytes, shiftPublicKey, Buffer.from(signature, "base64")))
      this.#complain(`Z ${number} of ${drawer} is not signed by its facility`);
    this.#checkSums(read.data, body);
  }

  /** The float and what came and went make what is expected; what was counted tells the difference. */
  #checkSums(report: ShiftReport, body: EventBody<"shift-closed">): void {
    const moved = report.cash.reduce((sum, line) => sum + line.in_minor - line.out_minor, 0);
    const { expected_minor: expected, counted_minor: counted, difference_minor: gap } = report;
    const said = `Z ${report.z_number} of ${report.till_id}`;
    if (report.float_minor + moved !== expected)
      this.#complain(`${said}: ${report.float_minor} and ${moved} do not make ${expected}`);
    if (counted === null || counted - expected !== gap)
      this.#complain(`${said}: ${counted} counted of ${expected}, different by ${gap}`);
    if (body.expected_minor !== expected || body.counted_minor !== counted)
      this.#complain(`${said}: its line says other sums than its report`);
  }

  #follows(series: string, number: number): void {
    const expected = (this.#last.get(series) ?? 0) + 1;
    if (number !== expected)
      this.#complain(`${series}: number ${number} where ${expected} follows`);
    this.#last.set(series, number);
  }

  #complain(what: string): void {
    this.#notebook.complain("I12", what);
  }
}
