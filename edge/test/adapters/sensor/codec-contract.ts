import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BadPayload,
  type SensorCodec,
  type SensorFields,
  type SensorWord,
} from "../../../src/adapters/sensor/codec.ts";

/** A frame as its maker documents it. */
interface Frame {
  readonly hex: string;
  readonly fPort?: number;
}

/** What is known of a make's frames. */
export interface CodecVectors {
  /** Frames from the maker's documents or off the air, and what they say. */
  readonly reads: readonly (Frame & { readonly fields: SensorFields; readonly word: SensorWord })[];
  /** Frames that are none of this make, and a part of what is said of each. */
  readonly refuses: readonly (Frame & { readonly why: string })[];
}

/** What every codec does, whatever make it reads. */
export function codecContract(codec: SensorCodec, { reads, refuses }: CodecVectors): void {
  const read = ({ hex, fPort }: Frame) => codec.read({ fPort, bytes: Buffer.from(hex, "hex") });

  test.each(reads)(`${codec.model} reads $hex`, ({ fields, word, ...frame }) => {
    expect(read(frame)).toEqual({ fields, word });
  });

  test.each(refuses)(
    `${codec.model} refuses "$hex" and says what is wrong`,
    ({ why, ...frame }) => {
      expect(() => read(frame)).toThrow(BadPayload);
      expect(() => read(frame)).toThrow(why);
    },
  );

  test(`${codec.model} refuses its own frames cut short, or reads them as something sound`, () => {
    for (const { hex, fPort } of reads)
      for (let length = 0; length < hex.length / 2; length += 1)
        expect(isSound(codec, Buffer.from(hex, "hex").subarray(0, length), fPort)).toBe(true);
  });

  test(`${codec.model} is sure of itself between 0 and 1, and has a name to write`, () => {
    expect(codec.confidence).toBeGreaterThan(0);
    expect(codec.confidence).toBeLessThanOrEqual(1);
    expect(codec.model).toMatch(/^[a-z0-9_]+$/);
  });

  survivesAnyBytes([codec], 3000);
}

/** No payload of any length on any port makes a codec fail in any other way than by refusing it. */
export function survivesAnyBytes(codecs: readonly SensorCodec[], runs: number): void {
  const heads = ["", "be02", "80000201", "80000203", "0175", "1566", "0482"];
  const payload = fc
    .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 64 }))
    .map(([head, tail]) => Buffer.concat([Buffer.from(head, "hex"), tail]));
  const known = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 15, 85, 190, 255);
  const port = fc.option(fc.oneof(known, fc.integer({ min: 0, max: 255 })), { nil: undefined });

  test(`no payload of any length on any port makes ${codecs.map(({ model }) => model).join(", ")} fail in any other way than by refusing it`, () => {
    const refusals = fc.property(payload, port, (bytes, fPort) =>
      codecs.every((codec) => isSound(codec, bytes, fPort)),
    );
    expect(fc.check(refusals, { numRuns: runs }).failed).toBe(false);
  });
}

/** Read as something that can be printed, or refused in words. */
function isSound(codec: SensorCodec, bytes: Buffer, fPort: number | undefined): boolean {
  try {
    return JSON.stringify(codec.read({ fPort, bytes })) !== "";
  } catch (error) {
    return error instanceof BadPayload && error.message !== "";
  }
}
