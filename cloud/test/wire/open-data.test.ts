import type {
  ApdsDemand,
  ApdsPlace,
  ApdsRates,
  DatexStatus,
} from "@gatehouse/shared/contracts/open-data";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { minutes, seconds } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { requestId } from "../office-people.ts";

const place = "/v1/open-data/places/north";
const layout = {
  zones: [
    { zone_id: "A", name: "Ground", level: "0", spaces: { standard: 4 } },
    { zone_id: "B", name: "Roof", level: "1", spaces: { standard: 2 } },
  ],
  lanes: [{ lane_id: "in", name: "Way in", direction: "entry", leads_to: [] }],
  devices: {},
};

describeWithPostgres("what a facility tells everybody", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 300_000);
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });

  /** As anybody asks: without a token. */
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    office.request(path, { headers });
  const read = async <T>(path: string): Promise<T> => {
    const response = await ask(path);
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as T;
  };
  const set = (is_public: boolean, tag: string): Promise<Response> =>
    office.request("/v1/facilities/north/open-data", {
      method: "PUT",
      headers: {
        authorization: `Bearer ${officeToken}`,
        "content-type": "application/json",
        "if-match": tag,
      },
      body: JSON.stringify({ request_id: requestId(), is_public }),
    });
  const tellSpaces = async (states: readonly string[], zone = "A"): Promise<void> => {
    await office.rows(
      `insert into spaces (facility_id, space_id, zone_id, level, space_type, status, changed_at, epoch, change)
       select 'north', $1 || n, $1, '0', 'standard', status, now(), 1, n
       from unnest($2::text[]) with ordinality as told (status, n)`,
      [zone, states],
    );
  };
  const hear = (minutesAgo: number): Promise<unknown> =>
    office.rows(
      `update facility_states set last_batch_at = $1, written_seq = 0 where facility_id = 'north'`,
      [new Date(office.clock.now() - minutes(minutesAgo))],
    );
  const tellLayout = (): Promise<unknown> =>
    office.rows("insert into layouts values ('north', $1, $2)", [
      new Date(office.clock.now()),
      JSON.stringify(layout),
    ]);

  test("is nothing until somebody turns it on, and nothing once it is turned off", async () => {
    const paths = ["", "/demand", "/rates", "/datex2/table", "/datex2/status"];
    for (const path of paths) expect((await ask(`${place}${path}`)).status).toBe(404);
    expect(await read("/v1/open-data/places")).toEqual({ places: [], next_cursor: null });
    expect((await set(true, '"0"')).status).toBe(200);
    for (const path of paths) expect((await ask(`${place}${path}`)).status).toBe(200);
    expect(await read("/v1/open-data/places")).toMatchObject({ places: [{ id: "north" }] });
    expect((await ask("/v1/open-data/places/south")).status).toBe(404);
    expect((await set(false, '"1"')).status).toBe(200);
    for (const path of paths) expect((await ask(`${place}${path}`)).status).toBe(404);
    const lines = await office.rows<{ text: string }>(
      "select text from audit_lines where action = 'open-data-set' order by seq",
    );
    expect(lines.map(({ text }) => JSON.parse(text) as object)).toMatchObject([
      { before: { is_public: false }, after: { is_public: true }, facility_id: "north" },
      { before: { is_public: true }, after: { is_public: false } },
    ]);
  });

  test("is set by whoever has seen how it stands", async () => {
    expect((await set(true, '"0"')).headers.get("etag")).toBe('"1"');
    const stale = await set(false, '"0"');
    expect([stale.status, await stale.json()]).toMatchObject([412, { type: "other-version" }]);
    const stands = await office.look("/v1/facilities/north/open-data");
    expect(stands).toEqual({ is_public: true, version: 1 });
  });

  test("counts what is known, and an unknown space is no empty one", async () => {
    await set(true, '"0"');
    await tellLayout();
    await tellSpaces(["free", "occupied", "occupied", "unknown"]);
    await tellSpaces(["unknown", "out-of-service"], "B");
    await hear(1);
    const told = await read<ApdsDemand>(`${place}/demand`);
    expect(told).toMatchObject({
      isCurrent: true,
      ageSeconds: 60,
      supply: { supplyQuantity: 6 },
      demand: { count: 2, percentage: 66.7, vacantCount: 1, unknownCount: 2, outOfServiceCount: 1 },
    });
    expect(
      told.areas.map(({ areaId, demand }) => [areaId, demand.count, demand.percentage]),
    ).toEqual([
      ["A", 2, 66.7],
      ["B", null, null],
    ]);
    const whole = await read<ApdsPlace>(place);
    expect(whole.identifiedAreas.map(({ name }) => name)).toEqual(["Ground", "Roof"]);
    expect(whole.vehicularAccesses).toEqual([
      { id: "in", name: "Way in", vehicularAccessType: "entry" },
    ]);
  });

  test("says that it knows nothing of a facility that never spoke, and how old an old word is", async () => {
    await set(true, '"0"');
    const status = async (): Promise<string | undefined> =>
      (await read<DatexStatus>(`${place}/datex2/status`)).parkingStatusPublication
        .parkingRecordStatus[0]?.parkingSiteStatus;
    expect(await read(`${place}/demand`)).toMatchObject({
      recordDateTime: null,
      ageSeconds: null,
      isCurrent: false,
      supply: null,
      demand: { count: null, percentage: null, vacantCount: null },
    });
    expect(await status()).toBe("unknown");
    await tellSpaces(["free", "occupied"]);
    await hear(0);
    await office.clock.advance(seconds(31));
    expect(await status()).toBe("spacesAvailable");
    await office.clock.advance(minutes(20));
    expect(await read(`${place}/demand`)).toMatchObject({ isCurrent: false, ageSeconds: 1231 });
    expect(await status()).toBe("unknown");
  });

  test("names what a stay costs by the tariff in force, and what it does not say", async () => {
    await set(true, '"0"');
    expect(await read(`${place}/rates`)).toMatchObject({ rateTable: null });
    const tariff = { ...defaultTariff, caps: [{ price: "20.00", per: "24 h" }] };
    expect((await office.order("north", { kind: "tariff", body: tariff })).status).toBe(201);
    await office.clock.advance(seconds(31));
    const { rateTable } = await read<ApdsRates>(`${place}/rates`);
    expect(rateTable).toMatchObject({ id: "default", version: 1, notExpressed: ["caps"] });
    const lines = rateTable?.rateLineCollections.map(({ vehicleTypes, rateLines }) => [
      ...vehicleTypes,
      ...rateLines.map(({ value, incrementPeriod, countedIn }) =>
        [value, incrementPeriod, countedIn].join(" "),
      ),
    ]);
    expect(lines).toContainEqual(["motorcycle", "1.00 PT1H PT15M"]);
  });

  test("is told again for half a minute without asking the database, and holds no plate", async () => {
    await set(true, '"0"');
    await tellSpaces(["free"]);
    await office.rows(
      `insert into sessions (facility_id, session_id, state, plate, changed_at)
       values ('north', 's', 'open', 'B AB 1234', now())`,
    );
    await hear(0);
    const first = await ask(`${place}/demand`);
    expect(first.headers.get("cache-control")).toBe("public, max-age=30");
    const etag = first.headers.get("etag") ?? "";
    await office.rows("update spaces set status = 'occupied'");
    await office.clock.advance(seconds(20));
    expect((await ask(`${place}/demand`, { "if-none-match": etag })).status).toBe(304);
    await office.clock.advance(seconds(11));
    const later = await ask(`${place}/demand`, { "if-none-match": etag });
    expect([later.status, await later.json()]).toMatchObject([200, { demand: { count: 1 } }]);
    for (const path of ["", "/demand", "/rates", "/datex2/table", "/datex2/status"])
      expect(await (await ask(`${place}${path}`)).text()).not.toContain("1234");
  });
});
