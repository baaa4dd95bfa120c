import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { Pty } from "@gatehouse/firmware-sim/wire/pty";
import { Fault } from "@gatehouse/shared/fault";
import { instantOf, type Instant, seconds } from "@gatehouse/shared/time";
import { createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { loadSignProfile } from "../../../src/adapters/sign/sign-profile.ts";
import { TextSign } from "../../../src/adapters/sign/text-sign.ts";
import { serialEndpoint, tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import type { Endpoint } from "../../../src/adapters/wire/line.ts";
import { silentLog, until } from "../mqtt/test-broker.ts";

async function signOn(endpoint: Endpoint, profile: string) {
  const clock = new VirtualClock(instantOf("2026-03-01T08:00:00Z") as Instant);
  const sign = new TextSign({
    signId: "board",
    profile: loadSignProfile(profile, "/nowhere"),
    endpoint,
    clock,
    log: silentLog,
    timeoutMs: 300,
  });
  await sign.start();
  onTestFinished(() => sign.stop());
  return { sign, clock };
}

/** A display's end of a serial line: everything it was sent. */
async function serialDisplay() {
  const heard: Buffer[] = [];
  const pty = new Pty();
  await pty.open((stream) => stream.on("data", (bytes: Buffer) => heard.push(bytes)));
  onTestFinished(() => pty.close());
  return { path: pty.path, text: () => Buffer.concat(heard).toString("latin1") };
}

test("a display on a serial line shows its number, framed as its profile says", async () => {
  const display = await serialDisplay();
  const { sign } = await signOn(serialEndpoint(display.path, 9600), "stx-etx-xor");
  await sign.show({ lines: [], free: 42, tone: "neutral" });
  await until(() => display.text().length === 8);
  // STX, "  42", the XOR of "42" in hex, ETX.
  expect(display.text()).toBe("\u0002  4206\u0003");
  expect(sign.report()[0]).toMatchObject({ kind: "sign", state: "online", counters: { shown: 1 } });
});

test("a display that was without power gets its message again by itself", async () => {
  const display = await serialDisplay();
  const { sign, clock } = await signOn(serialEndpoint(display.path, 9600), "text-lines");
  await sign.show({ lines: ["Welcome"], tone: "go" });
  await clock.advance(seconds(31));
  const once = `----\r\n${"Welcome".padEnd(20)}\r\n${" ".repeat(20)}\r\n`;
  await until(() => display.text() === once + once);
  await until(() => sign.report()[0]?.counters["repeated"] === 1);
  expect(sign.report()[0]).toMatchObject({ state: "online", counters: { shown: 1 } });
});

test("a display that cannot be reached is a fault, which ends when it is back", async () => {
  const taken: Socket[] = [];
  let heard = "";
  const serve = (): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, "127.0.0.1", resolve);
    });
  let port = 0;
  const server = createServer((socket) => {
    taken.push(socket);
    socket.on("data", (bytes: Buffer) => (heard += bytes.toString("latin1")));
  });
  await serve();
  ({ port } = server.address() as { port: number });
  const close = async (): Promise<void> => {
    for (const socket of taken.splice(0)) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { sign, clock } = await signOn(tcpEndpoint("127.0.0.1", port), "stx-etx-xor");
  await sign.show({ lines: [], free: 5, tone: "neutral" });
  await until(() => heard !== "");
  await close();
  heard = "";

  const lost = async (): Promise<unknown> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return sign.show({ lines: [], free: 4, tone: "neutral" }).catch((error: unknown) => error);
  };
  let fault = await lost();
  while (!(fault instanceof Fault)) fault = await lost();
  expect(fault.code).toBe("sign-unreachable");
  expect(sign.report()[0]).toMatchObject({ state: "offline", fault: "sign-unreachable" });

  await serve();
  await clock.advance(seconds(31));
  await until(() => heard.includes("   4"));
  await until(() => sign.report()[0]?.state === "online");
});
