import type { Instant } from "../time.ts";

/** What one device with credentials of its own has done at a door since the daemon started. */
export interface DoorVisitor {
  readonly id: string;
  readonly isInside: boolean;
  /** Undefined: somebody has tried to be it, and it has not been let in yet. */
  readonly lastSeen: Instant | undefined;
  readonly messages: number;
  /** What was refused of it, by reason; `login`: wrong tries at its name, perhaps somebody else's. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Where devices come to us by themselves: the broker, the server for pushes. */
export interface DeviceDoor {
  /** Whether a device of this id may come here at all. */
  knows(id: string): boolean;
  /** Those that it knows and that have come, or whose name somebody has tried; a bounded number. */
  visitors(): readonly DoorVisitor[];
  /** Exactly these are refused from now on, whatever they bring; who of them is inside is put out. */
  shutOut(ids: ReadonlySet<string>): void;
  /** Ends a device's connection, so that it comes anew. @returns whether there was one */
  putOut(id: string): boolean;
}
