import { withCrc } from "@gatehouse/shared/crc16-modbus";
import fc from "fast-check";
import { expect, test } from "vitest";
import { RtuFraming } from "../../../src/adapters/wire/rtu-framing.ts";
import { TcpFraming } from "../../../src/adapters/wire/tcp-framing.ts";

const frame = (...bytes: number[]): Buffer => Buffer.from(withCrc(Uint8Array.from(bytes)));
const readInputs = frame(1, 2, 0, 0, 0, 3);
const inputsAre = (bits: number): Buffer => frame(1, 2, 1, bits);
const rubbish = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));

test("an answer is found between any rubbish, however it is cut", () => {
  fc.assert(
    fc.property(
      rubbish,
      rubbish,
      fc.integer({ min: 0, max: 7 }),
      fc.nat(),
      (before, after, bits, cut) => {
        const framing = new RtuFraming();
        framing.ask(readInputs);
        const bytes = Buffer.concat([before, inputsAre(bits), after]);
        const at = cut % bytes.length;
        const received = [
          ...framing.receive(bytes.subarray(0, at)),
          ...framing.receive(bytes.subarray(at)),
        ];
        expect(received).toEqual([{ kind: "answer", frame: inputsAre(bits) }]);
      },
    ),
  );
});

test("a frame with one wrong bit is no answer", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), fc.nat(47), (bits, wrong) => {
      const framing = new RtuFraming();
      framing.ask(readInputs);
      const damaged = inputsAre(bits);
      damaged[wrong >> 3] = (damaged[wrong >> 3] ?? 0) ^ (1 << (wrong & 7));
      expect(framing.receive(damaged)).toEqual([]);
    }),
  );
});

test("what a unit owes is paid before anything is answered", () => {
  const framing = new RtuFraming();
  framing.ask(readInputs);
  framing.giveUp();
  expect(framing.isOwed(1)).toBe(true);
  expect(framing.isOwed(2)).toBe(false);
  framing.ask(readInputs);
  const received = framing.receive(Buffer.concat([inputsAre(1), inputsAre(0)]));
  expect(received).toEqual([{ kind: "late" }, { kind: "answer", frame: inputsAre(0) }]);
  expect(framing.isOwed(1)).toBe(false);
});

test("a late refusal pays a debt as well", () => {
  const framing = new RtuFraming();
  framing.ask(readInputs);
  framing.giveUp();
  expect(framing.receive(frame(1, 0x82, 4))).toEqual([{ kind: "late" }]);
  expect(framing.isOwed(1)).toBe(false);
});

test("an answer after a newer one cannot come: paying a debt settles the older ones", () => {
  const framing = new RtuFraming();
  for (const request of [frame(1, 1, 0, 0, 0, 1), readInputs]) {
    framing.ask(request);
    framing.giveUp();
  }
  expect(framing.receive(inputsAre(1))).toEqual([{ kind: "late" }]);
  expect(framing.isOwed(1)).toBe(false);
});

test("any bytes leave both framings standing", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), (chunks) => {
      for (const framing of [new RtuFraming(), new TcpFraming()]) {
        framing.ask(readInputs);
        for (const chunk of chunks) framing.receive(Buffer.from(chunk));
        framing.giveUp();
        framing.flush();
        expect(framing.unread).toBe(0);
      }
    }),
  );
});

test("a Modbus TCP answer with another transaction number is late, whatever it says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 0xffff }), (transaction) => {
      const framing = new TcpFraming();
      const request = framing.ask(readInputs);
      const answer = Buffer.concat([request.subarray(0, 4), Buffer.from([0, 4, 1, 2, 1, 5])]);
      const late = Buffer.from(answer);
      late.writeUInt16BE(transaction, 0);
      expect(framing.receive(Buffer.concat([late, answer]))).toEqual([
        { kind: "late" },
        { kind: "answer", frame: frame(1, 2, 1, 5) },
      ]);
    }),
  );
});
