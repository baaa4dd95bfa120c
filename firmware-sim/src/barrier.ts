import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { InputContact, RelayContact } from "./hardware.ts";

export type ArmPosition = "down" | "rising" | "up" | "falling";

export interface BarrierParts {
  readonly clock: Clock;
  /** The relay wired to the OPEN terminal. */
  readonly open: RelayContact;
  /** The relay wired to the CLOSE terminal, where there is one. */
  readonly close?: RelayContact;
  /** The "arm is up" contact, where it is wired to a board. */
  readonly limitOpen?: InputContact;
  /** How long the arm takes up or down. */
  readonly travel?: Duration;
  /** How long the arm stays up after its safety loop is clear. */
  readonly hold?: Duration;
}

/**
 * The arm and the board inside the barrier's cabinet: OPEN closed for 100 ms raises it; it closes by itself or
 * when CLOSE is closed for 100 ms, never while OPEN is still closed and never onto a car on its safety loop.
 */
export class Barrier {
  /** OPEN contacts that were long enough to count. */
  openings = 0;
  /** CLOSE contacts that were long enough to count. */
  closings = 0;
  /** CLOSE contacts that came while a car stood on the safety loop: the arm did not fall, and nobody may try. */
  closingsOntoCar = 0;
  readonly #clock: Clock;
  readonly #limitOpen: InputContact | undefined;
  readonly #travel: Duration;
  readonly #hold: Duration;
  readonly #listeners: (() => void)[] = [];
  #position: ArmPosition = "down";
  #contactClosed = false;
  #safetyOccupied = false;
  #jammed = false;
  #cancelContact = (): void => {};
  #cancelClose = (): void => {};
  #cancelMove = (): void => {};

  constructor(parts: BarrierParts) {
    this.#clock = parts.clock;
    this.#limitOpen = parts.limitOpen;
    this.#travel = parts.travel ?? seconds(3);
    this.#hold = parts.hold ?? seconds(6);
    parts.open.onContact((closed) => this.#contact(closed));
    parts.close?.onContact((closed) => {
      this.#cancelClose();
      if (closed) this.#cancelClose = this.#clock.after(shortestContact, () => this.#heardClose());
    });
    this.#limitOpen?.set(false);
  }

  get position(): ArmPosition {
    return this.#position;
  }

  /** Called after each change of `position` and after each accepted OPEN. */
  onMove(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** What the safety loop under the arm tells the barrier's own board. */
  setSafety(occupied: boolean): void {
    this.#safetyOccupied = occupied;
    if (occupied && this.#position === "falling") this.#raise();
    else if (this.#position === "up") this.#restartHold();
  }

  /** A jammed motor: OPEN is heard, nothing moves. */
  setJammed(jammed: boolean): void {
    this.#jammed = jammed;
    if (!jammed && this.#position === "up") this.#restartHold();
  }

  #contact(closed: boolean): void {
    if (closed === this.#contactClosed) return;
    this.#contactClosed = closed;
    this.#cancelContact();
    if (closed) this.#cancelContact = this.#clock.after(shortestContact, () => this.#heard());
    else if (this.#position === "up") this.#restartHold();
  }

  #heard(): void {
    this.openings++;
    if (this.#position === "up") this.#restartHold();
    else if (this.#position !== "rising") this.#raise();
    this.#tell();
  }

  #heardClose(): void {
    this.closings++;
    if (this.#safetyOccupied) this.closingsOntoCar++;
    if (this.#position === "up" && !this.#isKeptUp) this.#lower();
  }

  #raise(): void {
    if (this.#jammed) return;
    this.#move("rising");
    this.#cancelMove = this.#clock.after(this.#travel, () => {
      this.#move("up");
      this.#restartHold();
    });
  }

  #restartHold(): void {
    this.#cancelMove();
    if (this.#isKeptUp) return;
    this.#cancelMove = this.#clock.after(this.#hold, () => this.#lower());
  }

  get #isKeptUp(): boolean {
    return this.#contactClosed || this.#safetyOccupied || this.#jammed;
  }

  #lower(): void {
    this.#move("falling");
    this.#cancelMove = this.#clock.after(this.#travel, () => this.#move("down"));
  }

  #move(position: ArmPosition): void {
    this.#cancelMove();
    if (position === this.#position) return;
    this.#position = position;
    if (position === "up") this.#limitOpen?.set(true);
    if (position === "falling") this.#limitOpen?.set(false);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const shortestContact = milliseconds(100);
