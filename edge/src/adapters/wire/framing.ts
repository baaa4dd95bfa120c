/** What came in, in order of arrival. */
export type Received =
  /** The answer to the request under way, RTU-shaped with a good CRC. */
  | { readonly kind: "answer"; readonly frame: Buffer }
  /** The answer to a request that was given up. */
  | { readonly kind: "late" }
  /** The stream itself makes no sense any more: only a new connection helps. */
  | { readonly kind: "broken"; readonly why: string };

/** How Modbus requests travel on one kind of wire. One request is under way at a time. */
export interface Framing {
  /** Real milliseconds of silence that the wire needs after a request without an answer. */
  readonly quietMs: number;
  /** Bytes that came in and made no sense so far. */
  readonly unread: number;
  /** The bytes for the wire; from now on `receive` looks for the answer. `request` is RTU-shaped. */
  ask(request: Buffer): Buffer;
  receive(bytes: Buffer): readonly Received[];
  /** The request under way has failed; its answer may still come and must never be taken for another's. */
  giveUp(): void;
  /** Throws away what came in; the next byte begins something new. */
  flush(): void;
  /** Whether an answer of this unit may still be on its way, so that the next one could be taken for it. */
  isOwed(unit: number): boolean;
  /** This unit has answered something asked after all that it owed: a wire keeps the order, so no more comes. */
  settle(unit: number): void;
}
