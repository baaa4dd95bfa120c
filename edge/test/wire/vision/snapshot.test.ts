import { afterEach, expect, test } from "vitest";
import { mostBytes } from "../../../src/vision/picture.ts";
import { Snapshot } from "../../../src/vision/source/snapshot.ts";
import { drawnJpeg } from "../../vision/drawn-pictures.ts";
import { digestDoor, HttpCamera } from "./http-camera.ts";

const account = { user: "eye", password: 'a "quoted" word' };
const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function cameraAt(
  answer: ConstructorParameters<typeof HttpCamera>[0],
  credentials?: typeof account,
) {
  const camera = new HttpCamera(answer);
  const url = await camera.listen();
  const source = new Snapshot(url, credentials);
  open.push(source, camera);
  return { camera, source, url };
}

test("one picture a question, all in one connection", async () => {
  const pictures = [await drawnJpeg(20), await drawnJpeg(200)];
  const { camera, source } = await cameraAt((_request, response) =>
    response.end(pictures[(camera.requests.length - 1) % 2]),
  );
  for (const bytes of [...pictures, ...pictures]) {
    expect(await source.next()).toEqual({ kind: "picture", name: "live", bytes });
  }
  expect(camera.connections).toBe(1);
  expect(camera.requests[0]?.url).toBe("/snapshot.jpg?channel=1");
});

test.each(["md5", "sha256"] as const)("a Digest camera (%s) lets us in", async (hash) => {
  const jpeg = await drawnJpeg(20);
  const door = digestDoor(account, (_request, response) => response.end(jpeg), { hash, uses: 3 });
  const { camera, source } = await cameraAt(door, account);
  for (let count = 0; count < 8; count += 1) {
    expect(await source.next()).toMatchObject({ kind: "picture" });
  }
  // Eight pictures, and one more question for each of the three nonces.
  expect(camera.requests).toHaveLength(11);
});

test("a Basic camera gets the password only after it asked", async () => {
  const jpeg = await drawnJpeg(20);
  const right = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString("base64")}`;
  const { camera, source } = await cameraAt((request, response) => {
    if (request.headers.authorization === right) return response.end(jpeg);
    response.writeHead(401, { "www-authenticate": 'Basic realm="cam"' }).end();
  }, account);
  expect(await source.next()).toMatchObject({ kind: "picture" });
  expect(await source.next()).toMatchObject({ kind: "picture" });
  expect(camera.requests.map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    right,
    right,
  ]);
});

test("a wrong password is told and not tried again at once: cameras lock whoever insists", async () => {
  const door = digestDoor({ user: "eye", password: "another" }, (_request, response) =>
    response.end(),
  );
  const { camera, source } = await cameraAt(door, account);
  for (let count = 0; count < 5; count += 1) {
    expect(await source.next()).toMatchObject({
      kind: "refused",
      reason: "sign_in_refused",
      detail: expect.stringContaining("secrets.json"),
    });
  }
  expect(camera.requests).toHaveLength(2);
});

test("a camera that wants a password where none is configured says so", async () => {
  const { source } = await cameraAt((_request, response) =>
    response.writeHead(401, { "www-authenticate": 'Basic realm="cam"' }).end(),
  );
  expect(await source.next()).toMatchObject({
    reason: "sign_in_refused",
    detail: expect.stringContaining("wants a user and a password"),
  });
});

test("a redirect is not followed: nobody else gets the password", async () => {
  const thief = new HttpCamera((_request, response) => response.end());
  open.push(thief);
  const elsewhere = await thief.listen();
  const { source } = await cameraAt((_request, response) =>
    response.writeHead(302, { location: elsewhere }).end(),
  );
  expect(await source.next()).toMatchObject({
    kind: "refused",
    reason: "unreachable",
    detail: expect.stringContaining(`points to ${elsewhere}`),
  });
  expect(thief.requests).toEqual([]);
});

test("a picture that has not changed is not sent again, and is the same one", async () => {
  const jpeg = await drawnJpeg(20);
  const { camera, source } = await cameraAt((request, response) => {
    if (request.headers["if-none-match"] === '"v1"') return response.writeHead(304).end();
    response.setHeader("etag", '"v1"');
    response.end(jpeg);
  });
  const first = await source.next();
  expect(await source.next()).toBe(first);
  expect(camera.requests[1]?.headers["if-none-match"]).toBe('"v1"');
});

test("a body that never ends is cut at the size limit", async () => {
  const chunk = Buffer.alloc(1024 * 1024);
  let sent = 0;
  const { source } = await cameraAt((_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      response.once("drain", more);
    };
    more();
  });
  expect(await source.next()).toMatchObject({ kind: "refused", reason: "too_large" });
  expect(sent).toBeLessThan(3 * mostBytes);
});

test("an answer that breaks off, an error page and a closed port are told with the address", async () => {
  const { camera, source, url } = await cameraAt((_request, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half", () => response.destroy());
  });
  expect(await source.next()).toMatchObject({ kind: "refused", reason: "unreachable" });
  await camera.close();
  const gone = new Snapshot(url, undefined);
  open.push(gone);
  expect(await gone.next()).toMatchObject({
    reason: "unreachable",
    detail: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/snapshot\.jpg: .*ECONNREFUSED/),
  });
  const broken = await cameraAt((_request, response) => response.writeHead(503).end("busy"));
  expect(await broken.source.next()).toMatchObject({
    reason: "unreachable",
    detail: expect.stringContaining("answers 503"),
  });
});

test("a camera that was away is asked again, later and later, and comes back by itself", async () => {
  let isAway = true;
  const jpeg = await drawnJpeg(20);
  const { camera, source } = await cameraAt((_request, response) =>
    isAway ? response.writeHead(500).end() : response.end(jpeg),
  );
  for (let count = 0; count < 20; count += 1) await source.next();
  expect(camera.requests).toHaveLength(1);
  isAway = false;
  await expect.poll(() => source.next(), { timeout: 10_000 }).toMatchObject({ kind: "picture" });
});
