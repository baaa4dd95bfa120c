import { generateKeyPairSync } from "node:crypto";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { describe, expect, test } from "vitest";
import { deniedInside } from "../../src/flows/alerts.ts";
import { keepListEntry } from "../../src/store/rights.ts";
import { CarPark, morning } from "./car-park.ts";

const key = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });

async function opened() {
  const equipment: Record<string, { printer?: PrinterSim }> = { "entry-1": {} };
  const park = new CarPark({ ticketKey: String(key), equipment });
  Object.assign(equipment, { "entry-1": { printer: new PrinterSim(park.machine, "printer-1") } });
  await park.boot();
  park.book.write((tx) =>
    keepListEntry(tx, { list: "deny", plate: "BGH1Z34", reason: "unpaid stays" }, morning),
  );
  return park;
}

async function leave(park: CarPark, plate: string): Promise<void> {
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", plate);
  await park.pass(8);
  await park.cross("exit-1");
  await park.pass(12);
}

describe("a denied plate that is read when its vehicle has been let in", () => {
  test("is told to people; the gate opens once and the vehicle gets in and out", async () => {
    const park = await opened();
    await park.arrive("entry-1");
    expect(park.read("entry-1", "BGH1234").kind).toBe("open");
    park.read("entry-1", "BGH1Z34", { confidence: 0.7 });
    await park.cross("entry-1");
    await park.pass(10);
    const session = park.session("BGH1234");
    expect(session.status).toBe("open");
    expect(park.alert(deniedInside)).toMatchObject({
      subject: session.sessionId,
      details: { reason: "unpaid stays", lane_id: "entry-1" },
    });
    expect(park.openings("entry-1")).toBe(1);
    await leave(park, "BGH1234");
    expect(park.session("BGH1234").status).toBe("closed");
    expect(park.alert(deniedInside)).toBeUndefined();
  });

  test("is told when a slow camera brings it after the vehicle has passed", async () => {
    const park = await opened();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    const seenAt = park.machine.now();
    await park.cross("entry-1");
    expect(park.read("entry-1", "BGH1Z34", { at: seenAt }).kind).toBe("ignore");
    expect(park.alert(deniedInside)).toBeDefined();
  });

  test("is told of a vehicle that came in with a ticket", async () => {
    const park = await opened();
    await park.arrive("entry-1");
    const button = park.lane("entry-1").inputs.input("ticket");
    button.set(false);
    await park.pass(0.1);
    button.set(true);
    await park.pass(2.3);
    expect(park.commands).toHaveLength(1);
    park.read("entry-1", "BGH1Z34");
    expect(park.alert(deniedInside)).toMatchObject({ subject: park.sessions[0]?.sessionId });
    await park.cross("entry-1");
    expect(park.sessions).toMatchObject([{ status: "open" }]);
  });

  test("is no matter any more when the vehicle backs off", async () => {
    const park = await opened();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    park.read("entry-1", "BGH1Z34", { confidence: 0.7 });
    await park.backOff("entry-1");
    await park.pass(60);
    expect(park.session("BGH1234").status).toBe("cancelled");
    expect(park.alert(deniedInside)).toBeUndefined();
  });
});
