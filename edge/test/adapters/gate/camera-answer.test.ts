import { Fault } from "@gatehouse/shared/fault";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requireDone } from "../../../src/adapters/gate/camera-answer.ts";

/** @returns "done", or the code of the fault */
function judged(kind: "isapi" | "cgi", body: string | Uint8Array, status = 200): string {
  try {
    requireDone(kind, "camera", { status, body: Buffer.from(body) });
    return "done";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.code;
  }
}

const status = (code: string, root = "ResponseStatus"): string =>
  `<?xml version="1.0"?><${root} xmlns="http://www.isapi.org/ver20/XMLSchema"><statusCode>${code}</statusCode><statusString>OK</statusString></${root}>`;

describe("ISAPI", () => {
  test.each([
    ["a plain yes", status("1")],
    ["a byte order mark and white space", `\uFEFF  ${status(" 1 ")}\n`],
    ["a prefix, as recorders put it", status("1").replaceAll(/<(\/?)(R|s)/g, "<$1ns1:$2")],
    ["JSON", '{"requestURL":"/","statusCode":1,"statusString":"OK"}'],
  ])("%s is a yes", (_what, body) => expect(judged("isapi", body)).toBe("done"));

  test.each([
    ["not supported", status("4"), 403],
    ["not supported, with a status of 200", status("4"), 200],
    ["a restart is wanted first", status("7"), 200],
    ["busy", status("2"), 200],
    ["JSON that says no", '{"statusCode":6,"subStatusCode":"badParameters"}', 400],
    ["a page that is not there", "<html>404</html>", 404],
    ["a redirect", "", 302],
    ["a yes under an error of the server", status("1"), 500],
  ])("%s is a no", (_what, body, code) => {
    expect(judged("isapi", body, code)).toBe("wire-exception");
  });

  test.each([
    ["nothing", ""],
    ["a page of text", "<html><body>OK</body></html>"],
    ["half an answer", status("1").slice(0, -20)],
    ["a code that is no number", status("1x")],
    ["a code in another place", "<html><!-- <statusCode>1</statusCode> --></html>"],
    ["the other make's yes", "OK"],
    ["a document type", `<!DOCTYPE a [<!ENTITY x "1">]>${status("&x;")}`],
    ["JSON that is not whole", '{"statusCode":1'],
  ])("%s proves nothing", (_what, body) => expect(judged("isapi", body)).toBe("wire-noise"));
});

describe("CGI", () => {
  test.each(["OK", "OK\r\n", "ok\n"])("%j is a yes", (body) => {
    expect(judged("cgi", body)).toBe("done");
  });
  test.each([
    ["Error\r\nBad Request!", 400],
    ["Error", 200],
    ["OK", 503],
  ])("%j with status %i is a no", (body, code) => {
    expect(judged("cgi", body, code)).toBe("wire-exception");
  });
  test.each(["", "OKAY", "<html>OK</html>", status("1"), "NOT OK", "OK\r\nOK"])(
    "%j proves nothing",
    (body) => expect(judged("cgi", body)).toBe("wire-noise"),
  );
});

const runs = Number(process.env["GATEHOUSE_FUZZ_RUNS"] ?? 10_000);

/** A yes with bytes changed, cut, doubled or put in. */
const mangled = (yes: string): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.tuple(fc.nat(yes.length), fc.nat(8), fc.uint8Array({ maxLength: 6 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((edits) =>
      edits.reduce<Buffer>(
        (bytes, [at, cut, put]) =>
          Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]),
        Buffer.from(yes),
      ),
    );

const yes = {
  isapi: {
    text: status("1"),
    sign: /<statusCode>\s*1\s*<\/statusCode>|"statusCode"\s*:\s*"?1"?\s*[,}]/,
  },
  cgi: { text: "OK\r\n", sign: /^ok$/i },
};

/** Whether an answer was judged without a crash, and as a yes only with its sign. */
function isJudgedWell(kind: keyof typeof yes, bytes: Uint8Array, code: number): boolean {
  const said = judged(kind, bytes, code);
  if (said !== "done") return said === "wire-noise" || said === "wire-exception";
  return code < 300 && yes[kind].sign.test(Buffer.from(bytes).toString("utf8").trim());
}

test.each(["isapi", "cgi"] as const)(
  "no mangled answer of %s crashes, and none without its yes is one",
  (kind) => {
    const body = fc.oneof(mangled(yes[kind].text), fc.uint8Array({ maxLength: 400 }));
    const codes = fc.constantFrom(200, 200, 200, 204, 302, 401, 404, 500);
    const judging = fc.property(body, codes, (bytes, code) => isJudgedWell(kind, bytes, code));
    expect(fc.check(judging, { numRuns: runs, seed: 4 }).counterexample).toBeNull();
  },
  120_000,
);
