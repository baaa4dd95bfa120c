import { createPrivateKey } from "node:crypto";
import type { DocumentIssuer } from "@gatehouse/shared/contracts/documents";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import { LaneReceipts } from "./flows/lane-receipts.ts";
import { BooksExport } from "./flows/money/exports.ts";
import { DocumentsDesk } from "./flows/money/documents-desk.ts";
import {
  type DebtFacts,
  issueDebtNote,
  issueReceipt,
  issueRefundNote,
  type ReceiptDeps,
  type RefundFacts,
} from "./flows/money/receipts.ts";
import { ShiftsDesk } from "./flows/money/shifts-desk.ts";
import { quoteSession } from "./flows/session-quote.ts";
import type { SessionDeps } from "./flows/sessions.ts";
import type { Book, Tx } from "./store/book.ts";
import type { Payment } from "./store/payments.ts";
import { Printers } from "./flows/printers-desk.ts";

interface PapersTools extends Pick<SessionDeps, "steady" | "calendar"> {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly ports: Pick<FacilityPorts, "lanes" | "printers" | "shiftKey">;
}

/** Documents, shifts, and what payments and refunds tell them. */
export interface Papers {
  readonly documents: DocumentsDesk;
  /** Of exits with a printer of their own. */
  readonly laneReceipts: LaneReceipts;
  readonly shifts: ShiftsDesk;
  readonly books: BooksExport;
  /** Every printer of the site. */
  readonly printers: Printers;
  /** What they write in the transaction of a payment, a refund, a debt. */
  readonly listeners: {
    readonly captured: (tx: Tx, payment: Payment, at: Instant) => void;
    readonly refunded: (tx: Tx, refund: RefundFacts, at: Instant) => void;
    readonly promised: (tx: Tx, debt: DebtFacts, at: Instant) => void;
  };
}

/** Joins what is written about money to the printers and the keys that it is given. */
export function papersOf(config: FacilityConfig, tools: PapersTools): Papers {
  const { book, clock, random, ports } = tools;
  const { business, facility, tills } = config;
  const issuer = issuerOf(config);
  const ofLanes = [...ports.lanes.values()].flatMap(({ printer }) => printer ?? []);
  const printers = [...ofLanes, ...(ports.printers ?? [])];
  const documents = new DocumentsDesk({
    book,
    clock,
    random,
    issuer,
    printers,
    tills,
    receiptUrl: business?.receipt_url,
  });
  const laneReceipts = new LaneReceipts({
    ...tools,
    lanes: config.lanes,
    ports: ports.lanes,
    documents,
  });
  const shifts = new ShiftsDesk({
    book,
    clock,
    random,
    issuer,
    tills,
    facilityId: facility.id,
    facilityName: facility.name,
    currency: facility.currency,
    key: ports.shiftKey === undefined ? undefined : createPrivateKey(ports.shiftKey),
  });
  const books = new BooksExport({
    book,
    clock,
    timezone: facility.timezone,
    currency: facility.currency,
    facilityId: facility.id,
    accounting: config.accounting,
  });
  const receipts: ReceiptDeps = {
    random,
    issuer,
    showsPlate: business?.plate_on_receipts ?? true,
    linesOf: (reader, session) => quoteSession(reader, tools, session).price.lines,
  };
  return {
    documents,
    laneReceipts,
    shifts,
    books,
    printers: new Printers({ printers, facilityName: facility.name, clock }),
    listeners: {
      captured: (tx, payment, at) => {
        const receipt = issueReceipt(tx, receipts, payment, at);
        if (receipt === undefined) return;
        laneReceipts.written(tx, payment, receipt);
        const { deviceId, documentId } = receipt;
        tx.afterCommit(() => void documents.printAtTill(deviceId, documentId));
      },
      refunded: (tx, refund, at) => void issueRefundNote(tx, receipts, refund, at),
      promised: (tx, debt, at) => void issueDebtNote(tx, receipts, debt, at),
    },
  };
}

/** Where phones pay; undefined: nobody pays by phone, or no address for phones is configured. */
export function payUrlOf(
  { business }: FacilityConfig,
  { gateways = [] }: Pick<FacilityPorts, "gateways">,
): string | undefined {
  const base = business?.receipt_url;
  return base === undefined || gateways.length === 0
    ? undefined
    : `${base.replace(/\/+$/, "")}/pay`;
}

function issuerOf({ business, facility }: FacilityConfig): DocumentIssuer {
  const { name, timezone, locale, location } = facility;
  return {
    name: business?.name ?? name,
    address: business?.address ?? location?.address ?? null,
    tax_id: business?.tax_id ?? null,
    timezone,
    locale,
  };
}
