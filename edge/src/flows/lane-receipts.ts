import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { ParkingTicketAnswer } from "@gatehouse/shared/contracts/parking-tickets";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Book, Tx } from "../store/book.ts";
import type { DocumentRow } from "../store/documents.ts";
import type { Payment } from "../store/payments.ts";
import { findSession } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { DocumentsDesk } from "./money/documents-desk.ts";
import { isInside } from "./sessions.ts";

/** A lane's printer gave no receipt; the lane is the subject. */
const notPrinted = "receipt-not-printed";

export interface LaneReceiptsDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly lanes: readonly LaneConfig[];
  /** What stands at each lane. */
  readonly ports: ReadonlyMap<string, Pick<LanePorts, "printer" | "terminal">>;
  readonly documents: Pick<DocumentsDesk, "print">;
}

interface Paid {
  readonly sessionId: string;
  readonly documentId: string;
}

/**
 * Receipts at exits with a printer of their own: by themselves, or at the press of the driver's button while the vehicle
 * that paid has not left. Nothing waits for a printer: the gate has its own reason to open, and a paper that does not
 * come out is told to people.
 */
export class LaneReceipts {
  readonly #deps: LaneReceiptsDeps;
  /** What was paid last, by lane. */
  readonly #paid = new Map<string, Paid>();

  constructor(deps: LaneReceiptsDeps) {
    this.#deps = deps;
  }

  /** A receipt was written in this transaction; cash is the till's. */
  written(tx: Tx, { paymentMethod, sessionId, terminalId }: Payment, receipt: DocumentRow): void {
    if (paymentMethod === "cash" || sessionId === null) return;
    const exitLane = findSession(tx, sessionId)?.exitLane ?? undefined;
    const { lanes, ports } = this.#deps;
    const lane = lanes.find(({ id, direction }) => {
      const { printer, terminal } = ports.get(id) ?? {};
      if (printer === undefined || direction === "entry") return false;
      return id === exitLane || (terminal !== undefined && terminal.id === terminalId);
    });
    if (lane === undefined) return;
    const { documentId } = receipt;
    tx.afterCommit(() => {
      this.#paid.set(lane.id, { sessionId, documentId });
      if (lane.receipts === "always") void this.request(lane.id);
    });
  }

  /** The driver at a lane wants the receipt; pressed again it is the same paper, unless that did not come out. */
  async request(laneId: string): Promise<ParkingTicketAnswer | Refusal> {
    const { book, ports, documents } = this.#deps;
    const printer = ports.get(laneId)?.printer;
    const paid = this.#paid.get(laneId);
    const session = paid === undefined ? undefined : findSession(book, paid.sessionId);
    if (printer === undefined || paid === undefined || session === undefined || !isInside(session))
      return nobodyPaid;
    const { documentId, sessionId } = paid;
    const request = { request_id: `lane/${documentId}`, printer_id: printer.id };
    try {
      const answer = await documents.print(documentId, request, { kind: "driver", id: laneId });
      if ("kind" in answer) return answer;
      this.#tell(laneId, undefined);
      return { lane_id: laneId, session_id: sessionId, sentence: answer.sentence };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#tell(laneId, error);
      return refusal(error.code, error.hint);
    }
  }

  /** People are told of a paper that did not come out, until one does. A full disk has its own alarm. */
  #tell(laneId: string, fault: Fault | undefined): void {
    const { book, clock, random, log } = this.#deps;
    const at = clock.now();
    if (fault !== undefined) log.warn(notPrinted, { lane: laneId, error: fault.message });
    try {
      book.write((tx) => {
        if (fault === undefined) return clearAlert(tx, at, notPrinted, laneId);
        const details = { reason: fault.code };
        raiseAlert(tx, random, at, {
          type: notPrinted,
          subject: laneId,
          severity: "warning",
          details,
        });
      }, "plain");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
}

const nobodyPaid = refusal("no-receipt", "Nobody who still stands here has paid here.");
