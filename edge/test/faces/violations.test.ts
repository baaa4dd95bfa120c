import { Problem } from "@gatehouse/shared/contracts/problem";
import {
  ViolationData,
  ViolationsData,
  ViolationView,
} from "@gatehouse/shared/contracts/violations";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, test } from "vitest";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { memoryViolations } from "./memory-violations.ts";
import { signedIn } from "./running-kiosk.ts";

const path = "/api/violations/overstay-session-1";

async function kiosk() {
  const clock = new PacedClock();
  const desk = new TestDesk(clock);
  desk.violations = memoryViolations(clock, "BGH1234");
  const { url } = await startKiosk({ desk });
  return { anna: await signedIn(url, "anna"), boris: await signedIn(url, "boris") };
}

const wish = { request_id: "press-0001", reason: "as the pictures show" };

test("an attendant finds a violation by its plate, reads what shows it, and issues it", async () => {
  const { anna } = await kiosk();
  const question = "/api/violations?status=review&type=overstay&plate=b-gh%201234";
  const list = ViolationsData.parse(await (await anna.get(question)).json());
  expect(list.violations).toMatchObject([{ plate: "BGH1234", penalty_minor: 2000, due_minor: 0 }]);
  const { evidence } = ViolationData.parse(await (await anna.get(path)).json());
  expect(evidence.finding).toBe("stood 4 h 12 min, 4 h 00 min are allowed");
  const answer = await anna.post(`${path}/review`, { ...wish, decision: "issue" });
  expect(ViolationView.parse(await answer.json())).toMatchObject({
    status: "issued",
    due_minor: 2000,
  });
});

test("only a supervisor gives a penalty up", async () => {
  const { anna, boris } = await kiosk();
  expect((await anna.post(`${path}/waive`, wish)).status).toBe(403);
  const waived = await boris.post(`${path}/waive`, wish);
  expect(ViolationView.parse(await waived.json()).status).toBe("waived");
});

test.each<[string, string, unknown, number]>([
  ["a waiver without a reason", `${path}/waive`, { request_id: "press-0001" }, 422],
  ["an objection to what was never issued", `${path}/dispute`, wish, 409],
  [
    "a decision about what nobody objects to",
    `${path}/decide`,
    { ...wish, decision: "upheld" },
    409,
  ],
  ["a review of nothing", "/api/violations/none/review", { ...wish, decision: "issue" }, 404],
])("%s is refused with the reason", async (_what, address, body, status) => {
  const { boris } = await kiosk();
  const answer = await boris.post(address, body);
  expect(answer.status).toBe(status);
  expect(Problem.parse(await answer.json()).title).not.toBe("");
});

test.each(["?status=lost", "?type=noise", `?plate=${"A".repeat(40)}`])(
  "a question that makes no sense (%s) is refused",
  async (question) => {
    const { anna } = await kiosk();
    expect((await anna.get(`/api/violations${question}`)).status).toBe(400);
  },
);
