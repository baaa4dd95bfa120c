import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { expect, onTestFinished, test } from "vitest";
import { CarPark } from "./car-park.ts";

/** An exit with a printer of its own, and a car before it that pays by card. */
async function exitWithPrinter(receipts?: "always") {
  const equipment: Record<string, { printer?: PrinterSim }> = { "exit-1": {} };
  const park = new CarPark({
    equipment,
    change: (config) => ({
      ...config,
      lanes: config.lanes.map((lane) =>
        lane.id === "exit-1" && receipts !== undefined ? { ...lane, receipts } : lane,
      ),
    }),
  });
  const printer = new PrinterSim(park.machine, "printer-exit-1");
  equipment["exit-1"] = { printer };
  await park.boot();
  onTestFinished(() => park.facility.stop());
  await park.enter("BGH1234");
  await park.pass(3600);
  park.cards("exit-1", true);
  return { park, printer };
}

/** It stands there, pays, and the gate opens for it. */
async function pay(park: CarPark): Promise<void> {
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  for (let tries = 0; park.payments[0]?.status !== "captured" && tries < 100; tries += 1)
    await park.pass(0.1);
  expect(park.payments).toMatchObject([{ status: "captured" }]);
}

async function pressButton(park: CarPark): Promise<void> {
  const button = park.lane("exit-1").inputs.input("ticket");
  button.set(false);
  await park.pass(0.2);
  button.set(true);
  await park.pass(0.2);
  button.set(false);
  await park.pass(0.2);
}

const textOf = (paper: unknown): string => JSON.stringify(paper);

test("who has paid at an exit gets the receipt at the press of the button, once, while they stand there", async () => {
  const { park, printer } = await exitWithPrinter();
  await pressButton(park);
  expect(printer.papers).toHaveLength(0);
  await pay(park);
  expect(printer.papers).toHaveLength(0);
  await pressButton(park);
  await pressButton(park);
  await park.pass(2);
  expect(printer.papers.map(textOf)).toEqual([expect.stringContaining("3,13")]);
  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("BGH1234")).toMatchObject({ status: "closed" });
  await pressButton(park);
  await park.pass(2);
  expect(printer.papers).toHaveLength(1);

  const [receipt] = park.facility.documents.list({}).documents;
  const wish = { request_id: "press-0001", printer_id: "printer-exit-1" };
  const anna = { kind: "attendant", id: "anna" } as const;
  const again = park.facility.documents.print(receipt?.document_id ?? "", wish, anna);
  await park.pass(3);
  expect(await again).toMatchObject({ copy: 1 });
  expect(textOf(printer.papers[1])).toContain("KOPIE 1");
  expect(park.facts("document-reprinted")).toMatchObject([{ copy: 1, by: anna }]);
});

test("where the lane says so the receipt comes out by itself", async () => {
  const { park, printer } = await exitWithPrinter("always");
  await pay(park);
  await park.pass(2.1);
  expect(printer.papers).toHaveLength(1);
  await pressButton(park);
  await park.pass(2);
  expect(printer.papers).toHaveLength(1);
});

test("a printer without paper is told to people, and the gate opens all the same", async () => {
  const { park, printer } = await exitWithPrinter("always");
  printer.fault = "printer-no-paper";
  await pay(park);
  await park.pass(2.1);
  expect(park.openings("exit-1")).toBe(1);
  expect(park.alert("receipt-not-printed")).toMatchObject({ subject: "exit-1" });
  printer.fault = undefined;
  await pressButton(park);
  await park.pass(2);
  expect(printer.papers).toHaveLength(1);
  expect(park.alert("receipt-not-printed")).toBeUndefined();
  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("BGH1234")).toMatchObject({ status: "closed" });
});
