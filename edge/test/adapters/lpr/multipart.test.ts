import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMultipart } from "../../../src/adapters/lpr/multipart.ts";
import { BadPush } from "../../../src/adapters/lpr/push-format.ts";
import { formBody, outcomeOf } from "./push-bodies.ts";

const contentType = "multipart/form-data; boundary=frontier";
const read = (text: string, type = contentType) =>
  readMultipart(Buffer.from(text, "latin1"), type).map(({ name, fileName, body }) => ({
    name,
    fileName,
    body: body.toString("latin1"),
  }));
const part = (name: string, body: string): string =>
  `--frontier\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${body}\r\n`;

test("what a browser writes is read back, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ name: fc.stringMatching(/^\w{1,9}$/), bytes: fc.uint8Array() }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (parts) => {
        const { contentType: type, bytes } = await formBody(
          parts.map((each) => ({
            name: each.name,
            fileName: "file.bin",
            text: Buffer.from(each.bytes),
          })),
        );
        expect(
          readMultipart(bytes, type).map(({ name, body }) => [name, body.toString("hex")]),
        ).toEqual(parts.map((each) => [each.name, Buffer.from(each.bytes).toString("hex")]));
      },
    ),
    { numRuns: 50 },
  );
});

describe("what cameras do differently is taken", () => {
  test.each([
    [
      "bare line feeds",
      "--frontier\nContent-Disposition: form-data; name=a\n\nbody\n--frontier--\n",
      contentType,
    ],
    [
      "a quoted boundary",
      `${part("a", "body")}--frontier--`,
      'multipart/form-data; boundary="frontier"',
    ],
    ["no close at the end", `${part("a", "body")}--frontier\r\n`, contentType],
    ["a preamble", `hello\r\n${part("a", "body")}--frontier--\r\n`, contentType],
    [
      "other headers and another case",
      "--frontier\r\ncontent-type: image/jpeg\r\nCONTENT-DISPOSITION: form-data; NAME=a; FileName=b.jpg\r\n" +
        "Content-Length: 4\r\n\r\nbody\r\n--frontier--",
      "Multipart/Form-Data;boundary=frontier",
    ],
  ])("%s", (_name, text, type) => {
    expect(read(text, type)).toMatchObject([{ name: "a", body: "body" }]);
  });

  test("a boundary inside a body that does not begin a line, or begins a longer one", () => {
    const body = "x--frontier\r\n--frontierland\r\ny";
    expect(read(`${part("a", body)}${part("b", "")}--frontier--`)).toMatchObject([
      { name: "a", body },
      { name: "b", body: "" },
    ]);
  });
});

describe("what is no whole body is refused, with the place", () => {
  test.each([
    ["an empty body", "", "body"],
    ["another boundary", "--other\r\n\r\n--other--", "body"],
    ["a part without an end", part("a", "bo") + part("b", "dy").slice(0, -2), "part 2"],
    ["a head without an end", "--frontier\r\nContent-Disposition: form-data", "part 1"],
    ["a part without a name", "--frontier\r\n\r\nbody\r\n--frontier--", "part 1"],
    ["too many parts", `${part("a", "").repeat(21)}--frontier--`, "body"],
  ])("%s", (_name, text, path) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ complaints: [expect.objectContaining({ path })] }),
    );
  });

  test.each(["multipart/form-data", `multipart/form-data; boundary=${"x".repeat(300)}`])(
    "a content type like %s",
    (type) => expect(() => read(part("a", ""), type)).toThrow(BadPush),
  );
});

test("whatever bytes come, there are parts or a complaint", () => {
  const lines = fc.constantFrom(
    "--frontier",
    "--frontier--",
    "\r\n",
    "\n",
    'Content-Disposition: form-data; name="a"',
    "x",
    "\r\n\r\n",
  );
  const text = fc
    .array(fc.oneof(lines, fc.string({ unit: "binary" })), { maxLength: 30 })
    .map((texts) => texts.join(""));
  fc.assert(
    fc.property(text, (each) => {
      expect(outcomeOf(() => read(each))).toMatch(/read|refused/);
    }),
    { numRuns: 300 },
  );
});
