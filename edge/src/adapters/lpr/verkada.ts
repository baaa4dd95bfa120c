import type { Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import { fitted, looseNumber, plateText, readJson, someId } from "./json-body.ts";
import {
  type PushContent,
  type PushedBody,
  type PushFormat,
  type ReaderSite,
  share,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";

const Seen = z.object({
  camera_id: someId,
  /** Unix seconds. */
  created: z.number().positive().max(1e11),
  confidence: looseNumber,
  license_plate_number: plateText.nullish(),
});

/** A webhook of another kind need not have a plate's fields. */
const Hook = z.object({ webhook_type: z.string().max(40).nullish(), data: z.unknown().optional() });

/** Verkada's licence plate webhook, bare or wrapped in its envelope. Its picture stays in Verkada's cloud. */
export const verkada = ({ readerId }: ReaderSite): PushFormat => ({
  make: "Verkada webhook",
  read: ({ bytes }: PushedBody): PushContent => {
    const value = readJson(bytes, "json");
    const hook = fitted(Hook, value, "json");
    const kind = hook.webhook_type ?? "lpr";
    if (!/lpr|license|plate/i.test(kind)) return { kind: "other", event: kind };
    const seen = fitted(Seen, hook.data ?? value, "json");
    const rawPlate = seen.license_plate_number ?? "";
    return {
      kind: "sightings",
      sightings: [
        {
          readId: madeReadId(readerId, seen.camera_id, String(seen.created), rawPlate),
          rawPlate,
          confidence: shareOf(seen.confidence ?? 0),
          candidates: [],
          vehicleClass: "unknown",
          direction: "unknown",
          at: Math.floor(seen.created * 1000) as Instant,
          retransmission: false,
        },
      ],
    };
  },
});

/** Told as a share or in per cent. */
const shareOf = (told: number): number => share(told > 1 ? told / 100 : told);
