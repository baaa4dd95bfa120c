import { existsSync } from "node:fs";
import { chainHash, genesisHash } from "@gatehouse/shared/canonical";
import { type LedgerFact, factOf, LedgerLine } from "@gatehouse/shared/contracts/event";
import { Overview } from "@gatehouse/shared/contracts/office";
import { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { SimulatorStats } from "@gatehouse/firmware-sim/messages";
import Database from "better-sqlite3";
import { LedgerFold } from "../../edge/test/simulation/ledger-fold.ts";

/** What the books of a run say, and which of the house's invariants did not hold. */
export interface Audit {
  readonly sessions: { readonly opened: number; readonly closed: number; readonly open: number };
  readonly capturedMinor: number;
  readonly checked: readonly string[];
  readonly broken: readonly string[];
}

export interface AuditParts {
  readonly bookFile: string;
  /** The ledger's last line when the run began. */
  readonly fromSeq: number;
  readonly stats: SimulatorStats;
  readonly office: { readonly port: number; readonly token: string };
}

/** How far a run's own count may differ by cars that stand under an arm at the end. */
const underArmMost = 4;

/**
 * Checks the whole ledger of the facility against its book, against head office, and against what truly
 * happened in this run (reliability invariants I1–I5, I7, I8; I6, I9 and I10 are the simulation's).
 */
export async function audit(parts: AuditParts): Promise<Audit> {
  const broken: string[] = [];
  const complain = (invariant: string, what: string): void =>
    void broken.push(`${invariant}: ${what}`);
  const book = new Database(parts.bookFile, { readonly: true });
  try {
    const lines = readLines(book);
    const run = lines.filter(({ seq }) => seq > parts.fromSeq).map(({ fact }) => fact);
    checkChain(lines, complain);
    checkFold(book, lines, complain);
    checkMoney(book, run, parts.stats, complain);
    checkOpenings(run, parts.stats, complain);
    checkCars(run, parts.stats, complain);
    await checkHeadOffice(lines, parts.office, complain);
    const count = (type: LedgerFact["type"]): number =>
      run.filter((fact) => fact.type === type).length;
    const open = book
      .prepare(
        "select count(*) from parking_sessions where status in ('pending', 'open', 'paid-grace', 'exiting')",
      )
      .pluck()
      .get();
    return {
      sessions: {
        opened: count("session-opened"),
        closed: count("session-closed"),
        open: Number(open),
      },
      capturedMinor: captured(run),
      checked: ["I1", "I2", "I3", "I4", "I5", "I7", "I8"],
      broken,
    };
  } finally {
    book.close();
  }
}

/** The ledger's last line in a book; 0 when there is none yet. */
export function lastSeqOf(bookFile: string): number {
  if (!existsSync(bookFile)) return 0;
  const book = new Database(bookFile, { readonly: true });
  try {
    return Number(book.prepare("select coalesce(max(seq), 0) from ledger").pluck().get());
  } finally {
    book.close();
  }
}

type Complain = (invariant: string, what: string) => void;

interface Line {
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
  readonly at: number;
  readonly fact: LedgerFact;
}

function readLines(book: Database.Database): Line[] {
  const rows = book
    .prepare("select seq, text, hash, at from ledger order by epoch, seq")
    .all() as Omit<Line, "fact">[];
  return rows.map((row) => {
    const fact = factOf(LedgerLine.parse(JSON.parse(row.text)));
    if (fact === undefined) throw new Error(`ledger line ${row.seq} is no known fact`);
    return { ...row, fact };
  });
}

function checkChain(lines: readonly Line[], complain: Complain): void {
  let previous = genesisHash;
  for (const [index, { seq, text, hash }] of lines.entries()) {
    if (seq !== index + 1) return complain("I5", `line ${index + 1} is missing`);
    previous = chainHash(previous, text);
    if (previous !== hash) return complain("I5", `the chain breaks at line ${seq}`);
  }
}

/** I2, I3, I4, I7 and I8 line by line, then the folded sessions against the book's. */
function checkFold(book: Database.Database, lines: readonly Line[], complain: Complain): void {
  const fold = new LedgerFold(complain);
  const tariffs = book.prepare("select body from tariffs").pluck().all() as string[];
  for (const body of tariffs) fold.sessions.knowTariff(Tariff.parse(JSON.parse(body)));
  const reads = book.prepare("select read_id as id, at from plate_reads").all() as {
    id: string;
    at: number;
  }[];
  for (const { id, at } of reads) fold.lanes.seenAt.set(id, at);
  for (const { text, at } of lines) fold.apply(text, at);
  const rows = book
    .prepare("select session_id as id, status, paid_amount as paid from parking_sessions")
    .all() as {
    id: string;
    status: string;
    paid: number;
  }[];
  const simple = (status: string): string =>
    ["paid-grace", "exiting"].includes(status) ? "open" : status;
  for (const { id, status, paid } of rows) {
    const folded = fold.sessions.all.get(id);
    const leaving = status === "exiting" && folded?.status === "pending";
    if (!leaving && folded?.status !== simple(status))
      complain("I7", `session ${id} is ${status}, the ledger says ${folded?.status}`);
    if (folded?.paid !== paid)
      complain("I1", `session ${id} has ${paid}, the ledger says ${folded?.paid}`);
  }
}

const captured = (run: readonly LedgerFact[]): number =>
  run.reduce(
    (sum, fact) => sum + (fact.type === "payment-captured" ? fact.body.amount_minor : 0),
    0,
  );

/** I1: what the terminals booked is what the ledger captured is what the sessions were credited. */
function checkMoney(
  book: Database.Database,
  run: readonly LedgerFact[],
  stats: SimulatorStats,
  complain: Complain,
): void {
  const inLedger = captured(run);
  if (inLedger !== stats.booked_minor)
    complain("I1", `the terminals booked ${stats.booked_minor}, the ledger captured ${inLedger}`);
  const credited = Number(
    book.prepare("select coalesce(sum(paid_amount), 0) from parking_sessions").pluck().get(),
  );
  const paid = Number(
    book
      .prepare("select coalesce(sum(amount), 0) from payments where status = 'captured'")
      .pluck()
      .get(),
  );
  if (credited !== paid) complain("I1", `payments of ${paid}, credits of ${credited}`);
}

/** I3: no arm rose more often than it was told to. */
function checkOpenings(
  run: readonly LedgerFact[],
  stats: SimulatorStats,
  complain: Complain,
): void {
  for (const [laneId, openings] of Object.entries(stats.openings)) {
    const told = run.filter(
      (fact) => fact.type === "gate-commanded" && fact.body.lane_id === laneId,
    ).length;
    if (openings > told)
      complain("I3", `the arm of ${laneId} rose ${openings} times for ${told} commands`);
  }
}

/** I2: every car that truly came in or went out by itself has its session. */
function checkCars(run: readonly LedgerFact[], stats: SimulatorStats, complain: Complain): void {
  const opened = run.filter((fact) => fact.type === "session-opened").length;
  const closed = run.filter(
    (fact) => fact.type === "session-closed" && fact.body.outcome !== "closed-assumed",
  ).length;
  const differ = (what: string, cars: number, sessions: number): void => {
    const apart = Math.abs(cars - sessions);
    if (apart > stats.tailgated + underArmMost)
      complain("I2", `${cars} cars ${what}, ${sessions} sessions`);
  };
  differ("came in", stats.cars_in, opened);
  differ("went out", stats.cars_out, closed);
}

/** I5: head office holds the same last line. */
async function checkHeadOffice(
  lines: readonly Line[],
  office: AuditParts["office"],
  complain: Complain,
): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${office.port}/api/overview`, {
    headers: { authorization: `Bearer ${office.token}` },
  });
  if (!answer.ok) return complain("I5", `head office answers ${answer.status}`);
  const [facility] = Overview.parse(await answer.json()).facilities;
  const held = lines[(facility?.ledger.acked ?? 0) - 1];
  if (facility === undefined || held === undefined)
    return complain("I5", "head office knows no line");
  if (facility.ledger.last_hash !== held.hash)
    complain("I5", `head office holds another line ${held.seq}`);
  if (facility.ledger.set_aside > 0)
    complain("I5", `head office set ${facility.ledger.set_aside} lines aside`);
}
