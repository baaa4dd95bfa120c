import { generateKeyPairSync } from "node:crypto";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { expect, test } from "vitest";
import { keepPermit } from "../../src/store/rights.ts";
import type { CarPark } from "../flows/car-park.ts";
import { soon, textOf } from "./kiosk-page.ts";
import { type ParkPage, parkPages } from "./park-page.ts";

const open = parkPages();

const { privateKey } = generateKeyPairSync("ed25519");
const ticketKey = String(privateKey.export({ type: "pkcs8", format: "pem" }));

/** Lets time pass in the car park until the page shows it. */
async function shows(it: ParkPage, selector: string, text: RegExp | string): Promise<void> {
  const seen = async (): Promise<string> => {
    await it.pass(0.5);
    return it.page.locator(selector).first().innerText({ timeout: 1000 }).catch(String);
  };
  await expect.poll(seen, soon).toMatch(text);
}

/** Lets time pass until it has happened in the car park. */
async function happens(it: ParkPage, count: () => number, wanted: number): Promise<void> {
  const counted = async (): Promise<number> => {
    await it.pass(0.5);
    return count();
  };
  await expect.poll(counted, soon).toBe(wanted);
}

const button = (it: ParkPage, name: string | RegExp) =>
  it.page.getByRole("button", { name, exact: typeof name === "string" });

const permit = (park: CarPark): void =>
  park.book.write((tx) =>
    keepPermit(tx, {
      permit_id: "season-7",
      plates: ["BGH1234"],
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: "2027-01-01T00:00:00Z",
      holder: "Kanzlei Ahrens",
    }),
  );

/** A facility with tickets: a printer at the first entry. */
function ticketed() {
  const equipment: Record<string, { printer?: PrinterSim }> = { "entry-1": {} };
  return {
    park: { ticketKey, equipment },
    equip: (park: CarPark): void => {
      equipment["entry-1"] = { printer: new PrinterSim(park.machine, "printer-1") };
    },
    papers: () => equipment["entry-1"]?.printer?.papers ?? [],
  };
}

/** An unsure read at the entry. */
async function asks(it: ParkPage, plate: string): Promise<void> {
  await it.park.arrive("entry-1");
  it.park.read("entry-1", plate, { confidence: 0.4 });
  await shows(it, '[data-lane="entry-1"] .lane-acts', "Who is at entry-1?");
  await it.page.keyboard.press("F1");
}

test("an entry that asks lets in under the permit whose plate a person picks", async (context) => {
  const it = await open(context, { prepare: async (park) => permit(park) });
  const { page, park } = it;
  await asks(it, "8GH1234");
  await expect.poll(textOf(page, ".candidate"), soon).toMatch(/BGH1234.*permit.*Kanzlei Ahrens/s);
  await page.keyboard.press("1");
  await button(it, "Seen on the picture").click();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  await shows(it, '[data-lane="entry-1"] .lane-said', "the plate has a valid permit");
  await park.cross("entry-1");
  expect(park.session("BGH1234")).toMatchObject({ status: "open", permitId: "season-7" });
  expect(park.openings("entry-1")).toBe(1);
  expect(it.complaints).toEqual([]);
});

test("a plate is written as it truly is, and the lists decide", async (context) => {
  const it = await open(context);
  await asks(it, "B?77");
  await it.page.getByLabel("Its plate, as it truly is").fill("b-el 77");
  await button(it, "Driver says so").click();
  await button(it, /^It is B-EL 77/).click();
  await happens(it, () => it.park.openings("entry-1"), 1);
  expect(it.park.facts("lane-decided").at(-1)).toMatchObject({
    plate: "BEL77",
    actor: { id: "anna" },
    note: "Driver says so",
  });
});

test("a vehicle is turned away, and its camera lets it in no more", async (context) => {
  const it = await open(context);
  await asks(it, "8GH1234");
  await button(it, "Turn away").click();
  await button(it, "Too high").click();
  await it.page.keyboard.press("Enter");
  await shows(it, '[data-lane="entry-1"] .lane-said', "a person turned it away");
  expect(it.park.read("entry-1", "BGH1234")).toMatchObject({ reason: "turned-away" });
  expect(it.park.openings("entry-1")).toBe(0);
});

test("a ticket is handed out, taken by its number at the exit, and printed again", async (context) => {
  const site = ticketed();
  const it = await open(context, site);
  const { page, park } = it;
  park.cards("exit-1", true);
  await asks(it, "");
  await button(it, "Hand out a ticket").click();
  await button(it, /^Print a ticket/).click();
  await happens(it, () => park.openings("entry-1"), 1);
  await park.cross("entry-1");
  await park.pass(10);
  const texts = site.papers()[0]?.flatMap((piece) => ("text" in piece ? [piece.text] : [])) ?? [];
  const number = texts.findLast((text) => /^\d+$/.test(text)) ?? "";

  await page.keyboard.press("F1");
  await button(it, "Plate, ticket, call…").click();
  await button(it, "Hand out a ticket").click();
  await page.getByLabel("Number on the ticket").fill(number);
  await button(it, "Print again").click();
  await happens(it, () => site.papers().length, 2);

  await park.arrive("exit-1");
  park.read("exit-1", "", { confidence: 0 });
  await shows(it, '[data-lane="exit-1"] .lane-acts', "Who is at exit-1?");
  await page.keyboard.press("F3");
  await button(it, "Ticket or lost").click();
  await page.getByLabel("Number on the ticket").fill(number);
  await page.keyboard.press("Enter");
  await shows(it, '[data-lane="exit-1"] .lane-said', "The driver is asked to pay.");
  await park.pass(8);
  await park.cross("exit-1");
  await park.pass(10);
  expect(park.sessions).toMatchObject([{ status: "closed", paymentStatus: "paid" }]);
});

