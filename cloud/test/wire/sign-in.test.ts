import type { AuditPage } from "@gatehouse/shared/contracts/audit";
import type {
  Me,
  OwnLogins,
  RecoveryCodes,
  TotpBegun,
} from "@gatehouse/shared/contracts/own-account";
import type { Invitation } from "@gatehouse/shared/contracts/people";
import { hours, minutes, seconds } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { base32, totpCode, totpStep } from "../../src/domain/people/totp.ts";
import { bytesOfBase32 } from "../base32.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";
import {
  asOfficeToken,
  emailOf,
  type Hired,
  hire,
  main,
  password,
  requestId,
  TestBrowser,
} from "../office-people.ts";

describeWithPostgres("an account at head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });
  afterAll(() => postgres.stop());

  const manager = (name: string): Promise<Hired> =>
    hire(office, name, [{ role: "manager", place: main }]);
  const status = async (browser: TestBrowser): Promise<number> =>
    (await browser.ask("GET", "/api/me")).status;
  const typeOf = async (response: Response): Promise<string> =>
    ((await response.json()) as { type: string }).type;

  describe("begins with an invitation", () => {
    const invited = async (): Promise<Invitation> => {
      const made = await asOfficeToken(office, "/api/users", {
        request_id: "the-same-request",
        email: "Ann@Park.example",
        first_name: "Ann",
        last_name: "Berg",
        phone_number: "+49 30 1234567",
        payment_methods: [{ kind: "card", token: "pm_1NQ4x2eZvKYlo2C", last_four: "4242" }],
        vehicle_info: [{ plate: "B-AB 123", country: "DE" }],
        assignments: [{ role: "staff", place: main }],
      });
      return (await made.json()) as Invitation;
    };

    test("which is answered again when its answer was lost, and opens the account once", async () => {
      const first = await invited();
      expect(await invited()).toEqual(first);
      const browser = new TestBrowser(office);
      const accept = (secret: string): Promise<string> =>
        browser.act("/api/invitations/accept", { code: first.code, password: secret });
      expect(await accept("short")).toBe("422 password-too-short");
      expect(await accept(password)).toBe("204");
      expect(await browser.read<Me>("/api/me")).toMatchObject({
        kind: "login",
        user: { email: "ann@park.example", first_name: "Ann" },
        // The analytics backend's word for an attendant.
        assignments: [{ role: "attendant", place: main }],
        rights: ["see-facilities", "see-sessions", "see-reports"],
      });
      expect(await accept(password)).toBe("404 no-such-invitation");
      expect((await new TestBrowser(office).signIn("ANN@park.example")).status).toBe(204);
    });

    test("which holds for three days", async () => {
      const { code } = await invited();
      await office.clock.advance(hours(72));
      const late = new TestBrowser(office).act("/api/invitations/accept", { code, password });
      expect(await late).toBe("404 no-such-invitation");
    });

    test("and is never made with the number of a card in it", async () => {
      const made = await asOfficeToken(office, "/api/users", {
        request_id: requestId(),
        email: "ann@park.example",
        first_name: "Ann",
        last_name: "Berg",
        payment_methods: [{ kind: "card", token: "4242424242424242" }],
      });
      expect(made.status).toBe(422);
      expect(await made.text()).toContain("payment_methods[0].token");
    });

    test("and nothing of it can be read in the database but hashes", async () => {
      const { code } = await invited();
      const browser = new TestBrowser(office);
      await browser.act("/api/invitations/accept", { code, password });
      const login = browser.cookies.get("gatehouse_login") ?? "";
      const everything = await office.rows<{ text: string }>(
        `select coalesce(string_agg(row_to_json(r)::text, ' '), '') as text from (
           select to_jsonb(u) from users u union all select to_jsonb(l) from logins l
           union all select to_jsonb(i) from invitations i
           union all select to_jsonb(a) from audit_lines a) as r`,
      );
      const text = everything[0]?.text ?? "";
      expect(text).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
      for (const secret of [password, code.split("~")[2], login.split("~")[2]])
        expect(text).not.toContain(secret);
    });
  });

  describe("is opened", () => {
    test("by its password alone; whoever does not exist is refused in the same words", async () => {
      await manager("ann");
      const stranger = new TestBrowser(office);
      const wrong = await stranger.signIn(emailOf("ann"), undefined, "not the password");
      const nobody = await stranger.signIn(emailOf("bob"));
      const [own, other] = [await wrong.json(), await nobody.json()] as { trace_id?: string }[];
      expect({ ...own, trace_id: "" }).toEqual({ ...other, trace_id: "" });
      expect(wrong.status).toBe(401);
      expect((await stranger.signIn(emailOf("ann"))).status).toBe(204);
    });

    test("with a cookie that scripts and other sites cannot use", async () => {
      await manager("ann");
      const response = await new TestBrowser(office).signIn(emailOf("ann"));
      const cookie = response.headers.getSetCookie().find((line) => line.includes("login=")) ?? "";
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
    });

    test("from head office's own page only", async () => {
      const { browser, path } = await manager("ann");
      const foreign = { origin: "https://evil.example" };
      const change = { request_id: requestId(), first_name: "Eve" };
      const asked = [
        browser.ask("POST", "/api/login", { email: emailOf("ann"), password }, foreign),
        browser.ask("POST", path, change, foreign),
        browser.ask("POST", path, change, { "sec-fetch-site": "cross-site" }),
        browser.ask("POST", "/api/logout", undefined, foreign),
      ];
      expect((await Promise.all(asked)).map((response) => response.status)).toEqual([
        403, 403, 403, 403,
      ]);
      expect(await status(browser)).toBe(200);
    });

    test("until it is deactivated: at once, everywhere", async () => {
      const { browser, path } = await manager("ann");
      const { browser: admin } = await hire(office, "root", [{ role: "admin", place: main }]);
      expect(await admin.act(`${path}/deactivate`, { request_id: requestId(), why: "left" })).toBe(
        "204",
      );
      expect(await status(browser)).toBe(401);
      expect((await browser.signIn(emailOf("ann"))).status).toBe(401);
    });
  });

  describe("under attack", () => {
    test("lets whoever guesses wait, and its owner in: in the browser that is known", async () => {
      const { browser } = await manager("ann");
      const guess = (): Promise<Response> =>
        new TestBrowser(office).signIn(emailOf("ann"), undefined, "a wrong password");
      for (let guesses = 0; guesses < 20; guesses += 1) expect((await guess()).status).toBe(401);
      const refused = await guess();
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "900"]);
      expect((await new TestBrowser(office).signIn(emailOf("ann"))).status).toBe(429);
      expect((await browser.signIn(emailOf("ann"))).status).toBe(204);
      await office.clock.advance(minutes(15));
      expect((await new TestBrowser(office).signIn(emailOf("ann"))).status).toBe(204);
    });

    test("counts with the other processes of head office together", async () => {
      await manager("ann");
      const other = new TestOffice(postgres.another(), ["north"], {
        clock: office.clock,
        headquarters: new TestOffice(postgres.another()).headquarters,
      });
      const guess = async (at: TestOffice): Promise<number> =>
        (await new TestBrowser(at).signIn(emailOf("ann"), undefined, "a wrong password")).status;
      for (let guesses = 0; guesses < 10; guesses += 1)
        expect([await guess(office), await guess(other)]).toEqual([401, 401]);
      expect([await guess(other), await guess(office)]).toEqual([429, 429]);
      const kept = JSON.stringify(await office.rows("select * from sign_in_tries"));
      expect(kept).not.toContain("ann");
    });

    test("trusts no browser's note that it did not write for this account", async () => {
      const [ann, bob] = [await manager("ann"), await manager("bob")];
      for (let guesses = 0; guesses < 20; guesses += 1)
        await new TestBrowser(office).signIn(emailOf("ann"), undefined, "a wrong password");
      ann.browser.cookies.set(
        "gatehouse_browser",
        bob.browser.cookies.get("gatehouse_browser") ?? "",
      );
      expect((await ann.browser.signIn(emailOf("ann"))).status).toBe(429);
    });
  });

  describe("once opened", () => {
    test("asks again after a working day, and after two hours without a sign of life", async () => {
      const { browser } = await manager("ann");
      for (let hour = 0; hour < 11; hour += 1) {
        await office.clock.advance(hours(1));
        expect(await status(browser)).toBe(200);
      }
      await office.clock.advance(hours(1));
      expect(await status(browser)).toBe(401);
      await browser.signIn(emailOf("ann"));
      await office.clock.advance(hours(2));
      expect(await status(browser)).toBe(401);
    });

    test("changes its secret every hour; an old copy of it ends everything", async () => {
      const { browser } = await manager("ann");
      const stolen = new TestBrowser(office);
      for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
      await office.clock.advance(hours(1));
      expect(await status(browser)).toBe(200);
      expect(browser.cookies.get("gatehouse_login")).not.toBe(
        stolen.cookies.get("gatehouse_login"),
      );
      expect(await status(browser)).toBe(200);
      // A question that was under way meanwhile still counts.
      expect(await status(stolen)).toBe(200);
      await office.clock.advance(seconds(61));
      expect(await status(stolen)).toBe(401);
      expect(await status(browser)).toBe(401);
    });

    test("survives that the answer with the new secret was lost", async () => {
      const { browser } = await manager("ann");
      const before = browser.cookies.get("gatehouse_login") ?? "";
      await office.clock.advance(hours(1));
      await status(browser);
      browser.cookies.set("gatehouse_login", before);
      await office.clock.advance(minutes(10));
      expect(await status(browser)).toBe(200);
      expect(browser.cookies.get("gatehouse_login")).not.toBe(before);
      expect(await status(browser)).toBe(200);
    });

    test("shows where it is open, and signs out here or everywhere", async () => {
      const { browser } = await manager("ann");
      const other = new TestBrowser(office);
      await other.signIn(emailOf("ann"));
      const { logins } = await browser.read<OwnLogins>("/api/me/logins");
      expect(logins.map(({ is_this }) => String(is_this)).toSorted()).toEqual(["false", "true"]);
      const before = other.cookies.get("gatehouse_login") ?? "";
      expect(await other.act("/api/logout", undefined)).toBe("204");
      other.cookies.set("gatehouse_login", before);
      expect([await status(other), await status(browser)]).toEqual([401, 200]);
      await other.signIn(emailOf("ann"));
      expect(await browser.act("/api/me/logins/end", { request_id: requestId() })).toBe("204");
      expect([await status(other), await status(browser)]).toEqual([401, 401]);
    });

    test("takes a new password for the old one, and ends the other logins", async () => {
      const { browser } = await manager("ann");
      const other = new TestBrowser(office);
      await other.signIn(emailOf("ann"));
      const change = (
        old: string,
        request_id: string,
        fresh = "nine loud herons",
      ): Promise<string> =>
        browser.act("/api/me/password", { request_id, password: old, new_password: fresh });
      expect(await change("wrong", requestId())).toBe("403 wrong-password");
      expect(await change(password, requestId(), "ann-example")).toBe("422 password-too-short");
      const request = requestId();
      expect(await change(password, request)).toBe("204");
      expect(await change(password, request)).toBe("204");
      expect([await status(other), await status(browser)]).toEqual([401, 200]);
      expect((await other.signIn(emailOf("ann"))).status).toBe(401);
      expect((await other.signIn(emailOf("ann"), undefined, "nine loud herons")).status).toBe(204);
    });
  });

  describe("with a second factor", () => {
    let ann: Hired;
    let secret: Uint8Array;
    let codes: string[];
    let address: string;
    let repeat: () => Promise<Response>;
    const code = (): string => totpCode(secret, totpStep(office.clock.now()));

    beforeEach(async () => {
      ann = await manager("ann");
      const begun = await ann.browser.ask("POST", "/api/me/totp/begin", { password });
      const told = (await begun.json()) as TotpBegun;
      secret = bytesOfBase32(told.secret);
      const confirm = { request_id: requestId(), code: code() };
      const on = await ann.browser.ask("POST", "/api/me/totp/confirm", confirm);
      codes = ((await on.json()) as RecoveryCodes).recovery_codes;
      repeat = () => ann.browser.ask("POST", "/api/me/totp/confirm", confirm);
      address = told.address;
      await office.clock.advance(seconds(30));
    });

    test("is shown to the app, and its recovery codes again when that answer was lost", async () => {
      expect(address).toContain(`secret=${base32(secret)}&`);
      expect(((await (await repeat()).json()) as RecoveryCodes).recovery_codes).toEqual(codes);
    });

    test("asks for a code, and takes each code once", async () => {
      const browser = new TestBrowser(office);
      expect(await typeOf(await browser.signIn(emailOf("ann")))).toBe("code-needed");
      expect(await typeOf(await browser.signIn(emailOf("ann"), "000000"))).toBe("wrong-code");
      expect((await browser.signIn(emailOf("ann"), code())).status).toBe(204);
      expect(await typeOf(await browser.signIn(emailOf("ann"), code()))).toBe("wrong-code");
      await office.clock.advance(seconds(30));
      expect((await browser.signIn(emailOf("ann"), code())).status).toBe(204);
    });

    test("takes each recovery code once, and tells how many are left", async () => {
      const browser = new TestBrowser(office);
      const [first = "", second = ""] = codes;
      expect(codes).toHaveLength(10);
      expect((await browser.signIn(emailOf("ann"), first)).status).toBe(204);
      expect(await browser.read<Me>("/api/me")).toMatchObject({
        user: { has_totp: true, recovery_codes_left: 9 },
      });
      expect(await typeOf(await browser.signIn(emailOf("ann"), first))).toBe("wrong-code");
      expect((await browser.signIn(emailOf("ann"), second.toUpperCase())).status).toBe(204);
    });

    test("keeps its secret sealed, and the recovery codes as what nobody can turn back", async () => {
      const [row] = await office.rows<{ totp_sealed: string; codes: string }>(
        `select totp_sealed, (select string_agg(code_hash, ' ') from recovery_codes) as codes
         from users where totp_sealed is not null`,
      );
      expect(row?.totp_sealed).toMatch(/^v1\.[\w-]{60,}$/);
      expect(row?.totp_sealed).not.toContain(Buffer.from(secret).toString("base64url"));
      expect(row?.codes).not.toContain((codes[0] ?? "").replaceAll("-", ""));
    });

    test("ends it with password and code, and a new invitation takes it off too", async () => {
      const end = (request_id: string, its: string): Promise<string> =>
        ann.browser.act("/api/me/totp/end", { request_id, password, code: its });
      expect(await end(requestId(), "000000")).toBe("401 wrong-code");
      const request = requestId();
      const its = code();
      expect(await end(request, its)).toBe("204");
      expect(await end(request, its)).toBe("204");
      expect((await new TestBrowser(office).signIn(emailOf("ann"))).status).toBe(204);
    });
  });

  test("leaves its traces in the audit, and never a secret", async () => {
    const { browser } = await manager("ann");
    await browser.act("/api/logout", undefined);
    const { lines } = await office.look<AuditPage>("/api/audit/main");
    expect(lines.map(({ action }) => action)).toEqual([
      "signed-out",
      "signed-in",
      "invitation-accepted",
      "user-made",
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/argon2|twelve dark owls/);
    expect(lines[1]).toMatchObject({ address: "here", actor: { kind: "login" } });
  });
});
