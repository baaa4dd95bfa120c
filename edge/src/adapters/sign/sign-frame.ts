import { crc16Modbus } from "@gatehouse/shared/crc16-modbus";
import type { SignMessage } from "@gatehouse/shared/ports/sign";
import type { SignProfile } from "./sign-profile.ts";

/** The bytes that make a display show a message. What its encoding has no sign for becomes a question mark. */
export function signFrame(profile: SignProfile, message: SignMessage): Buffer {
  const start = Buffer.from(profile.start, "hex");
  const body = encoded(filled(profile, message), profile.encoding);
  const { kind, with_start, as } = profile.checksum;
  const sum = checksum(kind, with_start ? Buffer.concat([start, body]) : body);
  const told = as === "hex" ? Buffer.from(sum.toString("hex").toUpperCase(), "ascii") : sum;
  return Buffer.concat([start, body, told, Buffer.from(profile.end, "hex")]);
}

function filled(profile: SignProfile, { lines, free, tone }: SignMessage): string {
  const { free_width, line_width, no_free, tones } = profile;
  const number = free === undefined ? no_free : String(free);
  const values: Record<string, string> = {
    free: number.padStart(free_width ?? 0),
    tone: tones?.[tone] ?? tone,
  };
  for (const index of [0, 1, 2, 3]) {
    const line = lines[index] ?? "";
    values[`line${index + 1}`] =
      line_width === undefined ? line : line.slice(0, line_width).padEnd(line_width);
  }
  return profile.template.replaceAll(/\{(free|tone|line[1-4])\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    // What comes from a plate must not end the frame or begin another; a tone's code is the profile's own.
    return name === "tone" ? value : value.replaceAll(/\p{Cc}/gu, "?");
  });
}

function encoded(text: string, encoding: SignProfile["encoding"]): Buffer {
  if (encoding === "utf8") return Buffer.from(text, "utf8");
  const highest = encoding === "ascii" ? 0x7e : 0xff;
  const signs = Array.from(text, (sign) => ((sign.codePointAt(0) ?? 0) <= highest ? sign : "?"));
  return Buffer.from(signs.join(""), "latin1");
}

function checksum(kind: SignProfile["checksum"]["kind"], bytes: Buffer): Buffer {
  switch (kind) {
    case "none":
      return Buffer.alloc(0);
    case "sum":
      return Buffer.from([bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0)]);
    case "xor":
      return Buffer.from([bytes.reduce((sum, byte) => sum ^ byte, 0)]);
    case "crc16": {
      const crc = crc16Modbus(bytes);
      return Buffer.from([crc & 0xff, crc >> 8]);
    }
  }
}
