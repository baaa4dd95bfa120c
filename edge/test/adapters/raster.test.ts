import { qrCode } from "@gatehouse/shared/qr-code";
import { expect, test } from "vitest";
import { jobBytes } from "../../src/adapters/printer/escpos.ts";
import { PrinterProfile } from "../../src/adapters/printer/printer-profile.ts";
import { rasterBytes } from "../../src/adapters/printer/raster.ts";

test("a picture has eight dots a byte, and at most 255 rows a command", () => {
  const small = rasterBytes([[true, false, true]], 3);
  expect(small.toString("hex")).toBe(`1d763000${"0200"}${"0300"}${"e380".repeat(3)}`);
  const tall = rasterBytes(Array<boolean[]>(100).fill([true]), 4);
  const heads = [0, 8 + 255].map((at) => tall.subarray(at, at + 8).toString("hex"));
  expect(heads).toEqual(["1d7630000100ff00", "1d76300001009100"]);
  expect(tall.length).toBe(8 + 255 + 8 + 145);
});

test("a printer that makes no QR codes is sent one as a picture", () => {
  const profile = PrinterProfile.parse({
    make: "a clone",
    code_page: { number: 16, text: "windows-1252" },
    columns: 32,
    module_dots: 4,
    qr: "raster",
  });
  const text = "http://10.0.0.5:8080/receipt/0123456789abcdef0123456789abcdef";
  const bytes = jobBytes([{ kind: "qr", text }], profile);
  const size = qrCode(text).length;
  expect(size).toBe(33);
  const head = Buffer.from([0x1d, 0x76, 0x30, 0, Math.ceil((size * 4) / 8), 0, size * 4, 0]);
  expect(bytes.includes(head)).toBe(true);
  expect(bytes.includes(Buffer.from("1d286b", "hex"))).toBe(false);
});
