import { Book } from "@gatehouse/edge/store/book";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { SpaceVehicleAnswer, SpaceVehicleData } from "@gatehouse/shared/contracts/space-vehicles";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { expect, test } from "vitest";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { placesOf } from "./memory-places.ts";
import { putInside } from "./memory-plates.ts";
import { signedIn } from "./running-kiosk.ts";

async function attendant() {
  const book = new Book(":memory:");
  putInside(book, { sessionId: "session-1", vehicleLicense: "BGH1234" });
  for (const sessionId of ["session-2", "session-3"])
    putInside(book, { sessionId, vehicleLicense: "KAX7771" });
  const desk = new TestDesk(new PacedClock());
  desk.places = placesOf(book);
  const { url } = await startKiosk({ desk });
  return signedIn(url, "anna");
}

const there = "/api/spaces/A001/vehicle";

test("an attendant says whose vehicle stands in a space, sees it, and takes it back", async () => {
  const anna = await attendant();
  const said = await anna.post(there, { request_id: "press-1-of-it", plate: "b-gh 1234" });
  expect(SpaceVehicleAnswer.parse(await said.json()).session_id).toBe("session-1");
  const { vehicle } = SpaceVehicleData.parse(await (await anna.get(there)).json());
  expect(vehicle).toMatchObject({ session: { plate: "BGH1234" }, witness: "person", by: "anna" });
  const back = { request_id: "press-2-of-it", as: "taken-back" };
  expect((await anna.post(`${there}/end`, back)).status).toBe(200);
  expect(await (await anna.get(there)).json()).toEqual({ space_id: "A001", vehicle: null });
});

test.each<[string, string, unknown, number]>([
  ["a plate that nobody inside has", there, { plate: "XX1" }, 404],
  ["a plate of two vehicles", there, { plate: "KAX7771" }, 409],
  ["no plate at all", there, { plate: "-" }, 409],
  ["a session that is none", there, { session_id: "nobody" }, 404],
  ["a space that is none", "/api/spaces/Z9/vehicle", { plate: "BGH1234" }, 404],
  ["an end where nobody stands", `${there}/end`, { as: "gone" }, 409],
  ["an end without its kind", `${there}/end`, {}, 422],
])("%s is refused with the reason, and nothing changes", async (_what, path, body, status) => {
  const anna = await attendant();
  const answer = await anna.post(path, { request_id: "press-of-a-page", ...(body as object) });
  expect(answer.status).toBe(status);
  expect(Problem.parse(await answer.json()).title).not.toBe("");
  expect(await (await anna.get(there)).json()).toEqual({ space_id: "A001", vehicle: null });
});

test("a session is chosen where its plate alone does not tell", async () => {
  const anna = await attendant();
  const chosen = { request_id: "press-1-of-it", session_id: "session-3" };
  expect((await anna.post(there, chosen)).status).toBe(200);
  const { vehicle } = SpaceVehicleData.parse(await (await anna.get(there)).json());
  expect(vehicle?.session.session_id).toBe("session-3");
});
