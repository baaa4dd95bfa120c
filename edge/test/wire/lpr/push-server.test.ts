import { fork } from "node:child_process";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { alertXml, formBody, jsonBody } from "../../adapters/lpr/push-bodies.ts";
import { PushServer } from "../../../src/adapters/lpr/push-server.ts";
import { clock, counterOf, openDoor, rawExchange, stopwatch, tokens } from "./camera-door.ts";

type Door = Awaited<ReturnType<typeof openDoor>>;
let door: Door;
beforeEach(async () => (door = await openDoor()));
afterEach(() => door.stop());

const patience = { timeout: 20_000, interval: 5 };
const xml = { body: alertXml(), headers: { "content-type": "application/xml" } };
const withToken = (token: string, scheme = "Token") => ({ authorization: `${scheme} ${token}` });
const hikPath = `/push/hik-1/${tokens["hik-1"]}`;

/** A good push must go through, whatever came before. */
async function expectNextPushTaken(): Promise<void> {
  const before = door.reads.length;
  const answer = await door.post(hikPath, xml);
  expect(answer.status).toBe(200);
  expect(door.reads).toHaveLength(before + 1);
}

async function problemOf(answer: Response): Promise<Problem> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return Problem.parse(await answer.json());
}

test("of a reader that is shut out is refused and counted, until it is let in again", async () => {
  door.server.shutOut(new Set(["hik-1"]));
  const answer = await door.post(hikPath, xml);
  expect(answer.status).toBe(403);
  expect((await problemOf(answer)).type).toBe("device-shut-out");
  expect(door.reads).toHaveLength(0);
  expect(door.server.report()[0]?.counters["refused_shut_out"]).toBe(1);
  door.server.shutOut(new Set());
  await expectNextPushTaken();
});

describe("a push is taken", () => {
  test("whole, with its time of arrival, and answered with what became of it", async () => {
    const beforeMs = stopwatch.read();
    const answer = await door.post(hikPath, xml);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      outcomes: [{ kind: "open", decision_id: "decision-1" }],
    });
    const [read] = door.reads;
    expect(read).toMatchObject({ readerId: "hik-1", laneId: "entry-1", rawPlate: "BAB1234" });
    expect(read?.receivedMs).toBeGreaterThan(beforeMs);
    expect(read?.receivedMs).toBeLessThan(stopwatch.read());
  });

  test("as arrived with its last byte, not with its first", async () => {
    let secondHalfMs = 0;
    const bytes = Buffer.from(alertXml());
    const halves = new ReadableStream<Uint8Array>({
      async start(stream) {
        stream.enqueue(new Uint8Array(bytes.subarray(0, 100)));
        await new Promise((resolve) => setTimeout(resolve, 60));
        secondHalfMs = stopwatch.read();
        stream.enqueue(new Uint8Array(bytes.subarray(100)));
        stream.close();
      },
    });
    const init = { ...xml, body: halves, duplex: "half" } as RequestInit;
    expect((await door.post(hikPath, init)).status).toBe(200);
    expect(door.reads[0]?.receivedMs).toBeGreaterThan(secondHalfMs);
  });

  test.each([
    ["in the path", hikPath, {}],
    ["as Token", "/push/hik-1", withToken(tokens["hik-1"])],
    ["as Bearer", "/push/hik-1", withToken(tokens["hik-1"], "Bearer")],
    ["in the header before a wrong one in the path", "/push/hik-1/x", withToken(tokens["hik-1"])],
  ])("with its token %s", async (_name, path, headers) => {
    const answer = await door.post(path, { ...xml, headers: { ...xml.headers, ...headers } });
    expect(answer.status).toBe(200);
  });

  test("with several vehicles, each with its outcome", async () => {
    door.setDecision(({ rawPlate }) =>
      rawPlate === "a1" ? { kind: "ask", decisionId: "d" } : { kind: "deny", reason: "no-plate" },
    );
    const { bytes, contentType } = jsonBody({
      data: {
        camera_id: "c",
        timestamp: "2026-11-20T13:22:33Z",
        results: [{ plate: "a1", score: 0.9 }, { plate: null }],
      },
    });
    const answer = await door.post("/push/pr-1", {
      body: new Uint8Array(bytes),
      headers: { "content-type": contentType, ...withToken(tokens["pr-1"]) },
    });
    expect(await answer.json()).toEqual({
      outcomes: [
        { kind: "ask", decision_id: "d" },
        { kind: "deny", reason: "no-plate" },
      ],
    });
    expect(counterOf(door.pr, "without_plate")).toBe(1);
  });

  test("and ignored when it is of another event", async () => {
    const body = alertXml({ eventType: "<eventType>VMD</eventType>" });
    const answer = await door.post(hikPath, { ...xml, body });
    expect(answer.status).toBe(200);
    expect(door.reads).toEqual([]);
    expect(counterOf(door.hik, "ignored_events")).toBe(1);
  });
});

