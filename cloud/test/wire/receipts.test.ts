import { nextBatch } from "@gatehouse/edge/store/outbox";
import { documentsOfPayment } from "@gatehouse/edge/store/documents";
import { receiptPage } from "@gatehouse/shared/paper/receipt-page";
import { shownDocument } from "@gatehouse/shared/paper/paper";
import type { FigureReport } from "@gatehouse/shared/contracts/reports/figures";
import { hours, type Instant } from "@gatehouse/shared/time";
import { DocumentBody } from "@gatehouse/shared/contracts/documents";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { as, tillsOf } from "../../../edge/test/flows/money/till-fixture.ts";
import { EdgeLedger, noon } from "../edge-ledger.ts";
import { card } from "../edge-money.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

describeWithPostgres("a receipt at head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = new TestOffice(postgres.database);
    await office.begin();
  });
  afterAll(() => postgres.stop());

  /** A drawer that has taken 11.90 in cash and was closed; its papers. */
  async function papers() {
    const { desk, take, book } = tillsOf();
    const anna = as("anna");
    const opened = desk.open("till-1", { request_id: "1", float_minor: 5000 }, anna);
    if (!("shift" in opened)) throw new Error("the shift was refused");
    const { shift_id } = opened.shift;
    const [receipt] = documentsOfPayment(book, take("cash", 1190));
    desk.count(shift_id, { request_id: "2", counted_minor: 6190 }, anna);
    desk.close(shift_id, { request_id: "3", leave_minor: 5000 }, anna);
    await office.send(nextBatch(book, { facilityId: "north", facility: card, version: "1" }, noon));
    if (receipt === undefined) throw new Error("a payment has no receipt");
    return receipt;
  }

  test("is the page that the facility itself shows, with no script and not to be searched for", async () => {
    const receipt = await papers();
    const response = await office.request(`/receipt/${receipt.token}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const { kind, deviceId, number, issuedAt } = receipt;
    const shown = shownDocument({
      kind,
      deviceId,
      number,
      issuedAt: issuedAt as Instant,
      body: DocumentBody.parse(receipt.body),
      copy: 0,
      url: undefined,
    });
    const page = await response.text();
    expect(page).toBe(receiptPage(shown));
    expect(page).toMatch(/11,90\s€/);
    expect(page).not.toContain("<script");
  });

  test("is the same as a file", async () => {
    const { token } = await papers();
    const response = await office.request(`/receipt/${token}?format=pdf`);
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect((await response.text()).slice(0, 5)).toBe("%PDF-");
  });

  test("has its look from head office", async () => {
    const response = await office.request("/receipt.css");
    expect(response.headers.get("content-type")).toContain("text/css");
  });

  describe("asks once how it was", () => {
    const tap = (token: string, score: string): Promise<Response> =>
      office.request(`/receipt/${token}/rating`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `score=${score}`,
      });
    /** A receipt of today. */
    const fresh = async (): Promise<{ token: string }> => {
      const receipt = await papers();
      await office.rows("update documents set issued_at = $1", [new Date(noon)]);
      return receipt;
    };
    const success = async (): Promise<unknown> => {
      const { figures } = await office.look<FigureReport>(
        "/v1/facilities/north/reports/success?from=2026-11-20&to=2026-11-20",
      );
      return figures.find(({ name }) => name === "satisfaction")?.value;
    };

    test("and the first tap counts, in the figures too", async () => {
      const { token } = await fresh();
      expect(await success()).toBeNull();
      const asked = await (await office.request(`/receipt/${token}`)).text();
      expect(asked.match(/<button name="score"/g)).toHaveLength(5);
      const told = await tap(token, "5");
      expect([told.status, told.headers.get("location")]).toEqual([303, `/receipt/${token}`]);
      expect((await tap(token, "1")).status).toBe(303);
      const page = await (await office.request(`/receipt/${token}`)).text();
      expect(page).toContain("5/5");
      expect(page).not.toContain("<form");
      expect(await success()).toBe(100);
    });

    test.each(["0", "6", "", "4.5", "five"])("and takes no %j", async (score) => {
      const { token } = await fresh();
      expect((await tap(token, score)).status).toBe(422);
      expect(await success()).toBeNull();
    });

    test("but nobody a month later, and nobody without a receipt", async () => {
      const { token } = await fresh();
      expect((await tap("no-such-receipt", "5")).status).toBe(404);
      await office.clock.advance(hours(24 * 31));
      expect((await tap(token, "5")).status).toBe(404);
      expect(await (await office.request(`/receipt/${token}`)).text()).not.toContain("<form");
    });

    test("and not twenty times a minute from one address", async () => {
      const statuses = [];
      for (let n = 0; n < 21; n += 1) statuses.push((await tap("no-such-receipt", "5")).status);
      expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    });
  });

  test("is told as none where a code leads nowhere, and a shift's report is for nobody", async () => {
    await papers();
    const [report] = await office.rows<{ token: string }>(
      "select token from documents where kind = 'shift-report'",
    );
    for (const token of [report?.token, "x".repeat(40), "%00%00%00%00%00%00%00%00", "'or 1=1--"]) {
      const response = await office.request(`/receipt/${token}`);
      expect([response.status, await response.text()]).toEqual([
        404,
        expect.stringContaining("No such receipt"),
      ]);
    }
  });

  test("that an edge wrote in a way nobody understands breaks nothing", async () => {
    const ledger = new EdgeLedger().write("document-issued", {
      document_id: "d",
      device_id: "till-1",
      kind: "receipt",
      number: 1,
      session_id: null,
      payment_id: null,
      token: "token-of-a-strange-receipt",
      body: { total: "<script>" },
    });
    await office.send(ledger.batch());
    expect((await office.request("/receipt/token-of-a-strange-receipt")).status).toBe(404);
  });

  test("can be looked for so often a minute from one address", async () => {
    const statuses = await Promise.all(
      Array.from(
        { length: 305 },
        async () => (await office.request("/receipt/no-such-token")).status,
      ),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });
});
