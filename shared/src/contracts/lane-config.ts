import { z } from "zod";
import { failures } from "../lane-failure.ts";
import { PrinterConfig, ScannerConfig } from "./printer-config.ts";
import { ReaderConfig } from "./reader-config.ts";
import { identifier } from "./topics.ts";

export const port = z.number().int().min(0).max(65_535);
export const seconds = z.number().positive();

export const WireConfig = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("modbus-tcp"), host: z.string(), port: port.default(502) }),
    z.strictObject({ kind: z.literal("rtu-over-tcp"), host: z.string(), port }),
    z.strictObject({
      kind: z.literal("serial"),
      path: z.string(),
      baud: z.number().int().positive().default(9600),
    }),
    /** A camera whose relays are switched over HTTP; secrets.json has user and password under `devices`. */
    z.strictObject({
      kind: z.literal("http"),
      url: z.url({
        protocol: /^https?$/,
        error: "write the camera's address, for example http://10.0.0.9",
      }),
    }),
  ],
  { error: "write kind: modbus-tcp, rtu-over-tcp, serial or http" },
);
export type WireConfig = z.infer<typeof WireConfig>;

export const GateConfig = z.strictObject({
  /** File name in edge/profiles/gates without `.json`. */
  profile: z.string(),
  wire: z.string(),
  unit: z.number().int().min(0).max(247).default(1),
  /** As printed on the board: from 1. For a camera's own barrier, the number of that. */
  relay: z.number().int().min(1).default(1),
  /** The relay of the same board that is wired to CLOSE, where one is. */
  close_relay: z.number().int().min(1).optional(),
  /** File name in edge/profiles/barriers: what it says holds where nothing is written here. */
  barrier: z.string().optional(),
  pulse_ms: z.number().int().min(100).max(10_000).default(500),
  /** How long the arm takes to stand open. */
  travel_s: seconds.default(3),
  /** How long the barrier's board holds the arm open before its own auto-close. */
  hold_s: seconds.default(6),
});
export type GateConfig = z.infer<typeof GateConfig>;

/** How a loop detector tells of a vehicle that stays; only `presence` never forgets one. */
export const detectorModes = ["presence", "limited-presence", "pulse", "unknown"] as const;
const detector = {
  /** As the switches of the safety loop's detector are set. */
  detector: z
    .enum(detectorModes, { error: "write presence, limited-presence, pulse or unknown" })
    .default("unknown"),
  /** Whether that detector says "vehicle" while its loop is broken or it has no power. */
  fail_safe: z.boolean().optional(),
};

const inputNumber = z.number().int().min(0);
export const InputsConfig = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("modbus"),
      profile: z.string(),
      wire: z.string(),
      unit: z.number().int().min(0).max(247).default(1),
      /** Discrete input numbers as on the board, from 0. */
      arming: inputNumber,
      safety: inputNumber,
      limit_open: inputNumber.optional(),
      limit_closed: inputNumber.optional(),
      /** The driver's help button. */
      help: inputNumber.optional(),
      /** The driver's button for a ticket. */
      ticket: inputNumber.optional(),
      ...detector,
    }),
    z.strictObject({ kind: z.literal("mqtt"), device: identifier, ...detector }),
  ],
  { error: "write kind: modbus (contacts on a Modbus board) or mqtt (a loop board on the broker)" },
);
export type InputsConfig = z.infer<typeof InputsConfig>;

const Terminal = z.strictObject({
  kind: z.literal("zvt"),
  id: identifier,
  host: z.string(),
  port: port.default(20_007),
  /** Who prints its receipts: we, on the lane's or the till's printer, or the terminal itself. */
  receipts: z
    .enum(["gatehouse", "terminal"], { error: "write gatehouse or terminal" })
    .default("gatehouse"),
});

export const LaneConfig = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  /** `reversible`: an entry or an exit, as people or a plan turn it; it begins as an entry. */
  direction: z.enum(["entry", "exit", "reversible"]),
  gate: GateConfig,
  inputs: InputsConfig,
  /** May be left out where a camera of `cameras` reads the lane's plates, or where tickets or people do without. */
  readers: z.array(ReaderConfig).default([]),
  /** A person opens for every vehicle: neither plate cameras nor tickets are needed. */
  attended: z.boolean().default(false),
  sign: identifier.optional(),
  terminal: Terminal.optional(),
  /** At an entry: prints tickets for vehicles without a readable plate. At an exit: receipts. */
  printer: PrinterConfig.optional(),
  /** At an exit with a printer: whether the receipt comes out by itself; left out: when the driver presses the button. */
  receipts: z.enum(["always", "on-request"], { error: "write always or on-request" }).optional(),
  /** At an exit: reads them. */
  ticket_scanner: ScannerConfig.optional(),
  /** Zones that it leads to, for permits that hold in some zones only; left out: to all of them. */
  leads_to: z.array(identifier).default([]),
  /** A read older than this never opens the gate. */
  read_valid_s: seconds.default(10),
  /** A read below this confidence asks the attendant. */
  confidence_min: z.number().min(0).max(1).default(0.6),
  /** How long the lane waits for a car to pass an open gate. */
  passage_s: seconds.default(30),
  /** A vehicle that stands there so long unread is one whose plate nobody could read. */
  unread_s: seconds.default(20),
  /** What the lane does when something it rests on fails; left out: see shared/lane-failure. */
  on_failure: z.partialRecord(z.enum(failures), z.enum(["open", "secure"])).default({}),
});
export type LaneConfig = z.infer<typeof LaneConfig>;
