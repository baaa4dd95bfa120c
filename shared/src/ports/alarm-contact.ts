import type { AlarmKind } from "../contracts/alarm-config.ts";
import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
import type { Reporting } from "./device.ts";

/** A dry contact of a fire panel or a security system. */
export interface AlarmContact extends Part, Reporting {
  readonly id: string;
  readonly kind: AlarmKind;
  /**
   * One listener; set before `start`. Tells the first known state and each change.
   *
   * `active` undefined: not known, because the wire is lost.
   */
  onAlarm(listener: (active: boolean | undefined, at: Instant) => void): void;
}

/** A dry contact that tells another system something: a siren, a fire panel, a guard's desk. */
export interface SignalOutput extends Part, Reporting {
  readonly id: string;
  /** Which alarm it repeats. */
  readonly follows: AlarmKind;
  /** @throws Fault `wire-unreachable` and its like: not known whether the contact has changed */
  set(active: boolean): Promise<void>;
}
