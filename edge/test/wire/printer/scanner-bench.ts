import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { BoardSocket } from "@gatehouse/firmware-sim/wire/board-socket";
import { Pty } from "@gatehouse/firmware-sim/wire/pty";
import { LineScannerSim, PushScannerSim } from "@gatehouse/firmware-sim/wire/ticket-scanner";
import { SystemStopwatch } from "@gatehouse/shared/paced-clock";
import { instantOf, type Instant } from "@gatehouse/shared/time";
import { onTestFinished } from "vitest";
import { LineScanner } from "../../../src/adapters/printer/line-scanner.ts";
import { PushScanner } from "../../../src/adapters/printer/push-scanner.ts";
import { PushServer } from "../../../src/adapters/lpr/push-server.ts";
import { serialEndpoint, tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import { silentLog, until } from "../mqtt/test-broker.ts";

const names = { id: "scanner-1", laneId: "exit-1" };
const token = "token-of-scanner-1";

const virtualClock = (): VirtualClock =>
  new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant);

/** A scanner that sends lines, plugged into its adapter. */
export async function pluggedLine(kind: "socket" | "serial line") {
  const clock = virtualClock();
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-scanner-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const side = kind === "socket" ? new BoardSocket(0) : new Pty(join(folder, "scanner"));
  const sim = new LineScannerSim(side);
  await sim.start();
  onTestFinished(() => sim.stop());
  const endpoint =
    side instanceof Pty ? serialEndpoint(side.path, 9600) : tcpEndpoint("127.0.0.1", side.port);
  const scanner = new LineScanner({ ...names, endpoint, clock, log: silentLog });
  const heard: string[] = [];
  scanner.onScan((text) => heard.push(text));
  await scanner.start();
  onTestFinished(() => scanner.stop());
  await until(() => sim.isHeard);
  return { sim, scanner, heard, clock };
}

/** A scanner that pushes, before the door that cameras use. */
export async function pluggedPush(field = "code") {
  const clock = virtualClock();
  const scanner = new PushScanner({ ...names, field, clock });
  const heard: string[] = [];
  scanner.onScan((text) => heard.push(text));
  await scanner.start();
  const server = new PushServer({
    host: "127.0.0.1",
    port: 0,
    readers: [scanner],
    tokens: { [names.id]: createHash("sha256").update(token).digest("hex") },
    stopwatch: new SystemStopwatch(),
    log: silentLog,
  });
  await server.start();
  onTestFinished(() => server.stop());
  const url = `http://127.0.0.1:${server.port}/push/${names.id}`;
  return { sim: new PushScannerSim(url, token), scanner, heard, clock, url };
}
