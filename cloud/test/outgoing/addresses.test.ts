import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { expect, onTestFinished, test } from "vitest";
import { isInner } from "../../src/outgoing/addresses.ts";
import { PostOffice } from "../../src/outgoing/post-office.ts";
import { noon } from "../edge-ledger.ts";
import { Receiver } from "../receiver.ts";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.0.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "fe80::1",
  "fd00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "64:ff9b::a00:1",
  "2002:7f00:1::",
  "localhost",
])("%s is told nothing", (address) => {
  expect(isInner(address)).toBe(true);
});

test.each(["8.8.8.8", "172.32.0.1", "192.0.2.1", "2a00:1450:4001:82a::200e"])(
  "%s may be told",
  (address) => {
    expect(isInner(address)).toBe(false);
  },
);

test("what stands in head office's own network is not reached, by address, by name or without TLS", async () => {
  const receiver = await new Receiver().listen();
  onTestFinished(() => receiver.close());
  const post = new PostOffice({
    clock: new VirtualClock(noon),
    allowsInner: false,
    mailServer: undefined,
  });
  const port = new URL(receiver.url).port;
  const told = (url: string) => post.send({ kind: "http", url, headers: {}, body: "{}" });
  for (const url of [
    receiver.url,
    `https://127.0.0.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    `https://2130706433:${port}/`,
    `https://localhost:${port}/`,
  ]) {
    const answer = await told(url);
    expect([url, answer.isTaken, answer.code]).toEqual([url, false, null]);
    expect(answer.words).toMatch(/no address of the internet|only https/);
  }
  expect(receiver.received).toEqual([]);
});

test("a receiver that hangs up or does not exist is an answer, and nothing is thrown", async () => {
  const receiver = await new Receiver().listen();
  const post = new PostOffice({
    clock: new VirtualClock(noon),
    allowsInner: true,
    mailServer: undefined,
  });
  receiver.behaviour = (_, response) => response.destroy();
  const send = () => post.send({ kind: "http", url: receiver.url, headers: {}, body: "{}" });
  expect(await send()).toMatchObject({ isTaken: false, isFinal: false, code: null });
  const { url } = receiver;
  await receiver.close();
  const gone = await post.send({ kind: "http", url, headers: {}, body: "{}" });
  expect(gone).toMatchObject({ isTaken: false, code: null });
  expect(gone.words).toMatch(/ECONNREFUSED/);
});
