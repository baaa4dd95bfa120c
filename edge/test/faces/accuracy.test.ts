import { expect, test } from "vitest";
import { AccuracyData, SpotCountAnswer } from "@gatehouse/shared/contracts/accuracy";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { startKiosk } from "./kiosk-fixture.ts";
import { signedIn } from "./running-kiosk.ts";

const scope = { kind: "zone", id: "a" };

test("an attendant counts, and everybody signed in reads how right the system is", async () => {
  const { url } = await startKiosk();
  const anna = await signedIn(url, "anna");
  const found = { method: "total", occupied: 12 };
  const answer = await anna.post("/api/spot-counts", { count_id: "count-12345", scope, found });
  expect(SpotCountAnswer.parse(await answer.json()).sentence).toMatch(/^Kept: 12 occupied/);
  const chen = await signedIn(url, "chen");
  const report = AccuracyData.parse(await (await chen.get("/api/accuracy")).json());
  expect(report.counts).toMatchObject([{ by: "anna", method: "total", occupied: 12 }]);
});

test.each<[string, unknown, number]>([
  ["an unknown zone", { count_id: "count-12345", scope: { kind: "zone", id: "z" } }, 409],
  ["a count without an id", { scope }, 422],
  ["a count without a scope", { count_id: "count-12345" }, 422],
])("%s is refused with the reason", async (_what, body, status) => {
  const { url } = await startKiosk();
  const anna = await signedIn(url, "anna");
  const found = { method: "wrong-ones", spaces: [] };
  const answer = await anna.post("/api/spot-counts", { found, ...(body as object) });
  expect(answer.status).toBe(status);
  expect(Problem.parse(await answer.json()).title).not.toBe("");
});

test("two thousand spaces fit into a count, and a flood does not", async () => {
  const { url } = await startKiosk();
  const anna = await signedIn(url, "anna");
  const at = "2026-06-01T05:30:00.000Z";
  const spaces = Array.from({ length: 2000 }, (_, index) => ({
    space_id: `A${String(index).padStart(6, "0")}`,
    occupied: false,
    at,
  }));
  const count = { count_id: "count-12345", scope, found: { method: "each", spaces } };
  // None of these numbers exists: it arrived, and there was nothing to compare.
  expect((await anna.post("/api/spot-counts", count)).status).toBe(409);
  const flood = { ...count, note: "x".repeat(300_000) };
  expect((await anna.post("/api/spot-counts", flood)).status).toBe(413);
});
