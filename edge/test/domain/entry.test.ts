import fc from "fast-check";
import { laneModes } from "@gatehouse/shared/contracts/lanes";
import { describe, expect, test } from "vitest";
import type { Authorisation, Grant } from "../../src/domain/access.ts";
import { decideEntry, type EntryScene } from "../../src/domain/entry.ts";

const stranger: Authorisation = {
  denied: undefined,
  grant: undefined,
  refused: undefined,
  rules: [],
};
const holding = (kind: Grant["kind"], id = "1"): { access: Authorisation } => ({
  access: { ...stranger, grant: { kind, id, flags: [] }, rules: [kind] },
});
const denied: Authorisation = { ...stranger, denied: "unpaid", rules: ["deny-list"] };
const inUse: Authorisation = {
  ...stranger,
  refused: "permit-passback",
  rules: ["permit-passback"],
};

const scene: EntryScene = {
  plate: "BGH1234",
  confidence: 0.95,
  confidenceMin: 0.6,
  access: stranger,
  facilityMode: "open",
  laneMode: "open",
  freePlaces: 10,
  sameVehicle: false,
  insideAlready: false,
};

describe("an entry lane", () => {
  test.each<[string, Partial<EntryScene>, string, string]>([
    ["lets a stranger in while there is room", {}, "open", "transient"],
    ["takes the last place", { freePlaces: 1 }, "open", "transient"],
    ["refuses a stranger when it is full", { freePlaces: 0 }, "deny", "facility-full"],
    ["refuses when it is more than full", { freePlaces: -3 }, "deny", "facility-full"],
    [
      "lets a permit in when no place is free",
      { freePlaces: 0, ...holding("permit") },
      "open",
      "permit",
    ],
    [
      "lets the allow list in when no place is free",
      { freePlaces: 0, ...holding("allow-list", "") },
      "open",
      "allow-listed",
    ],
    ["lets a visitor in", holding("visitor"), "open", "visitor"],
    ["lets a reservation in", holding("reservation"), "open", "reservation"],
    ["refuses whose permit is in use", { access: inUse }, "deny", "permit-passback"],
    [
      "lets the same vehicle try again when no place is free",
      { freePlaces: 0, sameVehicle: true, insideAlready: true },
      "open",
      "same-vehicle",
    ],
    [
      "lets the same vehicle try again whose permit would be in use",
      { access: inUse, sameVehicle: true },
      "open",
      "same-vehicle",
    ],
    ["refuses the deny list", { access: denied }, "deny", "deny-listed"],
    [
      "refuses the deny list before the same vehicle",
      { access: denied, sameVehicle: true },
      "deny",
      "deny-listed",
    ],
    ["asks when there is no plate", { plate: "" }, "ask", "plate-unreadable"],
    ["asks when the read is unsure", { confidence: 0.59 }, "ask", "plate-unreadable"],
    [
      "asks about an unsure read, even of a listed plate",
      { confidence: 0.1, access: denied },
      "ask",
      "plate-unreadable",
    ],
    ["believes a read that is just sure enough", { confidence: 0.6 }, "open", "transient"],
    [
      "asks a person about a permit that head office has not confirmed for days",
      { rightsAreOld: true, ...holding("permit") },
      "ask",
      "rights-old",
    ],
    ["lets strangers in when rights are old", { rightsAreOld: true }, "open", "transient"],
    ["lets a plate in that is inside already", { insideAlready: true }, "open", "transient"],
  ])("%s", (_, known, kind, reason) => {
    expect(decideEntry({ ...scene, ...known })).toMatchObject({ kind, reason });
  });

  test.each<[string, Partial<EntryScene>, string, string]>([
    ["full to a stranger", { facilityMode: "full" }, "deny", "facility-full"],
    ["full to a permit", { facilityMode: "full", ...holding("permit") }, "open", "permit"],
    ["closed to a stranger", { facilityMode: "closed" }, "deny", "facility-closed"],
    ["closed to a visitor", { facilityMode: "closed", ...holding("visitor") }, "open", "visitor"],
    ["closed at this lane", { laneMode: "closed" }, "deny", "lane-closed"],
    ["full at this lane", { laneMode: "full" }, "deny", "lane-full"],
    [
      "the stricter of both, and whose it is",
      { facilityMode: "full", laneMode: "closed-to-all" },
      "deny",
      "lane-closed-to-all",
    ],
    [
      "closed to all, permits too",
      { facilityMode: "closed-to-all", laneMode: "closed-to-all", ...holding("permit") },
      "deny",
      "facility-closed-to-all",
    ],
    [
      "closed to all, the same vehicle too",
      { facilityMode: "closed-to-all", sameVehicle: true },
      "deny",
      "facility-closed-to-all",
    ],
    [
      "closed to the same vehicle",
      { laneMode: "closed", sameVehicle: true },
      "open",
      "same-vehicle",
    ],
  ])("in its mode is %s", (_, known, kind, reason) => {
    expect(decideEntry({ ...scene, ...known })).toMatchObject({ kind, reason });
  });

  test("names every rule that fired, in order", () => {
    expect(decideEntry({ ...scene, insideAlready: true }).rules).toEqual([
      "free-places",
      "inside-already",
    ]);
    expect(decideEntry({ ...scene, insideAlready: true, ...holding("permit") }).rules).toEqual([
      "permit",
      "inside-already",
    ]);
    const expired = { ...stranger, rules: ["permit-expired"] };
    expect(decideEntry({ ...scene, access: expired }).rules).toEqual([
      "permit-expired",
      "free-places",
    ]);
    expect(decideEntry({ ...scene, access: expired, laneMode: "full" }).rules).toEqual([
      "permit-expired",
      "mode",
    ]);
  });

  test("never opens to more vehicles in a stricter mode", () => {
    const mode = fc.constantFrom(...laneModes);
    const access = fc.constantFrom(stranger, denied, inUse, holding("permit").access);
    fc.assert(
      fc.property(
        fc.record({
          access,
          facilityMode: mode,
          laneMode: mode,
          freePlaces: fc.integer({ min: -2, max: 2 }),
          sameVehicle: fc.boolean(),
          insideAlready: fc.boolean(),
        }),
        mode,
        (known, other) => {
          const opens = (one: Partial<EntryScene>): boolean =>
            decideEntry({ ...scene, ...known, ...one }).kind === "open";
          const isStricter = laneModes.indexOf(other) >= laneModes.indexOf(known.laneMode);
          fc.pre(isStricter);
          expect([opens({ laneMode: other }), opens({})]).not.toEqual([true, false]);
        },
      ),
    );
  });
});
