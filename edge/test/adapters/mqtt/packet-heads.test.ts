import fc from "fast-check";
import { expect, test } from "vitest";
import { type PacketHead, PacketHeads } from "../../../src/adapters/mqtt/packet-heads.ts";

const packet = fc.record({
  type: fc.integer({ min: 0, max: 15 }),
  body: fc.uint8Array({ maxLength: 400 }),
});

test("the heads of a stream are found however it is cut", () => {
  fc.assert(
    fc.property(
      fc.array(packet, { maxLength: 20 }),
      fc.array(fc.nat({ max: 5000 }), { maxLength: 20 }),
      (packets, cuts) => {
        const stream = Buffer.concat(packets.map(({ type, body }) => bytesOf(type, body)));
        const heads = headsIn(stream, cuts);
        expect(heads).toEqual(packets.map(({ type, body }) => ({ type, length: body.length })));
      },
    ),
  );
});

test("a length of five bytes is malformed", () => {
  expect(headsIn(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]), [])).toEqual(["malformed"]);
});

test("the longest length there is, 256 MB less one byte, is read as it is", () => {
  expect(headsIn(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]), [2])).toEqual([
    { type: 3, length: 268_435_455 },
  ]);
});

function headsIn(stream: Buffer, cuts: readonly number[]): (PacketHead | "malformed")[] {
  const heads = new PacketHeads();
  const found: (PacketHead | "malformed")[] = [];
  const ends = [...cuts.filter((cut) => cut < stream.length), stream.length].toSorted(
    (a, b) => a - b,
  );
  let start = 0;
  for (const end of ends) {
    const chunk = stream.subarray(start, end);
    for (let at = 0; at < chunk.length;) {
      at = heads.advance(chunk, at);
      const head = heads.taken();
      if (head === undefined) continue;
      found.push(head);
      if (head === "malformed") return found;
    }
    start = end;
  }
  return found;
}

function bytesOf(type: number, body: Uint8Array): Buffer {
  const length = [];
  for (let left = body.length; ; left >>= 7) {
    length.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.from([type << 4, ...length]), body]);
}
