import type { ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { z } from "zod";
import { fitted, plateText, readJson, someId } from "./json-body.ts";
import { instantOfWall } from "./local-time.ts";
import {
  BadPush,
  type PushContent,
  type PushedBody,
  type PushFormat,
  type ReaderSite,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";

const Question = z.object({
  ParkID: someId.nullish(),
  Plate: plateText,
  ChannelName: z.string().max(200).nullish(),
  ChannelNo: someId.nullish(),
  IoTime: z.string().max(40),
});

/**
 * A lane controller's question "may this vehicle pass?", answered in the same call (the vehicle check of Chinese
 * parking interfaces): `EnableOpen` is the decision, `DispMsg` what its display shows. It tells no confidence, having
 * made up its mind already: its plates count whole.
 */
export const gateQuery = (site: ReaderSite): PushFormat => ({
  make: "Gate controller's question",
  asks: true,
  answer: ([outcome]) => ({
    Code: 1,
    EnableOpen: outcome?.kind === "open",
    VehicleType: "",
    DispMsg: saidFor(outcome),
  }),
  read: ({ bytes }: PushedBody): PushContent => {
    const asked = fitted(Question, readJson(bytes, "json"), "json");
    const at = instantOfWall(asked.IoTime, site.timezone);
    if (at === undefined) throw new BadPush("IoTime", "is no time such as 2026-11-20 14:22:33");
    const { ParkID, ChannelName, ChannelNo, Plate, IoTime } = asked;
    const channel = ChannelNo ?? ChannelName ?? "";
    return {
      kind: "sightings",
      sightings: [
        {
          readId: madeReadId(site.readerId, ParkID ?? "", channel, IoTime, Plate),
          rawPlate: Plate,
          confidence: Plate === "" ? 0 : 1,
          candidates: [],
          vehicleClass: "unknown",
          direction: "unknown",
          at,
          retransmission: false,
        },
      ],
    };
  },
});

const saidFor = (outcome: ReadOutcome | undefined): string => {
  if (outcome?.kind === "open") return "Welcome";
  if (outcome?.kind !== "deny") return "Please wait";
  return denials[outcome.reason] ?? "No entry";
};

const denials: Readonly<Record<string, string>> = { "facility-full": "Full" };
