import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, instantOf, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { PlateSpelling } from "../../src/domain/plate-grammar.ts";
import { platesOf } from "../../src/flows/reads.ts";
import { VehicleReads } from "../../src/flows/vehicle-reads.ts";
import { readPlateProfiles } from "../../src/vision/plate/profile.ts";

const start = instantOf("2026-06-01T05:30:00Z") as Instant;
const french = new PlateSpelling(readPlateProfiles(), ["FR"]);
const nobody = (): boolean => false;
let reads = 0;

const read = (rawPlate: string, known: Partial<PlateRead> = {}): PlateRead => ({
  readId: `read-${++reads}`,
  readerId: "camera-entry-1",
  laneId: "entry-1",
  rawPlate,
  confidence: 0.9,
  candidates: [],
  vehicleClass: "car",
  direction: "forward",
  at: start,
  receivedAt: start,
  receivedMs: 0,
  retransmission: false,
  ...known,
});

describe("the reads of one vehicle", () => {
  test("are put right as plates are written, and stay beside it as they came", () => {
    const vehicle = new VehicleReads(new VirtualClock(start), french);
    const agreed = vehicle.agreed(read("AA-OO1-AA"), nobody);
    expect(agreed.rawPlate).toBe("AA-OO1-AA");
    expect(platesOf(agreed).plate).toBe("AA001AA");
  });

  test("are put right no further where somebody knows the plate as it was read", () => {
    const vehicle = new VehicleReads(new VirtualClock(start), french);
    const agreed = vehicle.agreed(read("AAOO1AA"), (plate) => plate === "AAOO1AA");
    expect(platesOf(agreed).plate).toBe("AAOO1AA");
  });

  test("follow what the camera says of the plate's country", () => {
    const vehicle = new VehicleReads(new VirtualClock(start), french);
    expect(platesOf(vehicle.agreed(read("AAOO1AA", { country: "NL" }), nobody)).plate).toBe(
      "AAOO1AA",
    );
    expect(platesOf(vehicle.agreed(read("AAOO1AA", { country: "unknown" }), nobody)).plate).toBe(
      "AA001AA",
    );
  });

  test("vote with the confidence of each character, gaps in the raw plate or not", () => {
    const vehicle = new VehicleReads(new VirtualClock(start), undefined);
    vehicle.note(read("8-GH1", { characterConfidences: [0.5, 0, 0.9, 0.9, 0.9] }));
    const second = read("B-GH1", { characterConfidences: [0.95, 0, 0.9, 0.9, 0.9] });
    expect(platesOf(vehicle.agreed(second, nobody)).plate).toBe("BGH1");
  });

  test("of another plate, or long ago, are of another vehicle", async () => {
    const clock = new VirtualClock(start);
    const vehicle = new VehicleReads(clock, undefined);
    vehicle.note(read("BGH1234"));
    expect(vehicle.maySee(read("8GH1234"))).toBe(true);
    expect(vehicle.maySee(read("KAX7771"))).toBe(false);
    expect(vehicle.maySee(read(""))).toBe(false);
    await clock.advance(minutes(2));
    expect(vehicle.maySee(read("8GH1234"))).toBe(false);
    vehicle.clear();
    expect(vehicle.last).toBeUndefined();
  });
});
