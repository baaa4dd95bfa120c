/**
 * One relay of a board, wired to a barrier's OPEN or CLOSE terminal.
 *
 * Everything here throws what the wire throws: Fault `wire-unreachable`, `wire-timeout`, `wire-noise`,
 * `wire-exception` or `sign-in-refused`.
 */
export interface Relay {
  /** Maker, address and number, as a technician knows them. */
  readonly make: string;
  /** Whether the board ends the pulse by itself. */
  readonly timesItself: boolean;
  /** Whether the board says that it has heard a command. */
  readonly echoes: boolean;
  readonly counters: Readonly<Record<string, number>>;
  /** Sees to it that the board is set up as the profile says; cheap once it was. */
  prepare(options?: { readonly urgent: boolean }): Promise<void>;
  /** The board may have been without power or exchanged: `prepare` looks again. */
  forget(): void;
  /** Closes the contact: for the length of a pulse where the board can, else until `release`. */
  close(handed: () => void): Promise<void>;
  /** Closes the contact until `release`; absent where the board ends every pulse. */
  latch?(handed: () => void): Promise<void>;
  release(): Promise<void>;
  /** Absent where the contact cannot be asked. */
  isClosed?(options?: { readonly urgent: boolean }): Promise<boolean>;
  /** Asks a board whose contact cannot be asked for a sign of life; absent where it gives none. */
  greet?(): Promise<void>;
}
