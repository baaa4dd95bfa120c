import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ack, Batch } from "@gatehouse/shared/contracts/batch";
import { Fault } from "@gatehouse/shared/fault";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HttpCloudLink } from "../../../src/adapters/cloud/http-cloud-link.ts";

const ack: Ack = { epoch: 1, acked_seq: 7, spaces_through: 3, directives_latest: 2 };

const batch: Batch = {
  facility_id: "north",
  epoch: 1,
  first_seq: 7,
  lines: [{ text: '{"seq":7}', hash: "a".repeat(64) }],
  spaces_through: 0,
  spaces: [],
  sent_at: "2026-11-20T12:00:00.000Z",
  directives_through: 0,
  version: "0.1.0",
};

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

describe("the line to head office", () => {
  let server: Server;
  let link: HttpCloudLink;
  let seen: Seen[];
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      void note(request).then(() => answer(response));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    link = new HttpCloudLink({
      url: `http://127.0.0.1:${port}/office/`,
      facilityId: "north",
      token: "secret",
      timeoutMs: 300,
    });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function note(request: IncomingMessage): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method, url, headers } = request;
    seen.push({ method, url, authorization: headers.authorization, body });
  }

  const says =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (response: ServerResponse): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };

  const faultOf = async (call: Promise<unknown>): Promise<Fault> => {
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof Fault) return error;
    throw new Error(`no fault but ${String(error)}`);
  };

  test("carries the batch with the facility's token, and the acknowledgement back", async () => {
    answer = says(200, ack);
    expect(await link.send(batch)).toEqual(ack);
    expect(seen).toEqual([
      {
        method: "POST",
        url: "/office/v1/facilities/north/batches",
        authorization: "Bearer secret",
        body: JSON.stringify(batch),
      },
    ]);
  });

  test("brings directives from where the edge stands", async () => {
    const page = { directives: [{ number: 3, kind: "from-the-future", more: [1] }], latest: 3 };
    answer = says(200, page);
    expect(await link.pull(2)).toEqual(page);
    expect(seen[0]).toMatchObject({
      method: "GET",
      url: "/office/v1/facilities/north/directives?after=2",
    });
  });

  test("tells what head office holds at a place, and nothing where head office is older", async () => {
    const held = { epoch: 2, acked_seq: 9, hash: "b".repeat(64) };
    answer = says(200, held);
    expect(await link.heldAt(2, 9)).toEqual(held);
    expect(seen[0]).toMatchObject({
      method: "GET",
      url: "/office/v1/facilities/north/ledger?epoch=2&seq=9",
    });
    answer = says(404, { type: "no-such-page", title: "Nothing is here.", status: 404 });
    expect(await link.heldAt(2, 9)).toBeUndefined();
  });

  test("turns a hole into the place to go on from", async () => {
    const problem = { type: "ledger-hole", title: "Lines are missing.", status: 409 };
    answer = says(409, { ...problem, ...ack, acked_seq: 2 });
    expect(await link.send(batch)).toEqual({ ...ack, acked_seq: 2 });
  });

  test.each([
    [401, { type: "no-token", title: "No token.", status: 401 }],
    [403, "forbidden by a proxy"],
    [404, { type: "no-such-facility", title: "No such facility.", status: 404, hint: "Check it." }],
    [409, { type: "ledger-fork", title: "Two histories.", status: 409, ...ack }],
    [409, { type: "ledger-old-epoch", title: "Closed.", status: 409, ...ack }],
    [413, { type: "too-large", title: "Too large.", status: 413 }],
    [422, { type: "ledger-broken-chain", title: "Broken.", status: 422, detail: "line 9" }],
  ])("%i with %j is a refusal that says why", async (status, body) => {
    answer = says(status, body);
    const fault = await faultOf(link.send(batch));
    expect([fault.code, fault.retryable]).toEqual(["cloud-refused", false]);
    const words =
      typeof body === "string"
        ? [`HTTP ${status}`]
        : Object.values(body).filter((each) => typeof each === "string");
    for (const word of words) expect(fault.message).toContain(word);
  });

  test("names the member that head office does not understand", async () => {
    const errors = [{ path: "lines[3].hash", message: "not a hash" }];
    answer = says(422, { type: "not-understood", title: "No.", status: 422, errors });
    expect((await faultOf(link.send(batch))).message).toContain("lines[3].hash: not a hash");
  });

  test.each([
    ["a broken office", says(500, "")],
    ["a busy office", says(503, { type: "busy", title: "Busy.", status: 503 })],
    ["a gateway's complaint", says(502, "<html>bad gateway</html>")],
    ["too many calls", says(429, "")],
    ["a captive portal", says(200, "<html>please sign in</html>", { "content-type": "text/html" })],
    ["an answer that acknowledges nothing", says(200, { ok: true })],
    ["a way to somewhere else", says(302, "", { location: "http://127.0.0.1:1/" })],
    ["a connection that breaks", (response: ServerResponse) => response.destroy()],
    [
      "half an answer",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": "500" });
        response.write("{", () => response.destroy());
      },
    ],
    ["silence", () => {}],
    [
      "an answer that never ends",
      (response: ServerResponse) => {
        response.writeHead(200);
        const more = (): void =>
          void (response.destroyed || response.write("x".repeat(65_536), more));
        more();
      },
    ],
  ])("%s is a line that may be better later", async (_, says_) => {
    answer = says_;
    expect(await faultOf(link.send(batch))).toMatchObject({
      code: "cloud-unreachable",
      retryable: true,
    });
  });

  test("nobody listening is a line that may be better later, and says so", async () => {
    server.close();
    const fault = await faultOf(link.send(batch));
    expect(fault).toMatchObject({ code: "cloud-unreachable" });
    expect(fault.message).toContain("ECONNREFUSED");
  });

  test("never tells its token in what it complains about", async () => {
    answer = says(401, { type: "no-token", title: "No token.", status: 401 });
    expect(JSON.stringify(await faultOf(link.send(batch)))).not.toContain("secret");
  });

  test("sends a batch that is too large for one request in parts, from its first line on", async () => {
    answer = says(200, ack);
    const line = { text: "x".repeat(60_000), hash: "a".repeat(64) };
    // It takes longer than this file's links wait.
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const patient = new HttpCloudLink({ url, facilityId: "north", token: "secret" });
    await patient.send({ ...batch, lines: Array(500).fill(line) });
    const { lines, first_seq } = JSON.parse(seen[0]?.body ?? "") as Batch;
    expect([first_seq, lines.length]).toEqual([7, 250]);
  });
});
