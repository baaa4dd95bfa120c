import type { Batch } from "@gatehouse/shared/contracts/batch";
import { isoOf, seconds } from "@gatehouse/shared/time";
import { EdgeLedger, noon, spaceStates, writeStay } from "../edge-ledger.ts";
import type { TestOffice } from "../head-office.ts";

/** A facility as its edge would tell it, on a day like any other. */
export interface Told {
  readonly id: string;
  readonly name: string;
  readonly stays: number;
  readonly inside: number;
  readonly spaces: { readonly free: number; readonly occupied: number; readonly unknown: number };
  readonly written?: number;
  readonly more?: (ledger: EdgeLedger) => void;
}

export async function tell(office: TestOffice, told: Told): Promise<EdgeLedger> {
  const ledger = new EdgeLedger(told.id);
  ledger.write("edge-started", { boot_id: "b1", version: "0.1.0", clock_suspect: false });
  for (let car = 0; car < told.stays; car += 1) writeStay(ledger, `${car}`, 250 + 25 * (car % 9));
  for (let car = 0; car < told.inside; car += 1) {
    const session = { session_id: `inside-${car}`, lane_id: "entry-2" };
    const at = isoOf(noon);
    ledger.write("session-opened", { ...session, entry_at: at, steady_ms: 1, assumed: false });
  }
  told.more?.(ledger);
  const facility = { name: told.name, timezone: "Europe/Berlin", currency: "EUR", locale: "de" };
  const statuses = (
    Object.entries(told.spaces) as ["free" | "occupied" | "unknown", number][]
  ).flatMap(([status, count]) => Array<typeof status>(count).fill(status));
  const states = Object.fromEntries(statuses.map((status, index) => [`A${index + 1}`, status]));
  const spaces = spaceStates(1, states).map((space, index) => ({
    ...space,
    zone_id: ["a-north", "b-south", "c-roof"][index % 3] ?? "a",
    level: index % 3 === 2 ? "1" : "0",
  }));
  for (let first = 1; first <= ledger.written; first += 500) {
    const rest: Partial<Batch> = { facility, written_seq: told.written ?? ledger.written };
    const last = Math.min(first + 499, ledger.written);
    const isFirst = first === 1;
    await office.send(
      ledger.batch(first, last, {
        ...rest,
        ...(isFirst ? { spaces, spaces_through: spaces.length } : {}),
      }),
    );
  }
  return ledger;
}

export const town: readonly Told[] = [
  {
    id: "north",
    name: "Parkhaus Nord",
    stays: 61,
    inside: 74,
    spaces: { free: 38, occupied: 80, unknown: 2 },
  },
  {
    id: "station",
    name: "Hauptbahnhof Ostseite",
    stays: 213,
    inside: 402,
    spaces: { free: 21, occupied: 430, unknown: 0 },
  },
  {
    id: "opera",
    name: "Tiefgarage Opernplatz",
    stays: 30,
    inside: 12,
    spaces: { free: 130, occupied: 60, unknown: 10 },
    more: (ledger) => {
      ledger.write("alert-raised", {
        alert_id: "g1",
        alert_type: "gate-fault",
        subject: "exit-1",
        severity: "critical",
        details: {},
      });
      ledger.write("alert-raised", {
        alert_id: "s1",
        alert_type: "sensor-silent",
        subject: "bay-A014",
        severity: "warning",
        details: {},
      });
    },
  },
  {
    id: "airport",
    name: "Flughafen P4",
    stays: 12,
    inside: 3,
    spaces: { free: 900, occupied: 80, unknown: 0 },
    written: 12_480,
    more: (ledger) => {
      ledger.writeAny("drone-landed", { pad: 7 });
      ledger.writeText("not json");
    },
  },
];

/** The town at noon: four facilities that speak and one that has never been heard. */
export async function tellTown(office: TestOffice): Promise<void> {
  for (const told of town) await tell(office, told);
  await office.order("opera", { kind: "notice", body: { notice_id: "n", text: "Snow" } });
  await office.clock.advance(seconds(14));
}

export const townIds = [...town.map(({ id }) => id), "harbour"];
