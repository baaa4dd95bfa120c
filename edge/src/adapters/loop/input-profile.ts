import { z } from "zod";
import { ModbusMarks } from "../bench/marks.ts";
import { loadProfile } from "../profiles.ts";
import { BoardSetting, modbusAddress } from "../wire/board-settings.ts";

/** One make of input board: data, not code. Addresses from 0, as on the wire. */
export const InputProfile = z.strictObject({
  make: z.string().min(1, "write the maker and the model"),
  wires: z
    .array(z.enum(["modbus-tcp", "rtu-over-tcp", "serial"]))
    .min(1, "name the kinds of wire: modbus-tcp, rtu-over-tcp, serial"),
  inputs: z.number().int().min(1).max(256),
  /** Where the first input is read; the others follow. Some makers keep inputs among the coils. */
  state: z.strictObject({
    table: z.enum(["coil", "discrete"], { error: "write coil or discrete" }),
    address: modbusAddress,
  }),
  /** What the board remembers between two looks, and the coils that make it forget. */
  latch: z
    .strictObject({
      /** First input of those that say "it was active". */
      high: modbusAddress,
      /** First input of those that say "it was not active". */
      low: modbusAddress,
      clear_high: modbusAddress,
      clear_low: modbusAddress,
    })
    .optional(),
  settings: z.array(BoardSetting),
  /** What `gatehouse detect` knows it by; left out where the gate profile of the same name says it. */
  recognise: ModbusMarks.optional(),
});
export type InputProfile = z.infer<typeof InputProfile>;

/** @throws ProfileError */
export const loadInputProfile = (name: string): InputProfile =>
  loadProfile("inputs", name, InputProfile);
