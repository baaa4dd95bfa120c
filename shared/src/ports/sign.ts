import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
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

/** A display that is a page: whoever opens it sees what is shown. */
export interface PageSign extends Sign {
  readonly signId: string;
  /** The last message; undefined before the first. */
  readonly shown: { readonly message: SignMessage; readonly at: Instant } | undefined;
  /** Called at each new message, while somebody looks. @returns ends it */
  onShow(listener: () => void): () => void;
}

/** A display that shows how many spaces are free. */
export interface FreeSign {
  readonly sign: Sign;
  /** Undefined: of the whole facility. */
  readonly zoneId: string | undefined;
}
