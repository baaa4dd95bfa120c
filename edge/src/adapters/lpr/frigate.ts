import type { Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import { fitted, plateText, readJson } from "./json-body.ts";
import { BadPush, longestReadId } from "./push-format.ts";

/** What a message says of one vehicle that Frigate follows. */
export interface FrigateNews {
  readonly id: string;
  readonly camera: string;
  readonly label: string | undefined;
  /** Where it is and has been. */
  readonly zones: readonly string[];
  readonly plate:
    | { readonly text: string; readonly score: number; readonly at: Instant }
    | undefined;
  readonly isOver: boolean;
}

/** Unix seconds with fractions. */
const moment = z.number().positive().max(1e11);
const name = z.string().max(64);
const id = z.string().min(1).max(longestReadId);

const Followed = z.object({
  id,
  camera: name,
  label: name.nullish(),
  false_positive: z.boolean().nullish(),
  frame_time: moment.nullish(),
  start_time: moment.nullish(),
  current_zones: z.array(name).max(50).nullish(),
  entered_zones: z.array(name).max(50).nullish(),
  // Some releases tell plate and score as a pair.
  recognized_license_plate: z
    .union([plateText, z.tuple([plateText, z.number().nullable()])])
    .nullish(),
  recognized_license_plate_score: z.number().nullish(),
});

const Event = z.object({ type: z.enum(["new", "update", "end"]), after: Followed });

const Update = z.object({
  type: z.string().max(40),
  id,
  camera: name.nullish(),
  plate: plateText.nullish(),
  score: z.number().nullish(),
  timestamp: moment.nullish(),
});

/**
 * Reads a message below `frigate/`.
 *
 * @returns undefined when it tells of no vehicle
 * @throws BadPush
 */
export function readFrigate(
  topic: string,
  payload: Buffer,
): FrigateNews | { readonly available: string } | undefined {
  if (topic === "frigate/available") return { available: payload.toString("latin1", 0, 20) };
  if (topic === "frigate/events") return ofEvent(fitted(Event, readJson(payload, "json"), "json"));
  if (topic !== "frigate/tracked_object_update") return undefined;
  const update = fitted(Update, readJson(payload, "json"), "json");
  if (update.type !== "lpr" || !update.plate || !update.camera) return undefined;
  return {
    id: update.id,
    camera: update.camera,
    label: undefined,
    zones: [],
    plate: plateOf(update.plate, update.score, update.timestamp),
    isOver: false,
  };
}

function ofEvent({ type, after }: z.infer<typeof Event>): FrigateNews | undefined {
  if (after.false_positive === true) return undefined;
  const told = after.recognized_license_plate;
  const [text, score] = Array.isArray(told) ? told : [told, after.recognized_license_plate_score];
  return {
    id: after.id,
    camera: after.camera,
    label: after.label ?? undefined,
    zones: [...(after.current_zones ?? []), ...(after.entered_zones ?? [])],
    plate: text ? plateOf(text, score, after.frame_time ?? after.start_time) : undefined,
    isOver: type === "end",
  };
}

function plateOf(
  text: string,
  score: number | null | undefined,
  at: number | null | undefined,
): FrigateNews["plate"] {
  if (at === null || at === undefined) throw new BadPush("timestamp", "is missing");
  return { text, score: score ?? 0, at: Math.floor(at * 1000) as Instant };
}
