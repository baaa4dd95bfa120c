import type {
  ControlAnswer,
  ControlRequest,
  RefusedData,
} from "@gatehouse/shared/contracts/control";
import { Fault } from "@gatehouse/shared/fault";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Command } from "commander";
import { type Complaint, DeviceConfigError } from "../adapters/device-config-error.ts";
import { ConfigError } from "../config.ts";

/** What the technician's commands use of the command line around them. */
export interface BenchTools {
  readonly hear: (command: Command, request: ControlRequest) => Promise<ControlAnswer>;
  /** Prints an answer of our own, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** Prints one line at once, as an object with `--json`. */
  readonly line: (command: Command, text: string, data: object) => void;
  /** Says on standard error how far it is. */
  readonly progress: (text: string) => void;
  /** The data folder that a command names. */
  readonly folderOf: (command: Command) => string;
  readonly random: Random;
  readonly userName: string;
}

/** 0 done, 1 attention, 2 refused or a failed check, 3 fault. */
export const benchCodes = { done: 0, attention: 1, refused: 2, fault: 3 } as const;

export const refusal = (verdict: string, reason: string, hint: string | null): ControlAnswer => ({
  exit_code: benchCodes.refused,
  verdict,
  data: { reason, hint } satisfies RefusedData,
});

/** What a wire has one master for. */
export const daemonHasTheWires = (folder: string, instead: string): ControlAnswer =>
  refusal(
    `The daemon on ${folder} runs and has the wires: a wire has one master.`,
    "daemon-runs",
    instead,
  );

/** Runs a command of the bench; what is wrong with a device or a file becomes its answer. */
export async function answering(
  tools: BenchTools,
  command: Command,
  work: () => Promise<{ readonly answer: ControlAnswer; readonly lines?: readonly string[] }>,
): Promise<void> {
  try {
    const { answer, lines = hintOf(answer) } = await work();
    tools.tell(command, answer, lines);
  } catch (error) {
    const answer = answerOfError(error);
    tools.tell(command, answer, [...complaintsOf(answer), ...hintOf(answer)]);
  }
}

function answerOfError(error: unknown): ControlAnswer {
  if (error instanceof Fault) {
    const { message, code, hint } = error;
    const data = { reason: code, hint: `Next: ${hint}` } satisfies RefusedData;
    return { exit_code: benchCodes.fault, verdict: message, data };
  }
  if (!(error instanceof ConfigError || error instanceof DeviceConfigError)) throw error;
  const { complaints } = error;
  const hint = "Next: correct it, and try again.";
  const count = `${complaints.length} mistake${complaints.length === 1 ? "" : "s"}`;
  const [first] = error.message.split("\n");
  return {
    exit_code: benchCodes.refused,
    verdict:
      error instanceof ConfigError && first !== undefined
        ? first
        : `The configuration has ${count}.`,
    data: { reason: "bad-config", hint, complaints },
  };
}

/** The lines for a person of a configuration's mistakes. */
function complaintsOf({ data }: ControlAnswer): string[] {
  const complaints: unknown = Object(data)["complaints"];
  if (!Array.isArray(complaints)) return [];
  return (complaints as Complaint[]).map(
    ({ path, message }) => `    ${path || "(whole file)"}: ${message}`,
  );
}

const hintOf = ({ data }: ControlAnswer): string[] => {
  const hint: unknown = Object(data)["hint"];
  return typeof hint === "string" ? [hint] : [];
};
