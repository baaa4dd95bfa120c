/** Where a command prints, and whether a person reads it. */
export interface Terminal {
  /** Answers: what a program may read. */
  print(text: string): void;
  /** Complaints about how the command was called. */
  complain(text: string): void;
  /** Colours and their like are for a person's terminal only. */
  readonly isInteractive: boolean;
}

/** Worst first: fault, attention, healthy, and what nobody knows. */
export type Tone = "bad" | "warn" | "ok" | "unknown";

/** The shape that goes with every state, readable without colour. */
const shapes: Readonly<Record<Tone, string>> = { bad: "■", warn: "▲", ok: "●", unknown: "○" };

const colours: Readonly<Record<Tone, number>> = { bad: 31, warn: 33, ok: 32, unknown: 35 };

export const shape = (tone: Tone): string => shapes[tone];

/** The text in the colour of its state, where somebody sees colours. */
export function toned(terminal: Terminal, tone: Tone, text: string): string {
  return terminal.isInteractive ? `\u001B[${colours[tone]}m${text}\u001B[0m` : text;
}

/** Text from elsewhere without the signs that move a terminal's cursor or change its colours. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, "\uFFFD");
}
