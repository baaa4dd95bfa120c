import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { decideExit, type ExitScene } from "../../src/domain/exit.ts";
import { type QuoteScene, quoteStay } from "../../src/domain/quote.ts";

const quote = (known: Partial<QuoteScene> = {}) =>
  quoteStay({
    tariff: defaultTariff,
    zone: { timezone: "Europe/Berlin", holidays: [] },
    vehicleClass: "car",
    entry: 0 as Instant,
    entrySteady: 0,
    nowSteady: 3_600_000,
    paid: 0,
    hasPermit: false,
    graceUntilSteady: undefined,
    ...known,
  });
const scene: ExitScene = {
  plate: "BGH1234",
  confidence: 0.95,
  confidenceMin: 0.6,
  match: "exact",
  quote: quote(),
  hasTerminal: true,
  isLocked: false,
};

describe("an exit lane", () => {
  test.each<[string, Partial<ExitScene>, string, string]>([
    ["collects what is owed", {}, "collect", "owes"],
    ["asks for a person where no terminal stands", { hasTerminal: false }, "ask", "owes"],
    ["opens for a stay that costs nothing", { quote: quote({ nowSteady: 0 }) }, "open", "free"],
    ["opens for a permit", { quote: quote({ hasPermit: true }) }, "open", "permit"],
    [
      "opens within the grace",
      { quote: quote({ paid: 250, graceUntilSteady: 3_600_001 }) },
      "open",
      "within-grace",
    ],
    ["opens when all is paid", { quote: quote({ paid: 250 }) }, "open", "settled"],
    [
      "opens without a terminal when nothing is owed",
      { quote: quote({ paid: 250 }), hasTerminal: false },
      "open",
      "settled",
    ],
    [
      "asks when there is no plate",
      { plate: "", match: "none", quote: undefined },
      "ask",
      "plate-unreadable",
    ],
    [
      "asks when nobody of that plate is inside",
      { match: "none", quote: undefined },
      "ask",
      "no-session",
    ],
    ["asks when several fit", { match: "several", quote: undefined }, "ask", "several-sessions"],
    ["takes a close match of a sure read", { match: "close" }, "collect", "owes"],
    [
      "asks about a close match of an unsure read",
      { match: "close", confidence: 0.59 },
      "ask",
      "plate-doubtful",
    ],
    ["takes an exact match of an unsure read", { confidence: 0.1 }, "collect", "owes"],
    ["takes the camera's candidate", { match: "candidate", confidence: 0.1 }, "collect", "owes"],
  ])("%s", (_, known, kind, reason) => {
    expect(decideExit({ ...scene, ...known })).toMatchObject({ kind, reason });
  });

  test("says how the session was found and what the price rests on", () => {
    expect(decideExit({ ...scene, match: "close" }).rules).toEqual(["match-close", "tariff"]);
  });
});
