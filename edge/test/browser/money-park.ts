import { generateKeyPairSync } from "node:crypto";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { expect } from "vitest";
import { TillConfig } from "@gatehouse/shared/contracts/till-config";
import type { CarPark, CarParkOptions } from "../flows/car-park.ts";
import { soon } from "./kiosk-page.ts";
import type { ParkPage } from "./park-page.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const shiftKey = String(privateKey.export({ type: "pkcs8", format: "pem" }));

/** A facility with a till beside its exit, whose receipts come out of that exit's printer. */
export function tillSite(change?: CarParkOptions["change"]) {
  const equipment: Record<string, { printer?: PrinterSim }> = { "exit-1": {} };
  const till = TillConfig.parse({ id: "till-1", name: "Exit desk", printer: "printer-1" });
  return {
    park: {
      shiftKey,
      equipment,
      change: (config) => {
        const { business } = config;
        const own = {
          name: "Parkhaus Süd GmbH",
          address: "Ringstraße 1\n10115 Berlin",
          plate_on_receipts: true,
          ...business,
          receipt_url: "http://10.0.0.5:8080",
        };
        const changed = { ...config, business: own, tills: [till] };
        return change?.(changed) ?? changed;
      },
    } satisfies CarParkOptions,
    equip: (park: CarPark): void => {
      equipment["exit-1"] = { printer: new PrinterSim(park.machine, "printer-1") };
    },
    papers: () => equipment["exit-1"]?.printer?.papers ?? [],
  };
}

/** A car that stands at the first exit and owes, with a card that the bank declines. */
export async function owes(park: CarPark, plate = "BGH1234", hours = 1): Promise<void> {
  await park.enter(plate);
  await park.pass(hours * 3600);
  park.cards("exit-1", false);
  await park.arrive("exit-1");
  park.read("exit-1", plate);
  await park.pass(8);
}

/** Lets time pass in the car park until the page shows it. */
export async function shows(it: ParkPage, selector: string, text: RegExp | string): Promise<void> {
  const seen = async (): Promise<string> => {
    await it.pass(0.5);
    return it.page.locator(selector).first().innerText({ timeout: 1000 }).catch(String);
  };
  await expect.poll(seen, soon).toMatch(text);
}

export const button = (it: ParkPage, name: string | RegExp) =>
  it.page.getByRole("button", { name, exact: typeof name === "string" });

/** Presses a button as soon as the page lets it: news must be fresh for it, so time passes in the car park. */
export async function act(it: ParkPage, name: string | RegExp): Promise<void> {
  const isReady = async (): Promise<boolean> => {
    await it.pass(0.5);
    return button(it, name).isEnabled({ timeout: 1000 });
  };
  await expect.poll(isReady, soon).toBe(true);
  await button(it, name).click();
}

/** Waits until no sheet is open. */
export async function closed(it: ParkPage): Promise<void> {
  const sheets = async (): Promise<number> => {
    await it.pass(0.5);
    return it.page.locator("dialog").count();
  };
  await expect.poll(sheets, soon).toBe(0);
}

/** Another person takes the page over. */
export async function signInAs(it: ParkPage, name: string, pin: string): Promise<void> {
  await button(it, "Sign out").click();
  await it.page.getByRole("radio", { name }).check();
  await it.page.keyboard.type(pin);
  await it.page.keyboard.press("Enter");
  await it.page.locator(".lane").first().waitFor();
}

/** Begins a shift with a float at the only till, by what the page offers. */
export async function beginShift(it: ParkPage, float: string): Promise<void> {
  await button(it, /No shift/).click();
  await it.page.getByLabel("Float in the drawer").fill(float);
  await it.page.keyboard.press("Enter");
  await expect.poll(() => it.page.locator(".shift-button").innerText(), soon).toContain("Shift at");
  await it.page.keyboard.press("Escape");
}
