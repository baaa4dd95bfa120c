import { Book } from "@gatehouse/edge/store/book";
import { CorrectAnswer, ReviewsData, SessionsData } from "@gatehouse/shared/contracts/plates";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, test } from "vitest";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { platesOf, putInside } from "./memory-plates.ts";
import { signedIn } from "./running-kiosk.ts";

async function attendant() {
  const clock = new PacedClock();
  const book = new Book(":memory:");
  putInside(book, { sessionId: "session-1", vehicleLicense: "8GH1234" });
  const desk = new TestDesk(clock);
  desk.plates = platesOf(clock, book);
  const { url } = await startKiosk({ desk });
  return signedIn(url, "anna");
}

test("an attendant finds a vehicle by a part of its plate and puts the plate right", async () => {
  const anna = await attendant();
  const found = SessionsData.parse(await (await anna.get("/api/sessions?plate=gh12")).json());
  expect(found.sessions).toMatchObject([{ session_id: "session-1", plate: "8GH1234" }]);
  const told = { plate: "B GH 1234", reason: "looked at the picture" };
  const answer = await anna.post("/api/sessions/session-1/plate", told);
  expect(CorrectAnswer.parse(await answer.json())).toMatchObject({
    from: "8GH1234",
    to: "BGH1234",
  });
  expect(
    SessionsData.parse(await (await anna.get("/api/sessions?plate=bgh")).json()).sessions,
  ).toHaveLength(1);
  expect(ReviewsData.parse(await (await anna.get("/api/reviews")).json()).reviews).toEqual([]);
});

test.each<[string, string, unknown, number]>([
  ["a plate without a reason", "/api/sessions/session-1/plate", { plate: "BGH1234" }, 422],
  ["no plate at all", "/api/sessions/session-1/plate", { plate: "-", reason: "x" }, 409],
  ["an unknown session", "/api/sessions/nobody/plate", { plate: "BGH1234", reason: "x" }, 404],
  ["a choice of nothing", "/api/lanes/exit-1/choose", { request_id: "press-123" }, 422],
  [
    "a choice at an unknown lane",
    "/api/lanes/nowhere/choose",
    { request_id: "press-123", session_id: "session-1" },
    404,
  ],
  ["a review that is none", "/api/reviews/nothing", { action: "merge" }, 404],
])("%s is refused with the reason", async (_what, path, body, status) => {
  const anna = await attendant();
  const answer = await anna.post(path, body);
  expect(answer.status).toBe(status);
  expect(Problem.parse(await answer.json()).title).not.toBe("");
});

test.each([
  ["/api/sessions", 400],
  [`/api/sessions?plate=${"A".repeat(100)}`, 400],
  ["/api/lanes/nowhere/candidates", 404],
])("a question about %s is answered %d", async (path, status) => {
  const anna = await attendant();
  expect((await anna.get(path)).status).toBe(status);
});
