import type { Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import { fitted, looseNumber, plateText, readJson } from "./json-body.ts";
import type { ListedSighting, PollFormat } from "./poll-format.ts";
import { share } from "./push-format.ts";

const largestLog = 4 * 1024 * 1024;
const entriesMax = 20_000;

const Log = z.object({
  INFORMATION: z
    .array(
      z.object({
        /** Microseconds since 1970. */
        TS: z.string().regex(/^\d{13,18}$/, "is no row of digits"),
        CAR_ID: z.union([z.string().max(40), z.number()]).nullish(),
        LPR: plateText,
        THRESHOLD: looseNumber,
        COUNTRY: z.string().max(20).nullish(),
      }),
    )
    .max(entriesMax)
    .default([]),
});

/** LILIN's log of plates: always the whole of it, newest first; what is new is told by its time. */
export const lilin = (): PollFormat => ({
  make: "LILIN LPR camera",
  startAt: () => "0",
  ask: () => ({ method: "GET", path: "/get_search_info?list=log" }),
  read: (body) =>
    fitted(Log, readJson(body, "json", largestLog), "json").INFORMATION.map(
      (entry): ListedSighting => ({
        place: entry.TS,
        sighting: {
          readId: `${entry.TS}-${entry.CAR_ID ?? ""}`,
          rawPlate: entry.LPR,
          confidence: share(entry.THRESHOLD ?? 0),
          candidates: [],
          ...(entry.COUNTRY ? { country: entry.COUNTRY } : {}),
          vehicleClass: "unknown",
          direction: "unknown",
          at: Number(BigInt(entry.TS) / 1000n) as Instant,
          retransmission: false,
        },
      }),
    ),
});
