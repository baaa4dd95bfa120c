import { trialBalance } from "@gatehouse/edge/store/books";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { FacilityBooks } from "@gatehouse/shared/contracts/office-money";
import type { Problem } from "@gatehouse/shared/contracts/problem";
import { hours } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeLedger } from "../edge-ledger.ts";
import { EdgeMoney } from "../edge-money.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";

const everyDay = "from=2026-11-01&to=2026-12-31";

describeWithPostgres("what head office reads in the books", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  let edge: EdgeMoney;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = new TestOffice(postgres.database);
    await office.begin();
    edge = new EdgeMoney(new SeededRandom(11));
    for (let stays = 0; stays < 30; stays += 1) edge.stay();
    edge.acknowledge(await office.send(edge.nextBatch()));
  });
  afterAll(() => postgres.stop());

  const books = async (query = everyDay): Promise<FacilityBooks> =>
    FacilityBooks.parse(await office.look(`/api/facilities/north/books?${query}`));
  const detail = (): Promise<FacilityDetail> => office.look("/api/facilities/north");

  test("is the facility's own trial balance, and how far it reaches", async () => {
    const { balances, is_balanced, to_come, set_aside } = await books();
    expect(balances).toEqual(
      trialBalance(edge.book).map((balance) => ({ ...balance, currency: "EUR" })),
    );
    expect({ is_balanced, to_come, set_aside }).toEqual({
      is_balanced: true,
      to_come: 0,
      set_aside: 0,
    });
  });

  test("is what was taken by each way to pay, less what went back, where that money lies", async () => {
    const { methods, balances } = await books();
    const keptBy = (method: string): number | undefined => {
      const row = methods.find((each) => each.method === method);
      return row && row.taken_minor - row.given_back_minor;
    };
    const liesIn = (account: string) => balances.find((each) => each.account === account)?.minor;
    expect(keptBy("cash")).toBe(liesIn("drawer"));
    expect(keptBy("card")).toBe(liesIn("card-clearing"));
    expect(keptBy("online")).toBe(liesIn("online-clearing"));
    expect(methods.some(({ given_back_minor }) => given_back_minor > 0)).toBe(true);
  });

  test("is revenue and tax by rate and day, as the books have them", async () => {
    const { revenue, balances } = await books();
    const balance = (...accounts: readonly string[]): number =>
      balances
        .filter(({ account }) => accounts.includes(account))
        .reduce((sum, { minor }) => sum - minor, 0);
    expect(revenue.reduce((sum, { net_minor }) => sum + net_minor, 0)).toBe(
      balance("revenue", "refunds"),
    );
    expect(revenue.reduce((sum, { tax_minor }) => sum + tax_minor, 0)).toBe(balance("tax"));
    expect(new Set(revenue.map(({ rate_ppm }) => rate_ppm))).toEqual(new Set([190_000, 70_000, 0]));
  });

  test("adds up day by day at the facility", async () => {
    const first = await books("from=2026-11-20&to=2026-11-20");
    const rest = await books("from=2026-11-21&to=2026-12-31");
    const sumOf = ({ methods }: FacilityBooks): number =>
      methods.reduce((sum, { taken_minor }) => sum + taken_minor, 0);
    expect(sumOf(first) + sumOf(rest)).toBe(sumOf(await books()));
    expect(await books("")).toEqual(first);
  });

  test("is on the facility's page: today, its debts and the last report of each drawer", async () => {
    const closed = { operator: "anna", float_minor: 5000, report: {}, signature: "" };
    const at = "2026-11-20T20:00:00.000Z";
    const ledger = new EdgeLedger("south");
    for (const z_number of [1, 2])
      ledger.write(
        "shift-closed",
        {
          ...closed,
          shift_id: `${z_number}`,
          drawer_id: "till-1",
          z_number,
          expected_minor: 6000,
          counted_minor: 6000 - z_number,
        },
        at,
      );
    await office.send(ledger.batch());
    expect((await office.look<FacilityDetail>("/api/facilities/south")).money).toEqual({
      day: "2026-11-20",
      methods: [],
      rates: [],
      debts: { open: 0, owed_minor: 0 },
      shifts: [
        {
          drawer_id: "till-1",
          operator: "anna",
          z_number: 2,
          closed_at: at,
          counted_minor: 5998,
          difference_minor: -2,
        },
      ],
    });

    const { money } = await detail();
    const { methods, revenue } = await books("");
    expect(money.methods).toEqual(methods);
    expect(money.rates).toEqual(revenue.map(({ day: _, ...rate }) => rate));
    const [debts] = await office.rows(
      "select count(*) as open, sum(amount_minor)::bigint as owed_minor from debts",
    );
    expect(money.debts).toEqual(debts);
  });

  test("says that lines are still to come or were not understood", async () => {
    const ledger = new EdgeLedger("south").writeAny("entry-posted", {}).writeText("no line");
    await office.send(ledger.batch(1, 2, { written_seq: 5 }));
    expect(await office.look("/api/facilities/south/books")).toMatchObject({
      to_come: 3,
      set_aside: 2,
      balances: [],
      is_balanced: true,
    });
  });

  test("does not balance where an entry does not, and says so", async () => {
    const half = { account: "drawer", subject: "till", minor: 1, rate_ppm: null };
    const ledger = new EdgeLedger("south").write("entry-posted", {
      entry_id: "e",
      kind: "capture",
      currency: "EUR",
      payment_id: null,
      session_id: null,
      shift_id: null,
      lines: [half],
    });
    await office.send(ledger.batch());
    expect(await office.look("/api/facilities/south/books")).toMatchObject({ is_balanced: false });
  });

  test.each([
    ["from=2026-11-20", "write from and to, each a day, for example from=2026-11-01&to=2026-11-30"],
    ["from=2026-11-20&to=2026-11-19", "write a day that is not before from"],
    ["from=2020-01-01&to=2026-11-19", "ask for at most 400 days"],
    ["from=2026-11-31&to=2026-12-01", "write a day, for example 2026-11-20"],
  ])("refuses %s with what to write", async (query, message) => {
    const response = await office.request(`/api/facilities/north/books?${query}`, {
      headers: { authorization: `Bearer ${officeToken}` },
    });
    expect(response.status).toBe(422);
    expect(((await response.json()) as Problem).errors?.map((each) => each.message)).toEqual([
      message,
    ]);
  });

  test("is of the present day there, also just after midnight", async () => {
    await office.clock.advance(hours(11.5));
    expect(await books("")).toMatchObject({ from: "2026-11-21", to: "2026-11-21" });
  });
});