describe("a push is refused", () => {
  test.each([
    ["without a token", "/push/hik-1", {}],
    ["with a wrong token in the path", "/push/hik-1/wrong", {}],
    ["with a wrong token in the header", hikPath, withToken("wrong")],
    ["with another reader's token", `/push/hik-1/${tokens["pr-1"]}`, {}],
    ["with the token's hash", "/push/hik-1", withToken("a".repeat(64))],
    ["for a reader that does not exist", `/push/other/${tokens["hik-1"]}`, {}],
    ["for a reader named like a part of every object", "/push/constructor/x", {}],
  ])("%s", async (_name, path, headers) => {
    const answer = await door.post(path, { ...xml, headers: { ...xml.headers, ...headers } });
    expect(answer.status).toBe(401);
    expect(await problemOf(answer)).toMatchObject({ type: "push-unauthorised" });
    expect(door.reads).toEqual([]);
    expect(door.counter("refused_token")).toBe(1);
    await expectNextPushTaken();
  });

  test.each([
    ["to nowhere", "/", "POST", 404],
    ["with another method", "/push/hik-1", "GET", 405],
  ])("%s", async (_name, path, method, status) => {
    const answer = await door.post(path, { method });
    expect(answer.status).toBe(status);
    expect(await problemOf(answer)).toMatchObject({ status });
  });

  test.each([
    ["is garbage", "\u0000\u0001\u0002", "application/xml"],
    ["is empty", "", "application/xml"],
    ["laughs a billion times", '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "application/xml"],
    ["is no form although it says so", "hello", "multipart/form-data; boundary=x"],
  ])("that %s, with the complaint in the report", async (_name, body, contentType) => {
    const answer = await door.post(hikPath, { body, headers: { "content-type": contentType } });
    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ type: "push-malformed" });
    expect(problem.errors?.[0]?.message).not.toBe("");
    expect(counterOf(door.hik, "refused_malformed")).toBe(1);
    expect(door.hik.report()[0]?.detail).toMatch(/^push refused: /);
    await expectNextPushTaken();
    expect(door.hik.report()[0]?.detail ?? "").not.toMatch(/push refused/);
  });

  test("whose form is cut in the middle of a picture", async () => {
    const { contentType, bytes } = await formBody([
      { name: "anpr.xml", fileName: "anpr.xml", text: alertXml() },
      { name: "picture.jpg", fileName: "picture.jpg", text: "x".repeat(1000) },
    ]);
    const answer = await door.post(hikPath, {
      body: new Uint8Array(bytes.subarray(0, -200)),
      headers: { "content-type": contentType },
    });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors).toMatchObject([{ path: "part 2" }]);
    await expectNextPushTaken();
  });

  test.each([
    ["and says so beforehand", new Uint8Array(9 * 1024 * 1024)],
    ["and says nothing beforehand", streamOf(9)],
  ])("that is 9 MB, %s", async (_name, body) => {
    const answer = await door.post(hikPath, { body, duplex: "half" } as RequestInit);
    expect(answer.status).toBe(413);
    expect(await problemOf(answer)).toMatchObject({ type: "push-too-large" });
    expect(counterOf(door.hik, "refused_too_large")).toBe(1);
    await expectNextPushTaken();
  });

  test("that is no HTTP", async () => {
    expect(await rawExchange(door.server.port, "NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
    expect(door.counter("refused_no_http")).toBe(1);
    await expectNextPushTaken();
  });
});

describe("a camera is told to push again", () => {
  test("when the read could not be made durable", async () => {
    door.setDecision(() => {
      throw new Fault("disk-full", "no space left");
    });
    const answer = await door.post(hikPath, xml);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await problemOf(answer)).toMatchObject({ type: "disk-full" });
    expect(counterOf(door.hik, "not_durable")).toBe(1);
    door.setDecision(() => ({ kind: "open", decisionId: "d" }));
    await expectNextPushTaken();
  });

  test("while the lane is not ready", async () => {
    await door.hik.stop();
    const answer = await door.post(hikPath, xml);
    expect(answer.status).toBe(503);
    expect(await problemOf(answer)).toMatchObject({ type: "reader-not-ready" });
    await door.hik.start();
    await expectNextPushTaken();
  });
});

