import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  KioskChange,
  KioskState,
  OpenAnswer,
  WhyAnswer,
} from "@gatehouse/shared/contracts/kiosk";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import type { AccessDesk } from "./access-desk.ts";
import type { AccuracyDesk } from "./accuracy-desk.ts";
import type { CameraDesk } from "./camera/desk.ts";
import type { SupportDesk } from "./support.ts";
import type { AccountsDesk } from "./money/accounts-desk.ts";
import type { DriversDesk } from "./money/drivers-desk.ts";
import type { MoneyDesk } from "./money/money-desk.ts";
import type { RegistryDesk } from "./registry-desk.ts";
import type { LanesDesk } from "./lanes-desk.ts";
import type { WatchDesk } from "./watch-desk.ts";
import type { SensorsDesk } from "./sensors-desk.ts";
import type { ParkingTicketDesk } from "./parking-ticket-desk.ts";
import type { PlatesDesk } from "./plates-desk.ts";
import type { BooksExport } from "./money/exports.ts";
import type { DocumentsDesk } from "./money/documents-desk.ts";
import type { ShiftsDesk } from "./money/shifts-desk.ts";
import type { ViolationsDesk } from "./money/violations-desk.ts";
import type { PrintersDesk } from "./printers-desk.ts";
import type { TerminalsDesk } from "./terminals-desk.ts";
import type { SpacesDesk } from "./spaces-desk.ts";
import type { SignsDesk } from "./signs-desk.ts";
import type { TrackingDesk } from "./tracking/desk.ts";

/** A refused act: what the person reads, and the stable code a program reads. */
export interface Refusal {
  readonly kind: "refused";
  readonly reason: string;
  readonly sentence: string;
}

export const refusal = (reason: string, sentence: string): Refusal => ({
  kind: "refused",
  reason,
  sentence,
});

export const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "refused";

export interface HandOpening {
  readonly laneId: string;
  /** Made by the page or the command line for each press; the same id twice is one opening. */
  readonly requestId: string;
  readonly reason: string;
  readonly note?: string;
  readonly sessionId?: string;
  readonly actor: Actor;
}

/** Health as one verdict, worst first; `gatehouse status` and `/healthz` say the same. */
export interface FacilityStatus {
  readonly level: "healthy" | "attention" | "fault";
  readonly verdict: string;
  readonly facilityId: string;
  readonly version: string;
  readonly startedAt: string;
  readonly lanes: readonly { laneId: string; state: string; health: string }[];
  readonly sessions: { readonly pending: number; readonly open: number };
  readonly spaces: { readonly total: number; readonly free: number; readonly unknown: number };
  readonly ledger: {
    readonly epoch: number;
    readonly written: number;
    readonly acknowledged: number;
  };
  readonly alerts: number;
}

/** One check of `gatehouse doctor`; a failed one says which command to try next. */
export interface DoctorCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly next?: string;
}

export interface SyncStatus {
  readonly state: "connected" | "waiting" | "offline" | "none";
  readonly queued: number;
  readonly acknowledged: number;
  readonly written: number;
  readonly lastAckAt: string | undefined;
  readonly lastError: string | undefined;
  readonly directivesApplied: number;
}

/**
 * What the faces (kiosk page, control socket, metrics) may see and do. They never touch the store:
 * everything they show is read here, everything they do is the same flow as everyone's.
 */
export interface Desk {
  /** What cameras follow. */
  readonly tracking: TrackingDesk;
  /** Modes, holds, locks. */
  readonly laneOrders: LanesDesk;
  /** What the lanes' wires say, for who stands beside them. */
  readonly watching: WatchDesk;
  /** Who may come in: lists, visitors, permits. */
  readonly access: AccessDesk;
  /** What plates truly are, and whose vehicle it is. */
  readonly plates: PlatesDesk;
  /** Whose vehicle stands where. */
  readonly places: SpacesDesk;
  /** Printers of tickets. */
  readonly printers: PrintersDesk;
  /** Receipts, invoices, notes and reports, and their papers. */
  readonly documents: DocumentsDesk;
  /** The journal, for whoever keeps the accounts. */
  readonly books: BooksExport;
  /** Penalties, and what people decide about them. */
  readonly violations: Pick<ViolationsDesk, keyof ViolationsDesk>;
  /** Who has which drawer. */
  readonly shifts: ShiftsDesk;
  /** Card terminals. */
  readonly terminals: TerminalsDesk;
  /** Tickets of vehicles without a readable plate. */
  readonly parkingTickets: Pick<ParkingTicketDesk, "issue" | "check" | "lost" | "show" | "reprint">;
  /** Payments, refunds, debts, validations. */
  readonly money: Pick<MoneyDesk, keyof MoneyDesk>;
  /** Merchants, accounts of stored value, permits that renew themselves. */
  readonly accounts: Pick<AccountsDesk, keyof AccountsDesk>;
  /** What drivers see and pay on their phones. */
  readonly drivers: Pick<DriversDesk, keyof DriversDesk>;
  /** How right the system is, as people found. */
  readonly accuracy: AccuracyDesk;
  /** Bay sensors and counters. */
  readonly sensors: SensorsDesk;
  /** Displays that are pages. */
  readonly signs: SignsDesk;
  /** The pictures that came with plate reads; missing where none are kept. */
  readonly readPictures?: ReadPictures | undefined;
  /** Devices over all their days, and the work on them. */
  readonly registry: RegistryDesk;
  /** What is told to whoever looks after the system from afar. */
  readonly support: SupportDesk;
  /** Missing where no camera can be set up. */
  readonly cameras?: CameraDesk | undefined;
  state(): KioskState;
  /** At most four calls a real second; the returned function ends it. */
  onChange(listener: (change: KioskChange) => void): () => void;
  openByHand(opening: HandOpening): Promise<OpenAnswer | Refusal>;
  /** Somebody looks after it; it stays open. @returns false when there is no such open alert */
  acknowledgeAlert(alertId: string, actor: Actor): boolean;
  resolveAlert(alertId: string, actor: Actor): boolean;
  why(id: string): WhyAnswer | undefined;
  status(): FacilityStatus;
  doctor(): readonly DoctorCheck[];
  devices(): readonly DeviceReport[];
  syncStatus(): SyncStatus;
  /** Counters and gauges by metric name in snake_case, with labels; the face renders them for Prometheus. */
  metrics(): readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}
