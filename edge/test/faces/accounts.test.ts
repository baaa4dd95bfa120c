import {
  AccountClosed,
  AccountsData,
  MerchantAnswer,
  StatementData,
} from "@gatehouse/shared/contracts/accounts";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { expect, test } from "vitest";
import { startKiosk } from "./kiosk-fixture.ts";
import { signedIn } from "./running-kiosk.ts";

const press = { request_id: "press-0001", reason: "asked at the desk" };
const bakery = { ...press, merchant_id: "bakery", name: "Bakery" };
const account = { ...press, account_id: "acc-1", holder: "Jo", plates: ["b-gh 1234"] };

async function people() {
  const { url } = await startKiosk();
  return { anna: await signedIn(url, "anna"), boris: await signedIn(url, "boris") };
}

test.each<[string, object]>([
  ["/api/money/merchants", bakery],
  ["/api/money/accounts", account],
  ["/api/money/accounts/acc-1/close", { ...press, till_id: null }],
  ["/api/money/accounts/acc-1/load", { ...press, amount_minor: 500 }],
  ["/api/money/subscriptions/sub-1/act", { ...press, act: "pause" }],
])("an attendant sees what is kept and changes none of it: %s", async (path, body) => {
  const { anna } = await people();
  expect((await anna.post(path, body)).status).toBe(403);
  expect((await anna.get("/api/money/accounts?search=")).status).toBe(200);
  expect((await anna.get("/api/money/merchants")).status).toBe(200);
});

test("an account is kept, shown with its movements, and closed by a supervisor", async () => {
  const { anna, boris } = await people();
  expect((await boris.post("/api/money/accounts", account)).status).toBe(200);
  const found = AccountsData.parse(await (await anna.get("/api/money/accounts?search=jo")).json());
  expect(found.accounts).toMatchObject([{ plates: ["BGH1234"], balance_minor: 0 }]);
  const path = "/api/money/accounts/acc-1";
  const statement = StatementData.parse(await (await anna.get(`${path}/statement`)).json());
  expect(statement).toMatchObject({ lines: [], has_more: false, account: { holder: "Jo" } });
  const wish = { reason: "moved away", request_id: "press-0002", till_id: null };
  const answer = AccountClosed.parse(await (await boris.post(`${path}/close`, wish)).json());
  expect(answer.paid_out_minor).toBe(0);
});

test("the same press makes one token, and another press another", async () => {
  const { boris } = await people();
  const keep = async (request_id: string) => {
    const body = { ...bakery, request_id, new_token: true };
    const answer = await boris.post("/api/money/merchants", body);
    return MerchantAnswer.parse(await answer.json()).token;
  };
  const first = await keep("press-0001");
  expect(await keep("press-0001")).toBe(first);
  expect(await keep("press-0002")).not.toBe(first);
});

test.each<[string, string, object, number]>([
  ["an account without a reason", "/api/money/accounts", { ...account, reason: " " }, 422],
  [
    "a card number instead of a token",
    "/api/money/accounts",
    {
      ...account,
      means: { gateway: "stripe", customer_ref: "cus_1", means_ref: "4532 0151 1283 0366" },
    },
    422,
  ],
  ["closing nothing", "/api/money/accounts/none/close", { ...press, till_id: null }, 404],
  ["loading nothing", "/api/money/accounts/none/load", { ...press, amount_minor: 500 }, 404],
  ["pausing nothing", "/api/money/subscriptions/none/act", { ...press, act: "pause" }, 404],
  ["an act that is none", "/api/money/subscriptions/none/act", { ...press, act: "stop" }, 422],
])("%s is refused in words", async (_what, path, body, status) => {
  const { boris } = await people();
  const answer = await boris.post(path, body);
  expect(answer.status).toBe(status);
  expect(Problem.parse(await answer.json()).title).not.toBe("");
});
