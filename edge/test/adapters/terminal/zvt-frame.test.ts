import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acknowledgeOf,
  type Apdu,
  ApduStream,
  control,
  encodeApdu,
} from "../../../src/adapters/terminal/zvt-frame.ts";
import { hexBytes } from "./hex-bytes.ts";

const shown = ({ control: field, data }: Apdu): string =>
  `${field.toString(16)} ${data.toString("hex")}`;

describe("the unit as it stands on the wire", () => {
  test.each([
    ["abort by us", control.cancel, "", "06 B0 00"],
    ["status enquiry", control.statusEnquiry, "", "05 01 00"],
    ["repeat receipt", control.repeatReceipt, "00 00 00", "06 20 03 00 00 00"],
    [
      "register",
      control.registration,
      "00 00 00 BE 09 78 03 00",
      "06 00 08 00 00 00 BE 09 78 03 00",
    ],
    [
      "pay 3.50 EUR",
      control.authorisation,
      "04 00 00 00 00 03 50 49 09 78",
      "06 01 0A 04 00 00 00 00 03 50 49 09 78",
    ],
  ])("%s is these bytes", (_name, field, data, wire) => {
    expect(encodeApdu(field, hexBytes(data)).toString("hex")).toBe(hexBytes(wire).toString("hex"));
    expect(new ApduStream().push(hexBytes(wire)).map(shown)).toEqual([
      shown({ control: field, data: hexBytes(data) }),
    ]);
  });

  test("the long length is read for one byte of data too", () => {
    const [unit] = new ApduStream().push(hexBytes("04 0F FF 01 00 6C"));
    expect(unit && shown(unit)).toBe("40f 6c");
  });

  test("from 255 bytes on the long length is written", () => {
    expect(encodeApdu(control.printTextBlock, Buffer.alloc(254)).subarray(0, 3)).toEqual(
      hexBytes("06 D3 FE"),
    );
    expect(encodeApdu(control.printTextBlock, Buffer.alloc(300)).subarray(0, 5)).toEqual(
      hexBytes("06 D3 FF 2C 01"),
    );
  });

  test.each([
    ["80 00 00", 0],
    ["84 00 00", 0],
    ["84 9C 00", 0x9c],
    ["06 0F 00", undefined],
  ])("%s as an acknowledge is %s", (wire, verdict) => {
    const [unit] = new ApduStream().push(hexBytes(wire));
    expect(unit && acknowledgeOf(unit)).toBe(verdict);
  });
});

test("units arrive whole and in order, however the network cuts and joins them", () => {
  const unit = fc.record({
    control: fc.integer({ min: 0, max: 0xffff }),
    data: fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  });
  const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 400 }));
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), cuts, (units, sizes) => {
      const wire = Buffer.concat(units.map((each) => encodeApdu(each.control, each.data)));
      const stream = new ApduStream();
      const seen: Apdu[] = [];
      for (let at = 0; at < wire.length;) {
        const end = at + (sizes.next().value ?? 1);
        seen.push(...stream.push(wire.subarray(at, end)));
        at = end;
      }
      expect(seen.map(shown)).toEqual(units.map(shown));
    }),
  );
});

test("any bytes at all are survived", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (segments) => {
      const stream = new ApduStream();
      const total = segments.reduce((sum, { length }) => sum + length, 0);
      const seen = segments.flatMap((segment) => stream.push(Buffer.from(segment)));
      const read = seen.reduce((sum, { data }) => sum + 3 + data.length, 0);
      expect(read).toBeLessThanOrEqual(total);
    }),
  );
});
