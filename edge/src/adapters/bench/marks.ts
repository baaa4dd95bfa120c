import { z } from "zod";
import { modbusTables } from "../wire/bus-asker.ts";

/** One thing that a Modbus board can be asked without changing anything, and what this make says to it. */
export const ModbusMark = z.strictObject({
  table: z.enum(modbusTables, { error: "write coil, discrete, holding or input" }),
  address: z.number().int().min(0).max(65_535),
  count: z.number().int().min(1).max(32),
  /** `answers`: it has them all. `refuses`: it says no; a make that is known by what it lacks. */
  says: z.enum(["answers", "refuses"], { error: "write answers or refuses" }),
  /** Of registers that hold one letter each: the regular expression that the text fits. */
  text: z.string().optional(),
});
export type ModbusMark = z.infer<typeof ModbusMark>;

/** How a Modbus board of this make is known among others: all marks must fit. */
export const ModbusMarks = z.array(ModbusMark).min(1);

/** The USB chip of a board that never answers; other things have the same chip. */
export const UsbMark = z.strictObject({
  vendor: z.string().regex(/^[0-9a-f]{4}$/, "write four hex digits, for example 1a86"),
  product: z.string().regex(/^[0-9a-f]{4}$/, "write four hex digits, for example 7523"),
});
export type UsbMark = z.infer<typeof UsbMark>;
