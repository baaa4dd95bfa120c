import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { mostFirstFrames } from "@gatehouse/shared/contracts/camera-setup";
import {
  CalibrationData,
  CameraTestData,
  type ControlAnswer,
  type ControlRequest,
  type RefusedData,
} from "@gatehouse/shared/contracts/control";
import { type Command, InvalidArgumentError } from "commander";
import type { Terminal } from "./terminal.ts";

/** What the camera commands use of the command line around them. */
export interface CameraTools {
  readonly hear: (command: Command, request: ControlRequest) => Promise<ControlAnswer>;
  /** Prints an answer and ends with its exit code. */
  readonly say: (command: Command, verb: ControlRequest["verb"], answer: ControlAnswer) => void;
  readonly terminal: Terminal;
  /** The person at the keyboard. */
  readonly userName: string;
}

const exitCodes = { refused: 2 } as const;

/** Adds `camera list|test|calibrate` to the command line; the daemon looks at the pictures. */
export function addCameraCommands(program: Command, tools: CameraTools): void {
  const { hear, say } = tools;
  const camera = program.command("camera").description("the daemon's eyes");
  camera
    .command("list")
    .description("every camera: state, spaces drawn, calibration")
    .action(async (_options, command: Command) =>
      say(command, "cameras", await hear(command, { verb: "cameras" })),
    );
  camera
    .command("test <name>")
    .description("what a camera makes of its next picture, drawn into a PNG")
    .option("--picture <file>", "a JPEG or PNG of this camera instead of its next picture")
    .option("--out <file>", "where the PNG goes; ./NAME.png by default")
    .action((name: string, options: TestOptions, command: Command) =>
      test(command, tools, name, options),
    );
  camera
    .command("calibrate <name>")
    .description("teaches a camera its lot, by a picture of it empty or by its next pictures")
    .option("--empty <file>", "a JPEG or PNG of the empty lot")
    .option("--first-frames <count>", "learn from so many pictures, whatever they show", toCount)
    .action((name: string, options: CalibrateOptions, command: Command) =>
      calibrate(command, tools, name, options),
    );
}

interface TestOptions {
  readonly picture?: string;
  readonly out?: string;
}

async function test(
  command: Command,
  tools: CameraTools,
  name: string,
  { picture, out = `${name}.png` }: TestOptions,
): Promise<void> {
  const answer = await tools.hear(command, {
    verb: "camera-test",
    camera_id: name,
    ...(picture === undefined ? {} : { picture: resolve(picture) }),
  });
  const data = CameraTestData.safeParse(answer.data);
  if (!data.success) return tools.say(command, "camera-test", answer);
  const drawn = await draw(data.data, answer.verdict, resolve(out));
  if (drawn !== undefined) return tools.say(command, "camera-test", drawn);
  if (command.optsWithGlobals<{ json?: true }>().json === true) {
    // The picture lies in the file: nobody wants it in the text too.
    const { examination, card } = data.data;
    const told = { card, examination, out: resolve(out) };
    return tools.say(command, "camera-test", { ...answer, data: told });
  }
  tools.say(command, "camera-test", answer);
  tools.terminal.print(`Drawn into ${resolve(out)}`);
}

/** @returns why the PNG was not written */
async function draw(
  { examination, view, picture_base64: picture }: CameraTestData,
  verdict: string,
  out: string,
): Promise<ControlAnswer | undefined> {
  // Loaded here: only this command draws, and what draws reads more kinds of file than a daemon should.
  const { annotated } = await import("../vision/annotate/annotate.ts");
  const png = await annotated(Buffer.from(picture, "base64"), examination, view, verdict);
  if ("kind" in png) return notDrawn(png.detail);
  try {
    writeFileSync(out, png);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return notDrawn(`${out} cannot be written (${String(error.code)})`);
  }
}

const notDrawn = (why: string): ControlAnswer => ({
  exit_code: exitCodes.refused,
  verdict: `The picture was not drawn: ${why}.`,
  data: {
    reason: "not-drawn",
    hint: "Next: name a place where you may write with --out FILE.png",
  } satisfies RefusedData,
});

interface CalibrateOptions {
  readonly empty?: string;
  readonly firstFrames?: number;
}

async function calibrate(
  command: Command,
  tools: CameraTools,
  name: string,
  { empty, firstFrames }: CalibrateOptions,
): Promise<void> {
  if ((empty === undefined) === (firstFrames === undefined)) {
    command.error("error: name one of --empty FILE and --first-frames COUNT");
  }
  const by =
    empty === undefined
      ? ({ kind: "first-frames", frames: firstFrames ?? 1 } as const)
      : ({ kind: "empty", picture: resolve(empty) } as const);
  const { userName: actor } = tools;
  let answer = await tools.hear(command, {
    verb: "camera-calibrate",
    camera_id: name,
    actor,
    by,
  });
  while (isRunning(answer)) {
    answer = await tools.hear(command, { verb: "camera-calibration", camera_id: name });
  }
  tools.say(command, "camera-calibration", answer);
}

function isRunning({ data }: ControlAnswer): boolean {
  const told = CalibrationData.safeParse(data);
  return told.success && told.data.calibration.state === "running";
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > mostFirstFrames) {
    throw new InvalidArgumentError(`write a number from 1 to ${mostFirstFrames}`);
  }
  return count;
}
