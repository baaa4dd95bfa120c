import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HttpCloudLink } from "@gatehouse/edge/adapters/cloud/http-cloud-link";
import { tokenIn } from "@gatehouse/edge/adapters/cloud/token-file";
import type { AuditPage } from "@gatehouse/shared/contracts/audit";
import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import type { CodeMade, FacilityTokens } from "@gatehouse/shared/contracts/enrolment";
import type { Overview } from "@gatehouse/shared/contracts/office";
import { hours, isoOf, minutes, seconds } from "@gatehouse/shared/time";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { gatehouse } from "../../../edge/test/cli/run-command.ts";
import { enrolFacility } from "../../src/main-enrol.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";

describeWithPostgres("a new facility", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  let server: Server;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database, []);
    await office.headquarters.prepare();
    server = createAdaptorServer({ fetch: office.headquarters.app.fetch }) as Server;
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    await office.begin();
    await office.clock.advance(seconds(61));
    folder = mkdtempSync(join(tmpdir(), "gatehouse-enrolment-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await postgres.stop();
  });

  const make = async (order: object = {}): Promise<CodeMade> => {
    const response = await office.request("/api/facilities", {
      method: "POST",
      headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
      body: JSON.stringify({ request_id: "r1", facility_id: "west", name: "West", ...order }),
    });
    if (response.status !== 201) throw new Error(await response.text());
    return (await response.json()) as CodeMade;
  };
  const box = (name = "box"): string => join(folder, name);
  const joins = async (code: string, name = "box", ...more: string[]) => {
    const args = ["--data", box(name), "--json", "cloud", "join", url, code, ...more];
    const { code: exit, out } = await gatehouse(...args);
    const { verdict, data } = JSON.parse(out) as ControlAnswer;
    return { exit, verdict, data };
  };
  const tokenOfBox = (name = "box"): string =>
    (JSON.parse(readFileSync(join(box(name), "secrets.json"), "utf8")) as { cloud_token: string })
      .cloud_token;
  const batch = writeStay(new EdgeLedger("west"), "1").batch();
  const speaks = async (token: string): Promise<boolean> =>
    (await office.upload(batch, token)).status === 200;
  const yaml = (id: string): string => {
    const file = join(folder, "facility.yaml");
    writeFileSync(
      file,
      `
facility: { id: ${id}, name: West, timezone: Europe/Berlin, currency: EUR }
zones: [{ id: a, name: Zone A, level: "1", spaces: [{ numbers: A001-A010 }] }]
wires:
  relay: { kind: rtu-over-tcp, host: 127.0.0.1, port: 4196 }
  contacts: { kind: modbus-tcp, host: 127.0.0.1, port: 502 }
lanes:
  - id: entry-1
    name: Entry 1
    direction: entry
    gate: { profile: waveshare-8ch, wire: relay, relay: 1 }
    inputs: { kind: modbus, profile: icpdas-et2260, wire: contacts, arming: 0, safety: 1 }
    readers: [{ id: cam-1, format: hikvision }]
http: { kiosk: { port: 4700 }, cameras: { port: 4701 } }
mqtt: { port: 4702 }
cloud: { url: "${url}" }
`,
    );
    return file;
  };

  test("joins with its code: its token is kept for its owner alone, and opens that facility", async () => {
    const { code } = await make({ timezone: "Europe/Berlin", currency: "EUR" });
    expect(code).toMatch(/^west(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
    const joined = await joins(code, "box", "--config", yaml("west"));
    expect(joined).toMatchObject({
      exit: 0,
      data: { facility_id: "west", name: "West", timezone: "Europe/Berlin", currency: "EUR" },
    });
    expect(statSync(join(box(), "secrets.json")).mode & 0o777).toBe(0o600);
    expect(await speaks(tokenOfBox())).toBe(true);
    const { facilities } = await office.look<Overview>("/api/overview");
    expect(facilities.map(({ facility_id }) => facility_id)).toEqual(["west"]);
  });

  test("is told what differs between its configuration and head office", async () => {
    const { code } = await make();
    const { exit, data } = await joins(code, "box", "--config", yaml("west"));
    expect(exit).toBe(1);
    expect(data).toMatchObject({
      doubts: ["facility.timezone: Europe/Berlin here, UTC at head office"],
    });
  });

  test("whose configuration has another id does not use up the code", async () => {
    const { code } = await make();
    const other = await joins(code, "box", "--config", yaml("east"));
    expect(other).toMatchObject({ exit: 2, data: { reason: "other-facility" } });
    expect((await joins(code)).exit).toBe(0);
  });

  test("may be typed with small letters, spaces and letters for digits", async () => {
    const { code } = await make();
    const typed = `west-${code.slice(5).toLowerCase().replaceAll("-", " ").replaceAll("0", "o")}`;
    expect((await joins(typed)).exit).toBe(0);
  });

  test("asks again when the answer was lost, and is the same facility with the same token", async () => {
    const { code } = await make();
    expect((await joins(code)).exit).toBe(0);
    const token = tokenOfBox();
    // The box heard nothing: what it had in mind is still there, its secrets are not.
    writeFileSync(
      join(box(), "next-cloud-token.json"),
      JSON.stringify({ reason: `${url} ${code}`, token }),
    );
    rmSync(join(box(), "secrets.json"));
    expect((await joins(code)).exit).toBe(0);
    expect(tokenOfBox()).toBe(token);
    expect(await speaks(token)).toBe(true);
  });

  test("hears what to do about a code that is wrong, used or too old", async () => {
    const { code } = await make();
    const wrong = await joins("west-0000-0000-0000-0000");
    expect([wrong.exit, wrong.verdict]).toEqual([2, expect.stringContaining("no such code")]);
    await joins(code);
    const used = await joins(code, "other");
    expect([used.exit, used.verdict]).toEqual([2, expect.stringContaining("used already")]);
    const late = await make({ request_id: "r2", hours: 1 });
    await office.clock.advance(hours(1));
    const expired = await joins(late.code, "third");
    expect([expired.exit, expired.verdict]).toEqual([2, expect.stringContaining("too old")]);
  });

  test("has one code a request: asked again, the one before it ends", async () => {
    const first = await make();
    const second = await make();
    expect(second.code).not.toBe(first.code);
    expect((await joins(first.code)).exit).toBe(2);
    expect((await joins(second.code)).exit).toBe(0);
    await expect(make()).rejects.toThrow("used already");
  });

  test("keeps its codes from being guessed", async () => {
    await make();
    const tries = Array.from({ length: 11 }, (_, index) =>
      office.request("/v1/join", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          code: `west-0000-0000-0000-00${index + 10}`,
          token_sha256: "a".repeat(64),
        }),
      }),
    );
    const answers = (await Promise.all(tries)).map(({ status }) => status);
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
  });

  test("replaces its token: the old one works until the new one was used once, and then no more", async () => {
    const { code } = await make();
    await joins(code);
    const old = tokenOfBox();
    const file = join(box(), "secrets.json");
    const link = new HttpCloudLink({ url, facilityId: "west", token: tokenIn(file, old) });
    await link.send(batch);
    await office.clock.advance(seconds(30));
    const config = yaml("west");
    const rotated = await gatehouse(
      "--data",
      box(),
      "cloud",
      "token",
      "rotate",
      "--config",
      config,
    );
    expect(rotated).toMatchObject({ code: 0, complaints: "" });
    expect(tokenOfBox()).not.toBe(old);
    await office.clock.advance(seconds(30));
    expect(await speaks(old)).toBe(true);
    await link.send(batch);
    await office.clock.advance(seconds(20));
    expect(await speaks(old)).toBe(false);
    expect(await speaks(tokenOfBox())).toBe(true);
    const { tokens } = await office.look<FacilityTokens>("/api/facilities/west/tokens");
    expect(tokens.map(({ revoked_at }) => revoked_at === null)).toEqual([true, false]);
  });

  test("is known by the hour in which its token was used last", async () => {
    const { code } = await make();
    await joins(code);
    const lastUse = async (): Promise<string | null | undefined> => {
      const told = await office.look<FacilityTokens>("/api/facilities/west/tokens");
      return told.tokens[0]?.last_used_at;
    };
    expect(await lastUse()).toBeNull();
    const first = isoOf(office.clock.now());
    expect(await speaks(tokenOfBox())).toBe(true);
    expect(await lastUse()).toBe(first);
    await office.clock.advance(minutes(40));
    expect(await speaks(tokenOfBox())).toBe(true);
    expect(await lastUse()).toBe(first);
    await office.clock.advance(minutes(40));
    expect(await speaks(tokenOfBox())).toBe(true);
    expect(await lastUse()).toBe(isoOf(office.clock.now()));
  });

  test("whose token was stolen is shut out by head office, and let in again with a new code", async () => {
    const { code } = await make();
    await joins(code);
    expect(await speaks(tokenOfBox())).toBe(true);
    const { tokens } = await office.look<FacilityTokens>("/api/facilities/west/tokens");
    const headers = { authorization: `Bearer ${officeToken}`, "content-type": "application/json" };
    const revoke = `/api/facilities/west/tokens/${tokens[0]!.token}/revoke`;
    for (let time = 0; time < 2; time += 1)
      expect((await office.request(revoke, { method: "POST", headers })).status).toBe(204);
    await office.clock.advance(seconds(20));
    expect(await speaks(tokenOfBox())).toBe(false);
    const { lines } = await office.look<AuditPage>("/api/audit/main?action=facility-token-revoked");
    expect(lines).toHaveLength(1);
    const answer = await office.request("/api/facilities/west/codes", {
      method: "POST",
      headers,
      body: JSON.stringify({ request_id: "again" }),
    });
    expect((await joins(((await answer.json()) as CodeMade).code)).exit).toBe(0);
    expect(await speaks(tokenOfBox())).toBe(true);
  });

  test("is enrolled from head office's own command line too", async () => {
    const env = { GATEHOUSE_HEAD_OFFICE_TOKEN: officeToken };
    const args = ["west", "--name", "West", "--data", folder, "--url", url];
    const said = await enrolFacility(args, env, () => "r1");
    const [code = ""] = said.split("\n");
    expect(said).toContain(`gatehouse cloud join ${url} ${code}`);
    expect((await joins(code)).exit).toBe(0);
    await expect(enrolFacility([...args, "--timezone", "Mars"], env, () => "r2")).rejects.toThrow(
      "timezone: use an IANA zone",
    );
    await expect(
      enrolFacility(args.with(-1, "http://127.0.0.1:1"), env, () => "r3"),
    ).rejects.toThrow("no head office answers");
  });
});
