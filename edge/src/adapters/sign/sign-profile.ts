import { z } from "zod";
import { loadProfile } from "../profiles.ts";

const hex = z
  .string()
  .regex(/^([0-9a-fA-F]{2})*$/, 'write pairs of hex digits, for example 02 as "02"');

/** How a display on a wire wants its text: data, not code. A frame is start, body, checksum, end. */
export const SignProfile = z.strictObject({
  make: z.string().min(1, "write the maker and the model"),
  /** Bytes before and after the text. */
  start: hex.default(""),
  end: hex.default(""),
  /** The text: {free}, {line1} to {line4} and {tone} are filled in. */
  template: z.string().min(1),
  encoding: z.enum(["ascii", "latin1", "utf8"], { error: "write ascii, latin1 or utf8" }),
  /** {free} is filled with spaces on the left to this width. */
  free_width: z.number().int().min(1).max(10).optional(),
  /** What stands for {free} where no number is shown. */
  no_free: z.string().max(10).default(""),
  /** Each line is cut, or filled with spaces on the right, to this width. */
  line_width: z.number().int().min(1).max(80).optional(),
  /** What {tone} is: often a colour code. */
  tones: z
    .strictObject({
      neutral: z.string(),
      go: z.string(),
      stop: z.string(),
      attention: z.string(),
    })
    .optional(),
  checksum: z
    .strictObject({
      /** `sum` and `xor` of all bytes, 8 bits; `crc16` as Modbus has it, low byte first. */
      kind: z.enum(["none", "sum", "xor", "crc16"], { error: "write none, sum, xor or crc16" }),
      /** Whether the bytes of `start` count. */
      with_start: z.boolean().default(false),
      /** As bytes, or written as upper-case hex digits. */
      as: z.enum(["bytes", "hex"]).default("bytes"),
    })
    .default({ kind: "none", with_start: false, as: "bytes" }),
  /** The message is sent again so often: a display that was without power comes back by itself. */
  repeat_s: z.number().min(1).max(3600).default(30),
});
export type SignProfile = z.infer<typeof SignProfile>;

/**
 * @param own the site's own profiles
 * @throws ProfileError
 */
export const loadSignProfile = (name: string, own: string): SignProfile =>
  loadProfile("signs", name, SignProfile, own);