describe("slow cameras", () => {
  const head = (length: number): string =>
    `POST ${hikPath} HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\nContent-Length: ${length}\r\n\r\n`;

  test("are cut, and others are served meanwhile", async () => {
    await door.stop();
    door = await openDoor({ limits: { requestMs: 400, headMs: 300 } });
    const drips = Array.from({ length: 10 }, () => rawExchange(door.server.port, `${head(5000)}<`));
    const heads = rawExchange(door.server.port, "POST /push/hik-1 HTTP/1.1\r\nHost: x\r\n");
    const other = await door.post("/push/pr-1", {
      headers: withToken(tokens["pr-1"]),
      body: JSON.stringify({ hook: { event: "heartbeat" } }),
    });
    expect(other.status).toBe(200);
    for (const heard of [...(await Promise.all(drips)), await heads]) {
      expect(heard).toMatch(/^HTTP\/1\.1 (408|503)/);
    }
    expect(door.counter("cut_slow")).toBeGreaterThan(0);
    await expectNextPushTaken();
  });

  test("cannot take more than their share of bodies at a time", async () => {
    await door.stop();
    door = await openDoor({ limits: { bodiesPerReader: 2, requestMs: 1000 } });
    const drips = [1, 2].map(() => rawExchange(door.server.port, `${head(5000)}<`));
    await vi.waitUntil(async () => (await door.post(hikPath, xml)).status === 503, patience);
    expect(counterOf(door.hik, "refused_busy")).toBeGreaterThan(0);
    const other = await door.post("/push/pr-1", { headers: withToken(tokens["pr-1"]), body: "{}" });
    expect(other.status).toBe(400);
    await Promise.all(drips);
    await expectNextPushTaken();
  });

  test("that hang up in the middle are counted and leave nothing behind", async () => {
    const controller = new AbortController();
    const hanging = door.post(hikPath, {
      body: streamOf(4, controller),
      duplex: "half",
      signal: controller.signal,
    } as RequestInit);
    await expect(hanging).rejects.toThrow("abort");
    await vi.waitUntil(() => counterOf(door.hik, "cut_off") === 1, patience);
    expect(door.reads).toEqual([]);
    await expectNextPushTaken();
  });
});

test("a camera whose clock is in another time zone is found out", async () => {
  const wrong = new Date(clock.now() + 8 * 3_600_000).toISOString();
  const body = alertXml({ dateTime: `<dateTime>${wrong}</dateTime>` });
  expect((await door.post(hikPath, { ...xml, body })).status).toBe(200);
  const [report] = door.hik.report();
  expect(report?.counters["clock_skew_ms"]).toBeGreaterThan(7.9 * 3_600_000);
  expect(report?.detail).toMatch(/clock is (7 h 59|8 h 0) min \d+ s ahead/);
});

test("a bug behind the door ends the process, as any other bug does", async () => {
  const child = fork(new URL("./door-with-a-bug.ts", import.meta.url), { stdio: "pipe" });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let complaint = "";
  child.stderr?.on("data", (text) => (complaint += String(text)));
  const port = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (text) => resolve(String(text).trim())),
  );
  const answer = await fetch(`http://127.0.0.1:${port}${hikPath}`, { method: "POST", ...xml }).then(
    ({ status }) => status,
    () => "cut off",
  );
  expect(answer).not.toBe(200);
  expect(await exited).not.toBe(0);
  expect(complaint).toContain("TypeError: a bug");
});

test("a port that is taken says so", async () => {
  const { server } = door;
  const second = new PushServer({
    host: "127.0.0.1",
    port: server.port,
    readers: [],
    tokens: {},
    stopwatch,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await expect(second.start()).rejects.toMatchObject({ code: "port-taken" });
  await second.stop();
});

/** Megabytes without a length; with a controller it is aborted halfway. */
function streamOf(megabytes: number, controller?: AbortController): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    async pull(stream) {
      sent += 1;
      stream.enqueue(new Uint8Array(1024 * 1024));
      if (controller !== undefined && sent * 2 >= megabytes) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.abort(new Error("abort"));
      }
      if (sent === megabytes) stream.close();
    },
  });
}
