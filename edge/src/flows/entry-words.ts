import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { SignMessage } from "@gatehouse/shared/ports/sign";
import { grantText } from "../domain/access.ts";
import { accessSigns } from "@gatehouse/shared/told/access-words";
import { type Decision, type EntryScene, modeInForce } from "../domain/entry.ts";
import type { PlateWord } from "./entry-choice.ts";
import type { DecisionInputs } from "./lane-writing.ts";

/** What an entry's display shows while nobody is being served. */
export const freeSign = (freePlaces: number): SignMessage =>
  freePlaces <= 0
    ? { lines: ["Full"], free: 0, tone: "stop" }
    : { lines: [], free: freePlaces, tone: "neutral" };

/** A camera decides: by whom, and since when it waits for an answer. */
export const cameraOf = (read: PlateRead | undefined) => ({
  actor: { kind: "plate-rule" as const, ...(read === undefined ? {} : { id: read.readerId }) },
  ...(read === undefined ? {} : { receivedMs: read.receivedMs }),
});

/** A person decides, with what they say; they take their time. */
export const personOf = ({ actor, requestId, reason }: PlateWord, { rules }: Decision) => ({
  actor,
  requestId,
  note: reason,
  rules: ["plate-told", ...rules],
});

/** What the ledger keeps of the scene; the plate and its confidence stand beside it. */
export const inputsOf = (scene: EntryScene): DecisionInputs => ({
  confidence_min: scene.confidenceMin,
  free_places: scene.freePlaces,
  mode: modeInForce(scene).mode,
  inside_already: scene.insideAlready,
  grant: grantText(scene.access.grant),
});

/** What the display says to a driver who is not let in, by the reason. */
export const entrySigns: Readonly<Record<string, string>> = {
  ...accessSigns,
  "facility-full": "Full",
  "deny-listed": "No entry",
  "plate-unreadable": "Please wait",
  "turned-away": "No entry",
};
