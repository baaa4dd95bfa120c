import type { ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { Mjpeg } from "../../../src/vision/source/mjpeg.ts";
import { drawnJpeg } from "../../vision/drawn-pictures.ts";
import { digestDoor, HttpCamera } from "./http-camera.ts";

const patience = { timeout: 20_000, interval: 10 };
const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const stream = { "content-type": "multipart/x-mixed-replace; boundary=--odd--" };

function send(response: ServerResponse, jpeg: Buffer): void {
  const head = `--odd--\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
  response.write(Buffer.concat([Buffer.from(head), jpeg, Buffer.from("\r\n")]));
}

async function follow(
  answer: ConstructorParameters<typeof HttpCamera>[0],
  credentials?: { user: string; password: string },
) {
  const camera = new HttpCamera(answer);
  const source = new Mjpeg(await camera.listen(), credentials);
  open.push(source, camera);
  return { camera, source };
}

test("the newest picture counts, however many came since the last question", async () => {
  const [old, between, newest] = [await drawnJpeg(20), await drawnJpeg(90), await drawnJpeg(200)];
  const live: ServerResponse[] = [];
  const { camera, source } = await follow((_request, response) => {
    live.push(response.writeHead(200, stream));
    send(response, old);
  });
  await expect.poll(() => source.next(), patience).toMatchObject({ bytes: old });
  expect(await source.next()).toBeUndefined();
  const [response] = live as [ServerResponse];
  for (const jpeg of [old, between, newest]) send(response, jpeg);
  const seen = new Set<unknown>();
  await expect
    .poll(async () => {
      const picture = await source.next();
      if (picture?.kind === "picture") seen.add(picture.bytes);
      return picture;
    }, patience)
    .toMatchObject({ bytes: newest });
  expect(camera.requests).toHaveLength(1);
});

test("a stream that ends or breaks is followed anew, with the password where one is wanted", async () => {
  const account = { user: "eye", password: "secret" };
  const jpeg = await drawnJpeg(20);
  const door = digestDoor(account, (_request, response) => {
    response.writeHead(200, stream);
    send(response, jpeg);
    // The first half of another one, then nothing more.
    response.write(jpeg.subarray(0, 100), () => response.destroy());
  });
  const { source } = await follow(door, account);
  for (let count = 0; count < 3; count += 1) {
    await expect
      .poll(() => source.next(), patience)
      .toMatchObject({ kind: "picture", bytes: jpeg });
    await expect
      .poll(() => source.next(), patience)
      .toMatchObject({ kind: "refused", reason: "unreachable" });
  }
});

test("a wrong password is told", async () => {
  const door = digestDoor({ user: "eye", password: "right" }, (_request, response) =>
    response.end(),
  );
  const { camera, source } = await follow(door, { user: "eye", password: "wrong" });
  await expect
    .poll(() => source.next(), patience)
    .toMatchObject({ kind: "refused", reason: "sign_in_refused" });
  expect(camera.requests).toHaveLength(2);
});

test("after close nothing is followed any more", async () => {
  const jpeg = await drawnJpeg(20);
  let isCut = false;
  const { source } = await follow((_request, response) => {
    response.writeHead(200, stream);
    response.on("close", () => {
      isCut = true;
    });
    send(response, jpeg);
  });
  await expect.poll(() => source.next(), patience).toMatchObject({ kind: "picture" });
  source.close();
  await expect.poll(() => isCut, patience).toBe(true);
});
