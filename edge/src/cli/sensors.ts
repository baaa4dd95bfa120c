import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type {
  ControlAnswer,
  ControlRequest,
  RefusedData,
} from "@gatehouse/shared/contracts/control";
import { type Command, InvalidArgumentError } from "commander";
import { profileNames } from "../adapters/profiles.ts";
import { BadPayload, type SensorReading, type SensorWord } from "../adapters/sensor/codec.ts";
import { codecOf, sensorCodecs } from "../adapters/sensor/codecs.ts";

/** What the sensor commands use of the command line around them. */
export interface SensorTools {
  readonly hear: (command: Command, request: ControlRequest) => Promise<ControlAnswer>;
  /** Prints the daemon's answer and ends with its exit code. */
  readonly say: (command: Command, verb: ControlRequest["verb"], answer: ControlAnswer) => void;
  /** Prints an answer of our own, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** The data folder that a command names. */
  readonly folderOf: (command: Command) => string;
}

/** 0 done, 2 refused. */
const exitCodes = { done: 0, refused: 2 } as const;

interface DecodeOptions {
  readonly model: string;
  readonly fport?: number;
  readonly hex: Buffer;
}

/**
 * Adds `sensors list|raw|decode|models` to the command line. What reads a frame and what can be read needs no daemon.
 */
export function addSensorCommands(program: Command, tools: SensorTools): void {
  const { hear, say, tell } = tools;
  const sensors = program.command("sensors").description("bay sensors and counters");
  sensors
    .command("list")
    .description("every sensor: last seen, battery, radio, lost frames; and what the counters say")
    .action(async (_options, command: Command) =>
      say(command, "sensors", await hear(command, { verb: "sensors" })),
    );
  sensors
    .command("raw")
    .description("the last messages that nobody could read, for writing a mapping")
    .action(async (_options, command: Command) =>
      say(command, "sensors-raw", await hear(command, { verb: "sensors-raw" })),
    );
  sensors
    .command("models")
    .description("the makes that can be read, and the mappings of JSON that lie ready")
    .action((_options, command: Command) => {
      const answer = answerModels(ownProfiles(tools.folderOf(command)));
      tell(command, answer, answer.data.models.map(modelLine));
    });
  sensors
    .command("decode")
    .description("reads one frame of a sensor, as it came over the air")
    .requiredOption("--model <name>", "the make: gatehouse sensors models")
    .option("--fport <number>", "the LoRaWAN port, 1 to 255", toPort)
    .requiredOption("--hex <digits>", "the bytes", toBytes)
    .action((options: DecodeOptions, command: Command) => {
      const answer = answerDecode(options);
      tell(command, answer, linesOf(answer));
    });
}

/** The daemon's own folder, or the one that `npm start` lays out, where the daemon's lies in `edge`. */
function ownProfiles(data: string): string {
  const below = join(data, "edge");
  return resolve(existsSync(below) ? below : data, "profiles");
}

interface ModelView {
  readonly model: string;
  readonly make: string;
  readonly use: string;
}

function answerModels(
  profiles: string,
): ControlAnswer & { readonly data: { readonly models: readonly ModelView[] } } {
  const mappings = profileNames("sensors", profiles).map((model) => ({
    model,
    make: "JSON, mapped by profiles/sensors",
    use: "mapping",
  }));
  const models = [
    ...sensorCodecs.map(({ model, make, use }) => ({ model, make, use })),
    { model: "plain", make: "our own JSON on bays/ID/state", use: "bay" },
    ...mappings,
  ];
  return {
    exit_code: exitCodes.done,
    verdict: `${sensorCodecs.length} makes can be read, and ${mappings.length} mappings lie ready.`,
    data: { models },
  };
}

const modelLine = ({ model, make, use }: ModelView): string =>
  `${model.padEnd(30)} ${use.padEnd(9)} ${make}`;

function answerDecode({ model, fport, hex }: DecodeOptions): ControlAnswer {
  const codec = codecOf(model);
  if (codec === undefined) {
    const names = sensorCodecs.map((each) => each.model).join(", ");
    return refusal(`There is no model "${model}": write ${names}.`, "unknown-model", null);
  }
  try {
    const reading = codec.read({ fPort: fport, bytes: hex });
    return {
      exit_code: exitCodes.done,
      verdict: `${codec.make}: ${sentenceOf(reading.word)}`,
      data: { model, ...reading.fields } satisfies SensorReading["fields"],
    };
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    return refusal(
      `${codec.make} refuses ${hex.toString("hex") || "nothing"}: ${error.message}.`,
      "bad-payload",
      "Next: npx gatehouse sensors models, and see that model and port are those of this sensor.",
    );
  }
}

const refusal = (verdict: string, reason: string, hint: string | null): ControlAnswer => ({
  exit_code: exitCodes.refused,
  verdict,
  data: { reason, hint } satisfies RefusedData,
});

/** What the frame means for a car park. */
function sentenceOf({ occupied, distanceMm, counts }: SensorWord): string {
  if (occupied !== undefined) return occupied ? "a vehicle stands there." : "the space is free.";
  if (distanceMm !== undefined) return `the next thing is ${distanceMm} mm away.`;
  if (counts !== undefined) return `${counts.left} to the left, ${counts.right} to the right.`;
  return "it says nothing about a space.";
}

function linesOf({ data }: ControlAnswer): string[] {
  const entries = Object.entries(data as SensorReading["fields"]);
  if (entries.some(([name]) => name === "reason")) {
    return entries.flatMap(([name, value]) =>
      name === "hint" && value !== null ? [String(value)] : [],
    );
  }
  return entries.map(([name, value]) => `${name.padEnd(22)} ${JSON.stringify(value)}`);
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,3}$/.test(text) || port < 1 || port > 255) {
    throw new InvalidArgumentError("write a port from 1 to 255");
  }
  return port;
}

/** Pairs of hex digits; spaces and colons between them, and 0x before them, do no harm. */
function toBytes(text: string): Buffer {
  const digits = text.replace(/^0x/i, "").replaceAll(/[\s:-]/g, "");
  if (!/^([0-9a-f]{2})*$/i.test(digits)) {
    throw new InvalidArgumentError("write pairs of hex digits, for example 01ff");
  }
  if (digits.length > 2 * 255) throw new InvalidArgumentError("a frame has at most 255 bytes");
  return Buffer.from(digits, "hex");
}
