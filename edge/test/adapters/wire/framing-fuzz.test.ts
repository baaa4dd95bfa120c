import { hasGoodCrc, withCrc } from "@gatehouse/shared/crc16-modbus";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Framing } from "../../../src/adapters/wire/framing.ts";
import { RtuFraming } from "../../../src/adapters/wire/rtu-framing.ts";
import { TcpFraming } from "../../../src/adapters/wire/tcp-framing.ts";

const runs = Number(process.env["GATEHOUSE_FUZZ_RUNS"] ?? 10_000);

/** Switch on the second relay of unit 1. */
const request = Buffer.from(withCrc(Uint8Array.from([1, 5, 0, 1, 0xff, 0])));

const rtu = (body: Uint8Array): Buffer => Buffer.from(withCrc(body));
const tcp = (body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0, 1, 0, 0, 0, body.length]), body]);

/** What a board, a neighbour or a bad line may say: the echo, refusals, others' echoes, each whole or mangled. */
const answers = (frame: (body: Uint8Array) => Buffer): fc.Arbitrary<Buffer> => {
  const echo = fc.tuple(
    fc.constantFrom(1, 1, 1, 2),
    fc.constantFrom(5, 5, 5, 6, 1),
    fc.constant(0),
    fc.constantFrom(1, 1, 0, 7),
    fc.constantFrom(0xff, 0xff, 0),
    fc.constantFrom(0, 0, 1),
  );
  const refusal = fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(0x85, 0x81), fc.nat(255));
  const whole = fc.oneof(echo, refusal).map((body) => frame(Uint8Array.from(body)));
  const flipped = fc
    .tuple(whole, fc.nat(20), fc.integer({ min: 1, max: 255 }))
    .map(([bytes, at, mask]) => {
      const copy = Buffer.from(bytes);
      copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ mask;
      return copy;
    });
  const cut = fc.tuple(whole, fc.nat(12)).map(([bytes, length]) => bytes.subarray(0, length));
  const noise = fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes));
  return fc.oneof(whole, flipped, cut, noise);
};

describe.each([
  ["RTU", (): Framing => new RtuFraming(), rtu],
  ["TCP", (): Framing => new TcpFraming(), tcp],
])("%s", (_name, newFraming, frame) => {
  test("takes nothing for an answer but this request's own echo or refusal, undamaged", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(answers(frame), { minLength: 1, maxLength: 5 }), (chunks) => {
        const framing = newFraming();
        framing.ask(request);
        for (const chunk of chunks) {
          for (const received of framing.receive(chunk)) {
            if (received.kind !== "answer") continue;
            taken += 1;
            const bytes = received.frame;
            const isEcho = bytes.equals(request);
            const isRefusal = bytes.length === 5 && bytes[0] === 1 && bytes[1] === 0x85;
            if (!hasGoodCrc(bytes) || !(isEcho || isRefusal)) return false;
          }
        }
        return true;
      }),
      { numRuns: runs, seed: 5 },
    );
    expect(taken).toBeGreaterThan(runs / 10);
  }, 120_000);
});
