import type { MemoryLane, MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { Database } from "better-sqlite3";
import type { LedgerFold } from "./ledger-fold.ts";
import type { Complain } from "./notebook.ts";

/** What the devices saw the facility do: whatever they were told, or moved by, must stand in the book. */
export class DevicePromises {
  readonly #db: Database;
  readonly #fold: LedgerFold;
  readonly #site: MemorySite;
  readonly #complain: Complain;
  readonly #pulsesSeen = new Map<string, number>();
  #observations: SpaceObservation[] = [];
  #told: { readonly kind: "read" | "receipt"; readonly id: string }[] = [];

  constructor(db: Database, fold: LedgerFold, site: MemorySite, complain: Complain) {
    this.#db = db;
    this.#fold = fold;
    this.#site = site;
    this.#complain = complain;
    for (const lane of site.lanes) this.#watchOrders(lane);
  }

  /** I4: no gate is told to close unless the daemon was told that the safety loop is free. */
  #watchOrders({ laneId, gate, inputs }: MemoryLane): void {
    const order = gate.order.bind(gate);
    gate.order = (what, commandId) => {
      const safety = inputs.told("safety");
      if (what === "close" && safety !== false)
        this.#complain("I4", `${laneId} was told to close with its safety loop ${String(safety)}`);
      return order(what, commandId);
    };
  }

  /** These messages were acknowledged to their sensors. */
  acknowledged(batch: readonly SpaceObservation[]): void {
    this.#observations.push(...batch);
  }

  /** @param id `reader/read` or `terminal/receipt` */
  told(kind: "read" | "receipt", id: string): void {
    this.#told.push({ kind, id });
  }

  check(): void {
    this.#checkObservations();
    this.#checkTold();
    this.#checkPulses();
  }

  /** I6 */
  #checkObservations(): void {
    const kept = this.#db
      .prepare("select 1 from observations where source_id = ? and boot = ? and sequence = ?")
      .pluck();
    for (const { sourceId, boot, sequence } of this.#observations.splice(0)) {
      if (kept.get(sourceId, boot, sequence) === undefined)
        this.#complain("I6", `acknowledged and lost: ${sourceId} ${boot}/${sequence}`);
    }
  }

  /** I6 */
  #checkTold(): void {
    const read = this.#db
      .prepare("select 1 from plate_reads where reader_id = ? and read_id = ?")
      .pluck();
    for (const { kind, id } of this.#told.splice(0)) {
      const [device = "", number = ""] = id.split("/");
      const isKept =
        kind === "read"
          ? read.get(device, number) !== undefined
          : this.#fold.money.receipts.has(id);
      if (!isKept) this.#complain("I6", `${kind} ${id} was taken and is not in the book`);
    }
  }

  /** I3: a contact closed at most once for each command, and each command stood in the book before. */
  #checkPulses(): void {
    const kept = this.#db.prepare("select 1 from gate_commands where command_id = ?").pluck();
    for (const { laneId, gate } of this.#site.lanes) {
      const fresh = gate.pulsed.slice(this.#pulsesSeen.get(laneId) ?? 0);
      this.#pulsesSeen.set(laneId, gate.pulsed.length);
      for (const commandId of fresh) {
        if (kept.get(commandId) === undefined || !this.#fold.lanes.commands.has(commandId))
          this.#complain("I3", `${laneId} was opened by ${commandId}, which is not in the book`);
        if (gate.pulsed.indexOf(commandId) !== gate.pulsed.lastIndexOf(commandId))
          this.#complain("I3", `${laneId} was opened twice by ${commandId}`);
      }
    }
  }
}
