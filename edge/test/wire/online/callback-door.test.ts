import { sendCallback, type SignedCallback } from "@gatehouse/firmware-sim/wire/online-double";
import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CallbackDoor } from "../../../src/faces/callback-door.ts";
import { callbackMax } from "../../../src/flows/money/online-callbacks.ts";
import { OnlineSite } from "./online-site.ts";

let site: OnlineSite;
let door: CallbackDoor;
let isFull: boolean;

beforeEach(async () => {
  isFull = false;
  site = new OnlineSite();
  await site.start();
  door = new CallbackDoor({
    listen: { host: "127.0.0.1", port: 0 },
    clock: site.clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    callbacks: {
      receive: (received) => {
        if (isFull) throw new Fault("disk-full", "the book has no room");
        return site.callbacks.receive(received);
      },
      handleAll: () => site.callbacks.handleAll(),
    },
  });
  await door.start();
});
afterEach(async () => {
  await door.stop();
  await site.stop();
});

const send = (callback: SignedCallback, path = "/callbacks/stripe"): Promise<number | undefined> =>
  sendCallback(`http://127.0.0.1:${door.port}${path}`, callback);

async function paid(): Promise<SignedCallback> {
  site.double.bank.pay(await site.offer("p1"));
  const event = site.double.events[0];
  check(event !== undefined, "the double told of it");
  return site.double.sign(event);
}

test("what a gateway calls about is acknowledged, and soon after it is booked, once", async () => {
  const callback = await paid();
  expect(await send(callback)).toBe(204);
  expect(await send(callback)).toBe(204);
  await vi.waitFor(() => expect(site.captures).toEqual(["p1"]));
  expect(site.due.get("p1")).toBe(0);
});

test("a forgery, a stranger's gateway, another page and too much are refused", async () => {
  const { body, headers } = await paid();
  expect(await send({ body, headers: { "stripe-signature": "t=1,v1=00" } })).toBe(400);
  expect(await send({ body, headers: {} })).toBe(400);
  expect(await send({ body, headers }, "/callbacks/other")).toBe(404);
  expect(await send({ body, headers }, "/api/state")).toBe(404);
  expect(await send({ body: new Uint8Array(callbackMax + 1), headers })).toBe(413);
  expect(site.captures).toEqual([]);
});

test("what could not be kept is not acknowledged, and is taken when it comes again", async () => {
  const callback = await paid();
  isFull = true;
  expect(await send(callback)).toBe(503);
  isFull = false;
  expect(await send(callback)).toBe(204);
  await vi.waitFor(() => expect(site.captures).toEqual(["p1"]));
});
