import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import { type Decision, decideEntry } from "../domain/entry.ts";
import type { Tx } from "../store/book.ts";
import { findInsideByPlate } from "../store/sessions.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { EntryStep, PlateWord } from "./entry-choice.ts";
import { type EntrySite, plateScene } from "./entry-scene.ts";
import { admitEntrant, commandEntry, isSameVehicle } from "./entry-session.ts";
import { cameraOf, inputsOf, personOf } from "./entry-words.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { learnFrom } from "./plate-knowledge.ts";
import { bindRead, readFacts } from "./reads.ts";

/**
 * Decides what an entry does with a vehicle, and writes it: the decision, the session and the command that it comes to.
 *
 * @param read of the vehicle that stands there; undefined where none was read
 * @param word what a person says of the vehicle; left out: its camera alone tells
 */
export function decideAndWriteEntry(
  tx: Tx,
  site: EntrySite,
  now: Instant,
  read: PlateRead | undefined,
  word?: PlateWord,
): EntryStep {
  const { lane: flow } = site;
  const seen = read && readFacts(read);
  const plate = word?.plate ?? seen?.plate ?? "";
  const inside = plate === "" ? [] : findInsideByPlate(tx, plate);
  const same = inside.find((session) => isSameVehicle(flow, session));
  const scene = plateScene(
    tx,
    site,
    {
      plate,
      confidence: word === undefined ? (read?.confidence ?? 0) : 1,
      sameVehicle: same !== undefined,
      insideAlready: inside.length > 0,
      isTold: word !== undefined,
    },
    now,
  );
  const decision = decideEntry(scene);
  const newcomer = {
    plate,
    rawPlate: seen?.rawPlate ?? "",
    vehicleClass: seen?.vehicleClass ?? "unknown",
    vehicleColour: read?.vehicleColour,
    grant: scene.access.grant,
  };
  const session =
    decision.kind === "open" ? (same ?? admitEntrant(tx, flow, now, newcomer, inside)) : undefined;
  const decisionId = flow.decide(tx, now, {
    ...decision,
    ...(word === undefined ? cameraOf(read) : personOf(word, decision)),
    sessionId: session?.sessionId ?? null,
    ...(seen === undefined ? {} : { read: { ...seen, plate } }),
    inputs: inputsOf(scene),
  });
  if (read !== undefined && session !== undefined)
    bindRead(tx, session.sessionId, { ...read, correctedPlate: plate });
  if (read !== undefined && seen !== undefined && word !== undefined)
    learnFrom(tx, read.readerId, seen.plate, plate);
  flow.deps.money?.noteDebts(tx, plate, flow.deps.lane.id, now);
  tellAttendant(tx, flow.deps, now, decision);
  const passage = session && commandEntry(tx, flow, now, decisionId, session, read?.opens);
  return { decision, decisionId, sessionId: session?.sessionId ?? null, passage, plate };
}

function tellAttendant(tx: Tx, { random, lane }: LaneDeps, now: Instant, decision: Decision): void {
  if (decision.kind !== "ask") return clearAlert(tx, now, "attendant-needed", lane.id);
  raiseAlert(tx, random, now, {
    type: "attendant-needed",
    subject: lane.id,
    severity: "warning",
    details: { reason: decision.reason },
  });
}
