import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  DocumentBody,
  DocumentsData,
  DocumentView,
  InvoiceRequest,
  PrintAnswer,
  PrintRequest,
  ReportPrintAnswer,
} from "@gatehouse/shared/contracts/documents";
import type { ShiftReportData } from "@gatehouse/shared/contracts/shifts";
import type { TillConfig } from "@gatehouse/shared/contracts/till-config";
import { Fault } from "@gatehouse/shared/fault";
import { interimReport, type ShownDocument, shownDocument } from "@gatehouse/shared/paper/paper";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Printer } from "@gatehouse/shared/ports/printer";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { invoiceContent, paidPart } from "../../domain/money/receipt.ts";
import type { Book, Tx } from "../../store/book.ts";
import {
  type DocumentPrint,
  findPrint,
  isPrinted,
  savePrint,
} from "../../store/document-prints.ts";
import {
  countCopy,
  documentByToken,
  documentOfNumber,
  type DocumentRow,
  documentsOfPayment,
  documentsOfSession,
  findDocument,
  latestDocuments,
} from "../../store/documents.ts";
import { findPayment } from "../../store/payments.ts";
import { unclosedShiftsOf } from "../../store/shifts.ts";
import { AskedOnce } from "../asked-once.ts";
import { type Refusal, refusal } from "../desk.ts";
import { contentOf, issueDocument, type IssuingDeps, referenceTo } from "./documents.ts";

export interface DocumentsDeps extends IssuingDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly printers: readonly Printer[];
  readonly tills: readonly TillConfig[];
  /** Where phones reach the receipt pages; undefined: papers have no code. */
  readonly receiptUrl: string | undefined;
}

/** A document with all that it says. */
export interface DocumentDetail extends DocumentView {
  readonly body: DocumentBody;
}

const listedMax = 200;

/** What people see and make of receipts, invoices, notes and reports. */
export class DocumentsDesk {
  readonly #deps: DocumentsDeps;
  readonly #interim = new AskedOnce<ReportPrintAnswer | Refusal>();

  constructor(deps: DocumentsDeps) {
    this.#deps = deps;
  }

