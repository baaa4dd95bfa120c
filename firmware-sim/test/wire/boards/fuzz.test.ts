import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../../src/virtual-clock.ts";
import { e1214 } from "../../../src/wire/e1214.ts";
import { et2260 } from "../../../src/wire/et2260.ts";
import { mr6c } from "../../../src/wire/mr6c.ts";
import { adam6060, wp8026, wp8027 } from "../../../src/wire/plain-board.ts";
import { answerRequest, type RegisterMap } from "../../../src/wire/register-map.ts";
import { waveshare8ch } from "../../../src/wire/waveshare-8ch.ts";
import { hexOf, Master, rtu, tcp } from "./master.ts";

const loopBack = "01 08 00 00 12 34";

describe.each([
  ["a Waveshare board", waveshare8ch, rtu],
  ["a WB-MR6C", mr6c, rtu],
  ["a WP8026", wp8026, rtu],
  ["a WP8027", wp8027, rtu],
  ["an ET-2260", et2260, tcp],
  ["an E1214", e1214, tcp],
  ["an ADAM-6060", adam6060, tcp],
])("%s", (_name, make, frameOf) => {
  test("stands any bytes and any request, and answers the next one right", async () => {
    const board = make({ clock: new VirtualClock(0 as Instant) }, { port: 0 });
    await board.start();
    const request = fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .map((bytes) => frameOf(hexOf(Uint8Array.from([1, ...bytes]))));
    const chunk = fc.oneof(fc.uint8Array({ maxLength: 300 }), request);
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), async (chunks) => {
        const wild = await Master.connect(board.port);
        for (const bytes of chunks) wild.send(bytes);
        wild.close();
        const tame = await Master.connect(board.port);
        expect(await tame.ask(frameOf(loopBack), frameOf(loopBack).length)).toBe(
          hexOf(frameOf(loopBack)),
        );
        tame.close();
      }),
      { numRuns: 40, seed: 11 },
    );
    await board.stop();
  });
});

test("a register map answers any request with an answer or a refusal of that function", () => {
  const everything: RegisterMap = {
    coil: (address) => address < 100,
    discrete: () => true,
    holding: (address) => (address < 100 ? address : undefined),
    inputRegister: () => 0xffff,
    setCoil: () => "done",
    setHolding: () => "bad-value",
  };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 260 }), (bytes) => {
      const request = Buffer.from(bytes);
      const answer = answerRequest(everything, request);
      expect((answer[0] ?? 0) & 0x7f).toBe((request[0] ?? 0) & 0x7f);
      expect(answer.length).toBeGreaterThanOrEqual(2);
      expect(answer.length).toBeLessThanOrEqual(253);
    }),
  );
});
