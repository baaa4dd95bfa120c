import type { Part } from "@gatehouse/shared/part";
import type { Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Card, CardPurses } from "./devices/card-purses.ts";

/*
 * The physical side of simulated devices: what a car, an arm or a driver does to them. Their other side
 * speaks real bytes (`wire/`) or implements the edge's ports in memory (`devices/`); the town drives both alike.
 */

/** A relay's contact, as the barrier's OPEN terminal sees it. */
export interface RelayContact {
  /** Called at each change; `closed` raises the barrier while it lasts. */
  onContact(listener: (closed: boolean) => void): void;
}

/** A dry-contact input, as a loop detector or a limit switch drives it. */
export interface InputContact {
  set(active: boolean): void;
}

/** A relay or I/O board. Relays are numbered from 1, inputs from 0, as their makers print them. */
export interface Board extends Part {
  relay(number: number): RelayContact;
  input(number: number): InputContact;
  /** Faults a test or the town may plant. `silent`: receives and never answers or acts. */
  setFault(fault: "none" | "silent" | "late-answers" | "noise" | "exception"): void;
}

/** One plate as a camera of the town sees it. */
export interface SeenPlate {
  readonly readId: string;
  /** What stands on the car. */
  readonly truePlate: string;
  /** What the camera makes of it. */
  readonly rawPlate: string;
  /** 0–1. */
  readonly confidence: number;
  readonly vehicleClass: VehicleClass;
  readonly at: Instant;
  readonly retransmission: boolean;
}

/** A plate camera: pushes, and repeats the push until it is answered 2xx or given up. */
export interface PlateCamera extends Part {
  see(plate: SeenPlate): void;
}

/** A payment terminal's front: the card slot. */
export interface TerminalFront extends Part {
  /** The display asks for a card: to take the amount (minor units) from it, or to give it back. */
  onCardWanted(listener: (amountMinor: number, purpose: "payment" | "refund") => void): void;
  presentCard(card: Card): void;
  /** The driver presses the red button. */
  cancel(): void;
  setFault(
    fault: "none" | "silent" | "close-before-booking" | "close-after-booking" | "duplicate-status",
  ): void;
  /** Payments that stand at the terminal, by receipt number: the truth a test compares with. */
  readonly booked: ReadonlyMap<string, number>;
  /** What each card has paid in the end, refunds and reversals taken off. */
  readonly purses: CardPurses;
}

/** A bay sensor under one space. */
export interface BaySensor extends Part {
  set(occupied: boolean): void;
}

/** A loop board of a lane on the broker. */
export interface LoopBoard extends Part {
  set(input: "arming" | "safety" | "limit-open", active: boolean): void;
}