  /** Of a payment, of a session, or the latest of all, newest first. */
  list({ sessionId, paymentId }: { sessionId?: string; paymentId?: string }): DocumentsData {
    const { book } = this.#deps;
    const rows =
      paymentId !== undefined
        ? documentsOfPayment(book, paymentId)
        : sessionId !== undefined
          ? documentsOfSession(book, sessionId)
          : latestDocuments(book, listedMax);
    return { documents: rows.map((row) => this.#view(row)) };
  }

  find(documentId: string): DocumentDetail | undefined {
    const row = findDocument(this.#deps.book, documentId);
    return row && { ...this.#view(row), body: contentOf(row) };
  }

  /** What the driver's phone shows, without the code that led there; a shift's report is nobody's who found one. */
  byToken(token: string): ShownDocument | undefined {
    const row = documentByToken(this.#deps.book, token);
    return row === undefined || row.kind === "shift-report"
      ? undefined
      : this.#shown(row, 0, false);
  }

  /** The same as its paper, for people of the facility. */
  shown(documentId: string): ShownDocument | undefined {
    const row = findDocument(this.#deps.book, documentId);
    return row && this.#shown(row, 0);
  }

  /**
   * One invoice over all that was paid for a stay and stands on no invoice yet. Asked again for the same customer it
   * is the same invoice; for another one it is refused, because what is deducted twice is owed twice.
   */
  invoice({ session_id: sessionId, name, address }: InvoiceRequest): DocumentDetail | Refusal {
    const { book, clock } = this.#deps;
    const answer = book.write<{ row: DocumentRow } | { refused: Refusal }>((tx) => {
      const issued = documentsOfSession(tx, sessionId);
      const invoices = issued.filter(({ kind }) => kind === "invoice");
      const invoiced = invoices.flatMap((row) => contentOf(row).references);
      const open = issued.filter(
        (row) => row.kind === "receipt" && !invoiced.some((each) => isOf(row, each)),
      );
      const last = invoices.at(-1);
      if (open.length > 0)
        return this.#invoice(tx, sessionId, open, { name, address }, clock.now());
      if (last === undefined) return { refused: nothingPaid };
      const customer = contentOf(last).customer;
      return customer?.name === name && customer.address === address
        ? { row: last }
        : { refused: invoicedAlready(last.number) };
    });
    if ("refused" in answer) return answer.refused;
    return { ...this.#view(answer.row), body: contentOf(answer.row) };
  }

  /**
   * Prints a document: the first paper as it is, every further one as a copy that says so and is told to the ledger
   * before it is printed.
   *
   * @throws Fault of the printer
   */
  async print(
    documentId: string,
    { request_id: requestId, printer_id }: PrintRequest,
    actor: Actor,
  ): Promise<PrintAnswer | Refusal> {
    const { book } = this.#deps;
    const printer = this.#printer(printer_id, actor);
    if ("kind" in printer) return printer;
    const row = findDocument(book, documentId);
    if (row === undefined) return noSuchDocument;
    const earlier = findPrint(book, requestId);
    if (earlier !== undefined && earlier.outcome !== "failed") return answerOf(row, earlier);
    const print = this.#ask(row, requestId, printer.id, actor);
    try {
      await printer.print(this.#shown(row, print.copy).pieces);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#note(print, error.code === "print-unknown" ? "unknown" : "failed");
      throw error;
    }
    return answerOf(row, this.#note(print, "printed"));
  }

  /**
   * Prints a shift's report: as it stands now (X), which is no document and has no number, or the one that was signed
   * (Z), of which every further paper is a copy.
   *
   * @throws Fault of the printer
   */
  async printReport(
    { kind, report }: ShiftReportData,
    request: PrintRequest,
    actor: Actor,
  ): Promise<ReportPrintAnswer | Refusal> {
    const { book, issuer } = this.#deps;
    const { till_id: deviceId, z_number: number } = report;
    if (kind === "z" && number !== null) {
      const row = documentOfNumber(book, { deviceId, kind: "shift-report", number });
      return row === undefined ? noSuchDocument : this.print(row.documentId, request, actor);
    }
    return this.#interim.ask(request.request_id, async () => {
      const printer = this.#printer(request.printer_id, actor);
      if ("kind" in printer) return printer;
      await printer.print(interimReport(report, issuer));
      return { printer_id: printer.id, sentence: `The report is printed at ${printer.id}.` };
    });
  }

  /** A shift's report as its paper shows it. */
  shownReport({ kind, report }: ShiftReportData): ShownDocument | undefined {
    const { book, clock, issuer } = this.#deps;
    const { till_id: deviceId, z_number: number } = report;
    if (kind === "z" && number !== null) {
      const row = documentOfNumber(book, { deviceId, kind: "shift-report", number });
      return row && this.#shown(row, 0);
    }
    const title = `${issuer.name} ${deviceId} X`;
    const pieces = interimReport(report, issuer);
    return { title, locale: issuer.locale, issuedAt: clock.now(), pieces };
  }

  /** The paper that comes out by itself after a payment at a till; a printer's fault is in its report. */
  async printAtTill(tillId: string, documentId: string): Promise<void> {
    const till = this.#deps.tills.find(({ id }) => id === tillId);
    if (till?.receipts !== "always" || till.printer === undefined) return;
    const request = { request_id: `till/${documentId}`, printer_id: till.printer };
    try {
      await this.print(documentId, request, { kind: "system", id: tillId });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }

  #invoice(
    tx: Tx,
    sessionId: string,
    receipts: readonly DocumentRow[],
    customer: { readonly name: string; readonly address: string },
    at: Instant,
  ): { row: DocumentRow } | { refused: Refusal } {
    const [first] = receipts;
    const told = receipts.map((row) => ({ body: contentOf(row), reference: referenceTo(row) }));
    const body = invoiceContent(told, customer);
    if (first === undefined || body === undefined) return { refused: nothingPaid };
    const { deviceId } = first;
    const about = { deviceId, kind: "invoice", sessionId, paymentId: null, body, at } as const;
    return { row: issueDocument(tx, this.#deps, about) };
  }

  #ask(row: DocumentRow, requestId: string, printerId: string, actor: Actor): DocumentPrint {
    const { book, clock } = this.#deps;
    return book.write((tx) => {
      const at = clock.now();
      const { documentId } = row;
      const copy = isPrinted(tx, documentId) ? countCopy(tx, documentId) : 0;
      const by = actor.id ?? actor.kind;
      const print = { requestId, documentId, copy, printerId, at, by, outcome: "asked" } as const;
      savePrint(tx, print);
      if (copy > 0)
        tx.append(at, {
          type: "document-reprinted",
          body: { document_id: documentId, copy, by: actor },
        });
      return print;
    });
  }

  #note(print: DocumentPrint, outcome: DocumentPrint["outcome"]): DocumentPrint {
    const noted = { ...print, outcome };
    this.#deps.book.write((tx) => savePrint(tx, noted));
    return noted;
  }

  /** The printer that is named, that of the till whose shift the person has, or the only one. */
  #printer(named: string | undefined, actor: Actor): Printer | Refusal {
    const { book, printers, tills } = this.#deps;
    const own = unclosedShiftsOf(book, actor.id ?? "")
      .map(({ drawerId }) => tills.find(({ id }) => id === drawerId)?.printer)
      .find((id) => id !== undefined);
    const wanted = named ?? own;
    const found =
      wanted === undefined && printers.length === 1
        ? printers[0]
        : printers.find(({ id }) => id === wanted);
    if (found !== undefined) return found;
    const names = printers.map(({ id }) => id).join(", ") || "none are configured";
    return refusal("unknown-printer", `Name the printer; printers: ${names}.`);
  }

  #shown(row: DocumentRow, copy: number, hasCode = row.kind !== "shift-report"): ShownDocument {
    const { kind, deviceId, number, issuedAt, token } = row;
    const body = this.#withTerminalText(row);
    const url = hasCode ? this.#url(token) : undefined;
    const at = issuedAt as Instant;
    return shownDocument({ kind, deviceId, number, issuedAt: at, body, copy, url });
  }

  /** What a terminal wants printed is told after the money was taken, and so after the receipt was written. */
  #withTerminalText(row: DocumentRow): DocumentBody {
    const body = contentOf(row);
    const [paid] = body.payments;
    const payment =
      row.paymentId === null ? undefined : findPayment(this.#deps.book, row.paymentId);
    const { terminal_text } = payment === undefined ? {} : paidPart(payment);
    if (row.kind !== "receipt" || paid === undefined || terminal_text === undefined) return body;
    return { ...body, payments: [{ ...paid, terminal_text }] };
  }

  #url(token: string): string | undefined {
    const { receiptUrl } = this.#deps;
    return receiptUrl === undefined
      ? undefined
      : `${receiptUrl.replace(/\/+$/, "")}/receipt/${token}`;
  }

  #view(row: DocumentRow): DocumentView {
    const { currency, amount_minor } = contentOf(row);
    return {
      document_id: row.documentId,
      device_id: row.deviceId,
      kind: row.kind,
      number: row.number,
      issued_at: isoOf(row.issuedAt as Instant),
      session_id: row.sessionId,
      payment_id: row.paymentId,
      token: row.token,
      url: this.#url(row.token) ?? null,
      reprints: row.reprints,
      currency,
      amount_minor,
    };
  }
}

/** Whether a reference of another document names this one. */
const isOf = (row: DocumentRow, named: DocumentBody["references"][number]): boolean =>
  row.kind === named.kind && row.deviceId === named.device_id && row.number === named.number;

const noSuchDocument = refusal("unknown-document", "There is no such document.");
const nothingPaid = refusal("nothing-paid", "Nothing was paid for this stay yet.");
const invoicedAlready = (number: number): Refusal =>
  refusal("invoiced-already", `Invoice ${number} to somebody else is for this stay already.`);

function answerOf({ documentId, number }: DocumentRow, print: DocumentPrint): PrintAnswer {
  const what = print.copy === 0 ? `Document ${number}` : `Copy ${print.copy} of ${number}`;
  const sentences = {
    asked: `${what} is being printed at ${print.printerId}.`,
    printed: `${what} is printed at ${print.printerId}.`,
    unknown: `${what} may have come out of ${print.printerId}: look there.`,
    failed: `${what} was not printed at ${print.printerId}.`,
  } as const;
  return {
    document_id: documentId,
    copy: print.copy,
    printer_id: print.printerId,
    sentence: sentences[print.outcome],
  };
}
