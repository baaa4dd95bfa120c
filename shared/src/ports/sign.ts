import type { Part } from "../part.ts";
import type { Reporting } from "./device.ts";

/** What a display at a lane or a zone shows. `lines` are ready to read, at most 4 of 40 characters. */
export interface SignMessage {
  readonly lines: readonly string[];
  readonly free?: number;
  readonly tone: "neutral" | "go" | "stop" | "attention";
}

export interface Sign extends Part, Reporting {
  /** Shows `message` until the next one. @throws Fault `sign-unreachable` */
  show(message: SignMessage): Promise<void>;
}
