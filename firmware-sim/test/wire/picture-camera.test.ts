import { once } from "node:events";
import { connect } from "node:net";
import type { Instant } from "@gatehouse/shared/time";
import { overheadOutlines } from "../../src/scene/overhead-view.ts";
import type { Vec2 } from "../../src/scene/vector.ts";
import { PictureCamera } from "../../src/wire/picture-camera.ts";
import { ViewPictures } from "../../src/wire/view-pictures.ts";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

const ids = ["A001", "A002", "A003", "A004", "A005", "A006"];
const taken = new Set<string>();
const noon = Date.parse("2026-06-10T10:40:00Z") as Instant;
const signIn = { user: "camera", password: "correct horse" };
let camera: PictureCamera;

beforeAll(async () => {
  const scene = {
    shows: { kind: "overhead", spaces: ids },
    site: { latitude: 52.5, longitude: 13.4 },
    seed: 2,
  } as const;
  const pictures = new ViewPictures(scene, () => ({
    at: noon,
    cars: [...taken].map((id) => [id, { plate: `BAB${id}`, vehicleClass: "car" }]),
  }));
  camera = new PictureCamera({ name: "overhead", port: 0, pictures, signIn });
  await camera.start();
});
afterAll(() => camera.stop());
beforeEach(async () => {
  camera.setFault("none");
  taken.clear();
});

const authorization = `Basic ${Buffer.from("camera:correct horse").toString("base64")}`;
const get = (
  path: string,
  headers: Record<string, string> = { authorization },
): Promise<Response> =>
  fetch(`http://127.0.0.1:${camera.port}${path}`, { headers, signal: AbortSignal.timeout(15_000) });

async function snapshot(): Promise<Buffer> {
  const answer = await get("/snapshot.jpg");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("image/jpeg");
  return Buffer.from(await answer.arrayBuffer());
}

const pixels = (jpeg: Buffer) => sharp(jpeg).raw().toBuffer({ resolveWithObject: true });

/** Mean difference of two pictures in the middle of a space's outline, 0–255. */
async function differenceAt(id: string, one: Buffer, other: Buffer): Promise<number> {
  const { spaces } = overheadOutlines(ids);
  const polygon = spaces.find((space) => space.id === id)?.polygon ?? [];
  const middle = ([0, 1] as const).map((axis) =>
    Math.round(polygon.reduce((sum, corner: Vec2) => sum + corner[axis] / polygon.length, 0)),
  );
  const [x = 0, y = 0] = middle;
  const [a, b] = [await pixels(one), await pixels(other)];
  let sum = 0;
  for (let dy = -8; dy < 8; dy++)
    for (let dx = -12; dx < 12; dx++)
      for (let k = 0; k < 3; k++) {
        const at = ((y + dy) * a.info.width + x + dx) * 3 + k;
        sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
      }
  return sum / (16 * 24 * 3);
}

test("a stranger is asked to sign in", async () => {
  const answer = await get("/snapshot.jpg", {});
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toContain("Basic");
  expect((await get("/nothing")).status).toBe(404);
});

test("a picture shows who stands where now, and nobody else", async () => {
  const empty = await snapshot();
  taken.add("A002");
  camera.setFault("none");
  const full = await snapshot();
  expect((await pixels(full)).info).toMatchObject({ width: 1280, height: 720, channels: 3 });
  expect(await differenceAt("A002", empty, full)).toBeGreaterThan(25);
  expect(await differenceAt("A005", empty, full)).toBeLessThan(8);
});

test("two pictures of the same moment differ by the camera's noise alone", async () => {
  const one = await snapshot();
  camera.setFault("none");
  const two = await snapshot();
  expect(one.equals(two)).toBe(false);
  expect(await differenceAt("A001", one, two)).toBeLessThan(8);
});

test("the stream brings whole pictures one after the other", async () => {
  const answer = await get("/stream.mjpg");
  const type = answer.headers.get("content-type") ?? "";
  expect(type).toContain("multipart/x-mixed-replace");
  const boundary = `--${type.split("boundary=")[1]}`;
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString("latin1");
    if (text.split(boundary).length > 3) break;
  }
  const [, first = "", second = ""] = text.split(boundary);
  for (const part of [first, second]) {
    const [head = "", body = ""] = part.split(/\r\n\r\n(.*)/s);
    const length = Number(/Content-Length: (\d+)/.exec(head)?.[1]);
    const jpeg = Buffer.from(body.slice(0, length), "latin1");
    expect((await sharp(jpeg).metadata()).width).toBe(1280);
  }
});

test("a frozen camera sends the same bytes whatever happens before it", async () => {
  const before = await snapshot();
  camera.setFault("frozen");
  taken.add("A001");
  expect((await snapshot()).equals(before)).toBe(true);
});

test("a black, a covered and an unsharp picture have lost what could be seen", async () => {
  taken.add("A003");
  const contrast = async (): Promise<number> => {
    const { channels } = await sharp(await snapshot()).stats();
    return channels[1]?.stdev ?? 0;
  };
  /** Mean step from one pixel to the next but two. */
  const edges = async (): Promise<number> => {
    const { data } = await pixels(await snapshot());
    let sum = 0;
    for (let p = 9; p < data.length; p++) sum += Math.abs((data[p] ?? 0) - (data[p - 9] ?? 0));
    return sum / data.length;
  };
  const [plain, sharpEdges] = [await contrast(), await edges()];
  camera.setFault("black");
  expect(await contrast()).toBeLessThan(plain / 5);
  camera.setFault("covered");
  expect(await contrast()).toBeLessThan(plain / 5);
  camera.setFault("out-of-focus");
  expect(await edges()).toBeLessThan(sharpEdges / 2);
});

test("a truncated picture is no picture", async () => {
  camera.setFault("truncated");
  const jpeg = await snapshot();
  expect(jpeg.subarray(0, 2).toString("hex")).toBe("ffd8");
  await expect(sharp(jpeg, { failOn: "truncated" }).stats()).rejects.toThrow("VipsJpeg");
});

test("a silent camera accepts the connection and says nothing", async () => {
  camera.setFault("silent");
  const socket = connect(camera.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write("GET /snapshot.jpg HTTP/1.1\r\nHost: camera\r\n\r\n");
  const heard = await Promise.race([
    once(socket, "data").then(() => "an answer"),
    new Promise((resolve) => setTimeout(() => resolve("nothing"), 300)),
  ]);
  expect(heard).toBe("nothing");
  socket.destroy();
});
