import { expect, test } from "vitest";
import { parseProfile, profileNames } from "../../../src/adapters/profiles.ts";
import { signFrame } from "../../../src/adapters/sign/sign-frame.ts";
import { loadSignProfile, SignProfile } from "../../../src/adapters/sign/sign-profile.ts";

const profile = (change: object): SignProfile =>
  SignProfile.parse({ make: "Test", template: "{free}", encoding: "ascii", ...change });
const free = (count: number) => ({ lines: [], free: count, tone: "neutral" }) as const;

test("every profile that ships is complete", () => {
  const makes = profileNames("signs").map((name) => loadSignProfile(name, "/nowhere").make);
  expect(makes).toHaveLength(2);
});

test("a number is filled to its width, and no number is what the profile says", () => {
  const four = profile({ free_width: 4, no_free: "FULL" });
  expect(signFrame(four, free(7)).toString()).toBe("   7");
  expect(signFrame(four, { lines: ["Full"], tone: "stop" }).toString()).toBe("FULL");
});

test("lines are cut and filled, and a tone is the display's own code", () => {
  const board = profile({
    template: "{tone}{line1}|{line2}|",
    line_width: 5,
    tones: { neutral: "A", go: "\u001bG", stop: "R", attention: "Y" },
  });
  const welcome = { lines: ["Welcome", "B"], tone: "go" } as const;
  expect(signFrame(board, welcome).toString()).toBe("\u001bGWelco|B    |");
});

test.each([
  ["none", {}, "023132" + "03"],
  ["sum", {}, "023132" + "63" + "03"],
  ["xor", {}, "023132" + "03" + "03"],
  ["xor", { with_start: true }, "023132" + "01" + "03"],
  ["xor", { as: "hex" }, "023132" + "3033" + "03"],
  ["crc16", {}, "023132" + "95f5" + "03"],
])("a checksum %s %j stands between text and end", (kind, how, hex) => {
  const framed = profile({ start: "02", end: "03", checksum: { kind, ...how } });
  expect(signFrame(framed, free(12)).toString("hex")).toBe(hex);
});

test("what a plate or a language brings cannot end a frame, and what cannot be written is a question mark", () => {
  const ascii = profile({ template: "{line1}" });
  const line = { lines: ["Grüße \u0003\r\n€"], tone: "neutral" } as const;
  expect(signFrame(ascii, line).toString("latin1")).toBe("Gr??e ????");
  const latin = profile({ template: "{line1}", encoding: "latin1" });
  expect(signFrame(latin, line).toString("latin1")).toBe("Grüße ????");
  const utf8 = profile({ template: "{line1}", encoding: "utf8" });
  expect(signFrame(utf8, line).toString("utf8")).toBe("Grüße ???€");
});

test("a profile with mistakes names each place and what to write", () => {
  const text = JSON.stringify({ make: "", template: "x", encoding: "ebcdic", start: "2", end: "" });
  expect(() => parseProfile("ours.json", text, SignProfile)).toThrow(
    /make: write the maker.*start: write pairs.*encoding: write ascii, latin1 or utf8/,
  );
});
