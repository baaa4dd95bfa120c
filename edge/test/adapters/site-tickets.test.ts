import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import { instantOf, type Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { DeviceConfigError } from "../../src/adapters/device-config-error.ts";
import { buildTickets } from "../../src/adapters/printer/site-tickets.ts";

const lane = (id: string, known: object): LaneConfig =>
  LaneConfig.parse({
    id,
    name: id,
    direction: "entry",
    gate: { profile: "simulated", wire: "board" },
    inputs: { kind: "mqtt", device: `loops-${id}` },
    ...known,
  });
const printer = { kind: "tcp", id: "printer-1", host: "127.0.0.1" };
const tools = {
  ownProfiles: "/nowhere",
  clock: new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant),
  log: { info: () => {}, warn: () => {}, error: () => {} },
};

test("every lane gets the printer and the scanner that it names", () => {
  const { ofLane, pushed } = buildTickets(
    {
      lanes: [
        lane("entry-1", { printer: { ...printer, profile: "epson-58mm" } }),
        lane("exit-1", { ticket_scanner: { kind: "serial", id: "line", path: "/dev/ttyACM0" } }),
        lane("exit-2", { ticket_scanner: { kind: "push", id: "http" } }),
      ],
    },
    tools,
  );
  expect(ofLane.get("entry-1")?.printer?.id).toBe("printer-1");
  expect(ofLane.get("exit-1")?.ticketScanner?.name).toBe("ticket scanner line");
  expect(pushed.map(({ id }) => id)).toEqual(["http"]);
});

test("a printer's profile that there is not is a complaint with its place and the names there are", () => {
  const lanes = [lane("entry-1", { printer: { ...printer, profile: "typewriter" } })];
  expect(() => buildTickets({ lanes }, tools)).toThrow(DeviceConfigError);
  expect(() => buildTickets({ lanes }, tools)).toThrow(
    /^lanes\[0\]\.printer\.profile: there is no profile "typewriter" .* epson-80mm/,
  );
});
