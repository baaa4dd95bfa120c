import { z } from "zod";
import { ModbusMarks, UsbMark } from "../bench/marks.ts";
import { loadProfile } from "../profiles.ts";
import { BoardSetting, modbusAddress } from "../wire/board-settings.ts";

const tickMs = z.number().int().positive();

/** How a board is made to close a contact for a while. */
const Pulse = z.discriminatedUnion(
  "kind",
  [
    /** Writing coil `address + relay` with a count of ticks closes the contact for so long. */
    z.strictObject({
      kind: z.literal("flash-coil"),
      address: modbusAddress,
      tick_ms: tickMs,
    }),
    /** A timer mode and a width for each relay; switching the relay on then gives one pulse. */
    z.strictObject({
      kind: z.literal("pulse-register"),
      mode: z.strictObject({
        address: modbusAddress,
        /** Switching on gives a pulse. */
        on: z.number().int(),
        /** The relay is switched on and off, and no timer has a say. */
        off: z.number().int(),
      }),
      width: z.strictObject({ address: modbusAddress, tick_ms: tickMs }),
    }),
    /** The board only switches: we switch on, wait, and switch off until it is seen to be off. */
    z.strictObject({ kind: z.literal("software") }),
  ],
  { error: "write kind: flash-coil, pulse-register or software" },
);

const make = z.string().min(1, "write the maker and the model");
const relays = z.number().int().min(1).max(256);

const ModbusGateProfile = z.strictObject({
  transport: z.literal("modbus"),
  make,
  wires: z
    .array(z.enum(["modbus-tcp", "rtu-over-tcp", "serial"]))
    .min(1, "name the kinds of wire: modbus-tcp, rtu-over-tcp, serial"),
  relays,
  /** The first relay's coil; the others follow. */
  relay_coil: modbusAddress,
  pulse: Pulse,
  /** Where the first relay's state is read; the others follow. */
  readback: z.strictObject({
    table: z.enum(["coil", "discrete"], { error: "write coil or discrete" }),
    address: modbusAddress,
  }),
  settings: z.array(BoardSetting),
  /** What no register sets and a technician must: one sentence each. */
  by_hand: z.array(z.string()).default([]),
  /** What `gatehouse detect` knows it by. */
  recognise: ModbusMarks.optional(),
});
export type ModbusGateProfile = z.infer<typeof ModbusGateProfile>;

/** Boards on a serial line that take a frame for each switch and never answer. */
const FrameGateProfile = z.strictObject({
  transport: z.literal("frames"),
  make,
  relays,
  /** `lcus`: A0, relay, 00 or 01, sum. `at`: text, for example AT+CH1=1. */
  frame: z.enum(["lcus", "at"], { error: "write lcus or at" }),
  /** What `gatehouse detect` knows its USB plug by. */
  recognise: UsbMark.optional(),
});
export type FrameGateProfile = z.infer<typeof FrameGateProfile>;

/** One HTTP request; `{n}` stands for the number of the barrier or output, `{n-1}` for the same from 0. */
const CameraRequest = z.strictObject({
  method: z.enum(["GET", "PUT", "POST"]),
  path: z.string().startsWith("/", "write the path from its first slash"),
  body: z.string().optional(),
});
export type CameraRequest = z.infer<typeof CameraRequest>;

const camera = {
  make,
  relays,
  /** `isapi`: a ResponseStatus, as XML or JSON. `cgi`: the word OK. */
  answer: z.enum(["isapi", "cgi"], { error: "write isapi or cgi" }),
  /** Asks for a sign of life and changes nothing. */
  greeting: CameraRequest,
  /** The regular expression that a greeting which needed no password fits: `gatehouse detect` knows it by that. */
  recognise: z.string().optional(),
};

/** A camera that is told what the barrier shall do. */
const CameraCommandProfile = z.strictObject({
  transport: z.literal("camera-command"),
  ...camera,
  commands: z.strictObject({
    open: CameraRequest,
    close: CameraRequest.optional(),
    lock: CameraRequest.optional(),
    unlock: CameraRequest.optional(),
  }),
  /** Where the camera tells 0, 1 or 2: arm not wired, down, up. */
  position: CameraRequest.extend({ element: z.string() }).optional(),
});
export type CameraCommandProfile = z.infer<typeof CameraCommandProfile>;

/** A camera's output, wired to the barrier and switched. */
const CameraContactProfile = z.strictObject({
  transport: z.literal("camera-contact"),
  ...camera,
  commands: z.strictObject({ on: CameraRequest, off: CameraRequest }),
});
export type CameraContactProfile = z.infer<typeof CameraContactProfile>;

/** One make of relay board or camera: data, not code. Modbus addresses from 0, as on the wire. */
export const GateProfile = z.discriminatedUnion(
  "transport",
  [ModbusGateProfile, FrameGateProfile, CameraCommandProfile, CameraContactProfile],
  {
    error: "write transport: modbus, frames, camera-command or camera-contact",
  },
);
export type GateProfile = z.infer<typeof GateProfile>;

/** @throws ProfileError */
export const loadGateProfile = (name: string): GateProfile =>
  loadProfile("gates", name, GateProfile);