test("a lost ticket costs the stay since the driver came in, by the facility's clock", async (context) => {
  const it = await open(context);
  const { page, park } = it;
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "", { confidence: 0 });
  await shows(it, '[data-lane="exit-1"] .lane-acts', "Who is at exit-1?");
  await page.keyboard.press("F3");
  await button(it, "Ticket or lost").click();
  await page.getByLabel("When they came in, if they know it").fill("2026-06-01T05:30");
  await button(it, "Lost").click();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  await park.pass(8);
  await park.cross("exit-1");
  await park.pass(10);
  // From 05:30 until shortly after 07:30: nine quarters of an hour at 2.50 an hour.
  expect(park.sessions).toMatchObject([{ status: "closed", paidAmount: 563 }]);
});

test("an attendant calls a supervisor to a lane, and every desk sees it", async (context) => {
  const it = await open(context);
  await it.park.arrive("exit-1");
  it.park.read("exit-1", "MAB1234");
  await shows(it, '[data-lane="exit-1"] .lane-acts', "Who is at exit-1?");
  await it.page.keyboard.press("F3");
  await button(it, "Call").click();
  await button(it, "Needs a supervisor").click();
  await it.page.keyboard.press("Enter");
  await shows(it, ".help-call", /anna asks for help: Needs a supervisor/);
  expect(it.park.alert("help-call")?.details).toMatchObject({ plate: "MAB1234" });
});

test("an attendant changes a visit, and ends it", async (context) => {
  const it = await open(context);
  const { page } = it;
  await button(it, "Visitors & lists").click();
  await page.getByLabel("Plate", { exact: true }).fill("HB-EL 77");
  await page.getByLabel("Name", { exact: true }).fill("Elektro Hansen");
  await page.getByLabel("Until", { exact: true }).fill("2026-06-01T18:00");
  await button(it, "Repairs").click();
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".sheet-said"), soon).toContain("until 2026-06-01 18:00");

  await button(it, "Change").click();
  expect(await page.getByLabel("Until", { exact: true }).inputValue()).toBe("2026-06-01T18:00");
  await page.getByLabel("Name", { exact: true }).fill("Elektro Hansen & Sohn");
  await button(it, "At the gate").click();
  await button(it, /^Save the change/).click();
  await expect.poll(textOf(page, ".right-row"), soon).toContain("Hansen & Sohn");

  await button(it, "End").click();
  await button(it, "Cancelled").click();
  await button(it, /^No longer expected/).click();
  await expect.poll(textOf(page, ".right-list .empty"), soon).toBe("Nobody is expected.");
  expect(it.park.facts("visitor-changed").at(-1)).toMatchObject({
    reason: "Cancelled",
    after: { ended: true },
  });
  expect(it.complaints).toEqual([]);
});

test("a technician quarantines a device and approves it again; a supervisor only looks", async (context) => {
  const it = await open(context, { who: "chen" });
  const { page } = it;
  await button(it, "Devices & work").click();
  await page.getByLabel("Search by name, kind, make or lane").fill("camera-entry-1");
  await page.locator(".device-choice").first().click();
  await page.getByRole("radio", { name: "Quarantine" }).check();
  await button(it, "Sends nonsense").click();
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".device-choice"), soon).toContain("Quarantined");
  await page.getByRole("radio", { name: "Approve" }).check();
  await button(it, "Checked on site").click();
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".device-choice"), soon).not.toContain("Quarantined");
  expect(await page.locator(".device-facts").innerText()).toContain("by chen: Checked on site");

  const boris = await open(context, { who: "boris" });
  await button(boris, "Devices & work").click();
  await expect
    .poll(textOf(boris.page, ".sheet-said"), soon)
    .toBe("Technicians approve, quarantine and retire devices.");
});

test("an attendant reports a fault; a supervisor gives, plans and finishes the job", async (context) => {
  const anna = await open(context);
  await button(anna, "Devices & work").click();
  await anna.page.getByLabel("Device", { exact: true }).fill("entry-1-gate");
  await anna.page.getByLabel("What is wrong, or to be done").fill("The arm shakes");
  await anna.page.keyboard.press("Enter");
  await expect.poll(textOf(anna.page, ".right-row"), soon).toContain("The arm shakes");
  expect(await button(anna, "Next step").count()).toBe(0);

  const it = await open(context, {
    who: "boris",
    prepare: async (park) => {
      const asked = {
        request_id: "fault-0001",
        equipment_id: "entry-1-gate",
        maintenance_type: "gate",
        description: "The arm shakes",
      };
      park.facility.registry.openTicket(asked, { kind: "attendant", id: "anna" });
    },
  });
  const { page } = it;
  await button(it, "Devices & work").click();
  await button(it, "Work").click();
  for (const [step, line, seen] of [
    ["Give to", "chen", "with chen"],
    ["Plan", "2026-06-02T08:00", /planned for .*08:00/],
    ["Done", "New hinge", "No work waits."],
  ] as const) {
    await button(it, "Next step").click();
    await page.getByRole("radio", { name: step }).check();
    await page.locator(".whole-line input").fill(line);
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, ".right-list"), soon).toMatch(seen);
  }
  expect(it.park.facts("ticket-changed").at(-1)).toMatchObject({ status: "completed" });
});
