import { expect, test } from "vitest";
import { lineWithheld, withheld } from "../../src/domain/withheld.ts";

test.each<[string, unknown, unknown]>([
  [
    "what stands under a secret name",
    { cloud_token: "abc", port: 8080 },
    { cloud_token: "[withheld]", port: 8080 },
  ],
  ["a number there too", { pin: 4711 }, { pin: "[withheld]" }],
  ["in whatever depth", { a: [{ api_key: "x" }] }, { a: [{ api_key: "[withheld]" }] }],
  [
    "who signs in in an address",
    { url: "rtsp://admin:geheim@10.0.0.7/live" },
    { url: "rtsp://[withheld]@10.0.0.7/live" },
  ],
  [
    "what an address hands over",
    "http://10.0.0.7/x?channel=1&access_token=abc123&y=2",
    "http://10.0.0.7/x?channel=1&access_token=[withheld]&y=2",
  ],
  [
    "what follows such a word",
    "sent Authorization: Bearer ey.abc",
    "sent Authorization: Bearer [withheld]",
  ],
  [
    "a known secret anywhere",
    "broker said hunter22 twice: hunter22",
    "broker said [withheld] twice: [withheld]",
  ],
  ["a card number", "paid with 4111 1111 1111 1111", "paid with [card …1111]"],
])("%s is withheld", (_what, value, clean) => {
  expect(withheld(value, ["hunter22"])).toEqual(clean);
});

test.each([
  { state: "online", at: "2026-06-01T05:30:00Z", monkey: "banana", keyboard: true },
  "lane entry-1 opened, plate BGH1234",
  ["http://10.0.0.7:80/onvif?channel=1"],
  { last_four: "4242", session_id: "0b1c2d3e-1111-4222-8333-444455556666", minor: 1250 },
])("%j stays as it is", (value) => {
  expect(withheld(value, [])).toEqual(value);
});

test("a line of JSON is looked at by its names, and any other by its words", () => {
  expect(lineWithheld('{"event":"x","token":"abc"}', [])).toBe(
    '{"event":"x","token":"[withheld]"}',
  );
  expect(lineWithheld("token=abc", [])).toBe("token=[withheld]");
});
