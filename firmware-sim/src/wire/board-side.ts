import type { Duplex } from "node:stream";

/** Where a board is plugged in. */
export interface BoardSide {
  /** Hands over each master that connects. @throws Error of the system */
  open(serve: (stream: Duplex) => void): Promise<void>;
  close(): Promise<void>;
}
