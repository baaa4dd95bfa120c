import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { Evidence, EvidencePicture } from "@gatehouse/shared/contracts/violations";
import type { SpaceType } from "@gatehouse/shared/contracts/space-types";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { owedOf } from "../../domain/money/billing.ts";
import type { Reader } from "../../store/book.ts";
import { linesAbout } from "../../store/ledger.ts";
import { readsOfSession } from "../../store/plates.ts";
import type { Session } from "../../store/sessions.ts";
import type { Stay } from "../../store/stays.ts";

/** What was found, before it is written. */
export interface Finding {
  readonly session: Session | undefined;
  readonly stay: (Stay & { readonly spaceType: SpaceType }) | undefined;
  /** In a few words. */
  readonly text: string;
  readonly durationMs: number | undefined;
}

/** Reads of one session that are kept as evidence, the first and the last ones. */
const readsMost = 10;
const linesMost = 40;
const tellingLines: ReadonlySet<string> = new Set([
  "lane-decided",
  "passage-ended",
  "plate-corrected",
  "session-opened",
  "session-in-space",
  "session-out-of-space",
  "session-quoted",
  "session-closed",
]);

/** Names the pictures of a session's reads by what they show; those that are gone are left out. */
export async function picturesOf(
  reader: Reader,
  pictures: ReadPictures | undefined,
  session: Session | undefined,
): Promise<readonly EvidencePicture[]> {
  if (pictures === undefined || session === undefined) return [];
  const found: EvidencePicture[] = [];
  for (const { readerId, readId } of keptReads(reader, session))
    for (const kind of ["plate", "vehicle", "overview"] as const) {
      const bytes = await pictures.find(readerId, readId, kind);
      if (bytes === undefined) continue;
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      found.push({ reader_id: readerId, read_id: readId, kind, sha256 });
    }
  return found;
}

/** Everything that shows a violation, as the book has it now. */
export function evidenceOf(
  reader: Reader,
  { session, stay, text, durationMs }: Finding,
  pictures: readonly EvidencePicture[],
): Evidence {
  return {
    finding: text,
    duration_s: durationMs === undefined ? null : Math.floor(durationMs / 1000),
    session: session === undefined ? null : sessionPart(session),
    stay: stay === undefined ? null : stayPart(stay),
    reads: session === undefined ? [] : readsPart(reader, session),
    pictures: [...pictures],
    lines: session === undefined ? [] : linesPart(reader, session.sessionId),
  };
}

/** Of the canonical text, in hexadecimal: the ledger has it too, so that a change would show. */
export const evidenceHash = (evidence: Evidence): string =>
  createHash("sha256")
    .update(canonicalJson(evidence as Json))
    .digest("hex");

const sessionPart = (session: Session): Evidence["session"] => ({
  session_id: session.sessionId,
  plate: session.vehicleLicense,
  raw_plate: session.rawPlate,
  vehicle_class: session.vehicleClass,
  entry_lane: session.entryLane,
  entry_at: isoOf(session.entryTime as Instant),
  exit_lane: session.exitLane,
  exit_at: session.exitTime === null ? null : isoOf(session.exitTime as Instant),
  owed_minor: Math.max(0, owedOf(session)),
});

const stayPart = (stay: NonNullable<Finding["stay"]>): Evidence["stay"] => ({
  stay_id: stay.stayId,
  space_id: stay.spaceId,
  space_type: stay.spaceType,
  vehicle_class: stay.vehicleClass,
  source: stay.source,
  camera_id: stay.cameraId,
  entry_at: isoOf(stay.entryTime as Instant),
});

const readsPart = (reader: Reader, session: Session): Evidence["reads"] =>
  keptReads(reader, session).map((read) => ({
    reader_id: read.readerId,
    read_id: read.readId,
    lane_id: read.laneId,
    raw_plate: read.rawPlate,
    plate: read.correctedPlate,
    confidence: read.confidence,
    at: isoOf(read.at as Instant),
  }));

function keptReads(reader: Reader, session: Session) {
  const all = readsOfSession(reader, session.sessionId);
  const half = readsMost / 2;
  return all.length <= readsMost ? all : [...all.slice(0, half), ...all.slice(-half)];
}

const linesPart = (reader: Reader, sessionId: string): Evidence["lines"] =>
  linesAbout(reader, sessionId)
    .filter(({ text }) => tellingLines.has((JSON.parse(text) as { type: string }).type))
    .slice(0, linesMost)
    .map(({ epoch, seq, text }) => ({ epoch, seq, text }));
