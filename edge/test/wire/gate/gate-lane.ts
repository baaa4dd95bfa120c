import type { Board, RelayContact } from "@gatehouse/firmware-sim/hardware";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { WireConfig } from "@gatehouse/shared/contracts/lane-config";
import { type Duration, milliseconds } from "@gatehouse/shared/time";
import type { LaneHardware } from "../../../src/adapters/lane-hardware.ts";
import { Bench, configOf, type ContactChange, newClock, watchContact } from "./bench.ts";

/** One make of relay board, on its real wire. */
export interface GateMake {
  /** In edge/profiles/gates. */
  readonly profile: string;
  board(clock: VirtualClock): Board;
  /** Where the started board is found. */
  readonly wire: (board: Board) => WireConfig;
  /** The board closes its contact for so long, whatever it is asked. */
  readonly ownPulse?: Duration;
  /** The contact on CLOSE, where the board has one of its own for that. */
  readonly closeContact?: (board: Board) => RelayContact;
  /** Commands that went out and commands that came in, where the board does not answer them. */
  readonly traffic?: {
    sent(hardware: LaneHardware): number;
    seen(board: Board): number;
  };
}

export const relay = 2;
/** Wired to CLOSE, where the board has no contact of its own for that. */
const closeRelay = 1;
const pulse = milliseconds(700);

/** A gate of one make, plugged in and running. */
export class GateLane {
  readonly clock: VirtualClock;
  readonly board: Board;
  readonly contact: ContactChange[];
  /** What the contact on CLOSE did. */
  readonly closeContact: ContactChange[];
  bench: Bench;
  /** While false, what goes out is not expected to come in. */
  isPlugged = true;
  readonly #make: GateMake;

  private constructor(make: GateMake, clock: VirtualClock, board: Board) {
    this.#make = make;
    this.clock = clock;
    this.board = board;
    this.contact = watchContact(board.relay(relay), clock);
    this.closeContact = watchContact(make.closeContact?.(board) ?? board.relay(closeRelay), clock);
    this.bench = this.#newBench();
  }

  /** How long one command closes the contact. */
  get pulse(): Duration {
    return this.#make.ownPulse ?? pulse;
  }

  static async start(make: GateMake): Promise<GateLane> {
    const clock = newClock();
    const board = make.board(clock);
    await board.start();
    const lane = new GateLane(make, clock, board);
    await lane.bench.start();
    return lane;
  }

  async stop(): Promise<void> {
    await this.bench.stop();
    await this.board.stop();
  }

  /** Ends the daemon's side and makes a new one, not started yet: nothing of the old one is remembered. */
  async renewDaemon(): Promise<void> {
    await this.bench.stop();
    this.bench = this.#newBench();
  }

  async unplug(): Promise<void> {
    this.isPlugged = false;
    await this.board.stop();
  }

  #newBench(): Bench {
    const { traffic, wire, profile, closeContact } = this.#make;
    const close = closeContact === undefined ? { close_relay: closeRelay } : {};
    const seenBefore = traffic?.seen(this.board) ?? 0;
    return new Bench(
      this.clock,
      configOf({ w: wire(this.board) }, [
        { gate: { profile, wire: "w", relay, pulse_ms: pulse, ...close } },
      ]),
      (hardware) =>
        !this.isPlugged ||
        traffic === undefined ||
        traffic.seen(this.board) - seenBefore === traffic.sent(hardware),
    );
  }
}
