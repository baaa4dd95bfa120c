import { describe, expect, test } from "vitest";
import { decideEntry, type EntryScene } from "../../src/domain/entry.ts";

const scene: EntryScene = {
  plate: "BGH1234",
  confidence: 0.95,
  confidenceMin: 0.6,
  denied: undefined,
  allowed: undefined,
  permitId: undefined,
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
    ["lets a permit in when it is full", { freePlaces: 0, permitId: "p1" }, "open", "permit"],
    [
      "lets the allow list in when it is full",
      { freePlaces: 0, allowed: "staff" },
      "open",
      "allow-listed",
    ],
    [
      "lets the same vehicle try again when it is full",
      { freePlaces: 0, sameVehicle: true, insideAlready: true },
      "open",
      "same-vehicle",
    ],
    ["refuses the deny list", { denied: "unpaid" }, "deny", "deny-listed"],
    [
      "refuses the deny list before any right",
      { denied: "unpaid", permitId: "p1", allowed: "staff", sameVehicle: true },
      "deny",
      "deny-listed",
    ],
    ["asks when there is no plate", { plate: "" }, "ask", "plate-unreadable"],
    ["asks when the read is unsure", { confidence: 0.59 }, "ask", "plate-unreadable"],
    [
      "asks about an unsure read, even of a listed plate",
      { confidence: 0.1, denied: "unpaid" },
      "ask",
      "plate-unreadable",
    ],
    ["believes a read that is just sure enough", { confidence: 0.6 }, "open", "transient"],
    ["lets a plate in that is inside already", { insideAlready: true }, "open", "transient"],
  ])("%s", (_, known, kind, reason) => {
    expect(decideEntry({ ...scene, ...known })).toMatchObject({ kind, reason });
  });

  test("says that the plate was inside already", () => {
    expect(decideEntry({ ...scene, insideAlready: true }).rules).toEqual([
      "free-places",
      "inside-already",
    ]);
    expect(decideEntry({ ...scene, insideAlready: true, permitId: "p" }).rules).toEqual([
      "permit",
      "inside-already",
    ]);
  });
});
