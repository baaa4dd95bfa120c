import { between, happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { CloudLinkSim } from "@gatehouse/firmware-sim/devices/cloud-link-sim";
import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { GateOrder } from "@gatehouse/shared/ports/gate";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { hours, minutes, seconds } from "@gatehouse/shared/time";
import type { EdgeMachine } from "./edge-machine.ts";
import type { SimulatedOffice } from "./simulated-office.ts";

/** `storm`: what goes wrong at gates and with the machine goes wrong in hours, not in weeks. */
export type Climate = "mild" | "storm";

export interface WeatherParts {
  readonly climate: Climate;
  readonly world: VirtualClock;
  /** The site's clock: the daemon's and the cameras'. */
  readonly siteClock: VirtualClock;
  readonly random: SeededRandom;
  readonly machine: EdgeMachine;
  readonly site: MemorySite;
  readonly line: CloudLinkSim;
  readonly office: SimulatedOffice;
  readonly gateway: OnlineGatewaySim;
}

const day = hours(24);
const stormFactor = 16;
/** From a command to the end of its passage, at most. */
const passageMs = 60_000;
/**
 * Over a power cut the daemon has only the wall clock to measure with, from its last anchor (a minute old at
 * most). A step and a cut closer together than this could not be told apart by anyone.
 */
const stepAndCutApart = minutes(5);

/** Everything that goes wrong, by the day; at `until` it is all over. */
export class Weather {
  readonly #parts: WeatherParts;
  readonly #random: SeededRandom;
  #over = false;
  #lastStep = -Infinity;
  readonly #mend: (() => void)[] = [];
  /**
   * World times (ms) during which nobody could tell who passed a lane: its loops showed what was not there or
   * hid what was, or its gate was held open for everybody.
   */
  readonly #unwitnessed: { readonly laneId: string; readonly from: number; to: number }[] = [];
  /** How often each kind of trouble began. */
  readonly troubles: Record<string, number> = {};

  constructor(parts: WeatherParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("weather");
  }

  begin(): void {
    const { site, line, machine, office, gateway } = this.#parts;
    for (const { reader } of site.lanes) {
      reader.setFaults({ lost: 0.02, late: 0.01, repeated: 0.1, retransmitted: 0.03 });
    }
    site.spaces.setFaults({ lost: 0.01, late: 0.01, repeated: 0.02, reboots: 0.001 });
    line.setFaults({ requestLost: 0.05, answerLost: 0.05, repeated: 0.05, late: 0.02 });
    office.setCrashShare(0.05);
    const lossy = {
      requestLost: 0.03,
      answerLost: 0.05,
      doubled: 0.1,
      late: 0.05,
      declined: 0.05,
      again: 0.1,
    };
    gateway.setFaults(lossy);
    this.#often(2, "gateway outages", () =>
      this.#during(60, 3600, (on) => gateway.setFaults(on ? { ...lossy, requestLost: 1 } : lossy)),
    );
    this.#often(16, "crashes planned", () => this.#crash());
    this.#often(3, "power cuts", () => this.#cutPower());
    this.#often(1, "orderly restarts", () => void machine.restart());
    this.#often(4, "lost sensors", () => this.#loseSensor());
    this.#often(3, "clock steps", () => this.#stepWall());
    this.#often(2, "internet cuts", () => this.#during(300, 4 * 3600, (on) => line.setCut(on)));
    this.#often(5, "gate faults", () => this.#gateFault());
    this.#often(2, "jammed arms", () => this.#jam());
    this.#often(3, "lost loops", () => this.#loopsLost());
    this.#often(8, "terminal faults", () => this.#terminalFault());
    this.#often(1, "dead signs", () => this.#deadSign());
    this.#often(2, "cameras away", () => this.#cameraAway());
    this.#often(1, "stuck loops", () => this.#stuckLoop());
    this.#often(2, "gates held open", () => this.#holdOpen());
    this.#often(2, "locks", () => this.#lock());
    this.#often(12, "orders to close", () => this.#close());
    this.#often(0.3, "fire alarms", () => this.#during(60, 600, (on) => site.panel.set(on)));
  }

  /** Every fault ends; what it left behind must heal by itself. */
  end(): void {
    const { site, line, office, gateway } = this.#parts;
    this.#over = true;
    for (const mend of this.#mend.splice(0)) mend();
    for (const { reader } of site.lanes) reader.setFaults({});
    site.spaces.setFaults({});
    line.setFaults({});
    office.setCrashShare(0);
    gateway.setFaults({});
  }

  /** `times` a day in mild weather, at any moment. */
  #often(mildTimes: number, what: string, happen: () => void): void {
    const times = this.#parts.climate === "storm" ? mildTimes * stormFactor : mildTimes;
    const gap = wait(this.#random, 0, (2 * day) / times / 1000);
    this.#parts.world.after(gap, () => {
      if (this.#over) return;
      this.troubles[what] = (this.troubles[what] ?? 0) + 1;
      happen();
      this.#often(mildTimes, what, happen);
    });
  }

  #during(least: number, most: number, set: (on: boolean) => void): void {
    let isMended = false;
    const mend = (): void => {
      if (!isMended) set(false);
      isMended = true;
    };
    set(true);
    this.#mend.push(mend);
    this.#parts.world.after(wait(this.#random, least, most), mend);
  }

  /** At a write; every fourth takes the machine's power with it. */
  #crash(): void {
    const { machine } = this.#parts;
    const writes = 1 + Math.floor(this.#random.fraction() * 40);
    const cutsPower = happens(this.#random, 0.25) && this.#mayCut();
    machine.crashSoon(writes, cutsPower ? "power" : "kill");
  }

  #cutPower(): void {
    if (this.#mayCut()) this.#parts.machine.cutPower();
  }

  #mayCut(): boolean {
    return this.#parts.world.monotonic() - this.#lastStep >= stepAndCutApart;
  }

  #stepWall(): void {
    const now = this.#parts.world.monotonic();
    if (now - this.#parts.machine.cutAt < stepAndCutApart) return;
    this.#lastStep = now;
    const reach: number = pick(this.#random, [seconds(10), minutes(10), hours(1)]);
    this.#parts.siteClock.stepWall(between(this.#random, -reach, reach));
  }

  #loseSensor(): void {
    const { site } = this.#parts;
    site.spaces.lose(pick(this.#random, site.bays).spaceId);
  }

  #gateFault(): void {
    const { gate } = pick(this.#random, this.#parts.site.lanes);
    const fault = pick(this.#random, ["dead", "answer-lost", "rejects", "stuck"] as const);
    this.#during(60, 600, (on) => gate.setFault(on ? fault : "none"));
  }

  #jam(): void {
    const { barrier } = pick(this.#random, this.#parts.site.lanes);
    this.#during(30, 300, (on) => barrier.setJammed(on));
  }

  #loopsLost(): void {
    const { inputs } = pick(this.#random, this.#parts.site.lanes);
    this.#during(10, 300, (on) => inputs.setLost(on));
  }

  #cameraAway(): void {
    const { reader } = pick(this.#random, this.#parts.site.lanes);
    this.#during(60, 1200, (on) => reader.setOffline(on));
  }

  #stuckLoop(): void {
    const { inputs, laneId } = pick(this.#random, this.#parts.site.lanes);
    const input = pick(this.#random, ["arming", "safety"] as const);
    const shows = happens(this.#random, 0.7);
    this.#during(60, 1500, (on) => {
      inputs.setStuck(input, on ? shows : undefined);
      this.#unwitness(laneId, on);
    });
  }

  #unwitness(laneId: string, isOn: boolean): void {
    const now = this.#parts.world.monotonic();
    if (isOn) this.#unwitnessed.push({ laneId, from: now, to: Infinity });
    const open = this.#unwitnessed.find((span) => span.laneId === laneId && span.to === Infinity);
    if (!isOn && open !== undefined) open.to = now;
  }

  /** Whether nobody could tell who passed a lane at that time. */
  wasUnwitnessed(laneId: string, at: number): boolean {
    return this.#unwitnessed.some(
      (span) => span.laneId === laneId && at >= span.from - passageMs && at <= span.to + passageMs,
    );
  }

  #holdOpen(): void {
    const { laneId } = pick(this.#random, this.#parts.site.lanes);
    this.#during(60, 600, (on) => {
      this.#order(laneId, on ? "hold-open" : "let-go");
      this.#unwitness(laneId, on);
    });
  }

  /** Entries only: the drivers of this town wait at a locked exit until they give up. */
  #lock(): void {
    const entries = this.#parts.site.lanes.filter(({ site }) => site.direction === "entry");
    const { laneId } = pick(this.#random, entries);
    this.#during(60, 900, (on) => this.#order(laneId, on ? "lock" : "unlock"));
  }

  #close(): void {
    this.#order(pick(this.#random, this.#parts.site.lanes).laneId, "close");
  }

  /** A person gives an order, and gives it up when the daemon does not answer. */
  #order(laneId: string, order: GateOrder): void {
    const { machine } = this.#parts;
    const wish = { actor: { kind: "attendant" as const, id: "anna" }, reason: "weather" };
    try {
      machine.facility?.laneOrders.order(laneId, order, wish).catch((error: unknown) => {
        machine.thrown(error);
      });
    } catch (error) {
      machine.thrown(error);
    }
  }

  #terminalFault(): void {
    const terminals = this.#parts.site.lanes.flatMap(({ terminal }) => terminal ?? []);
    const terminal = pick(this.#random, terminals);
    const fault = pick(this.#random, [
      "silent",
      "close-before-booking",
      "close-after-booking",
      "duplicate-status",
    ] as const);
    this.#during(60, 900, (on) => terminal.setFault(on ? fault : "none"));
  }

  #deadSign(): void {
    const { sign } = pick(this.#random, this.#parts.site.lanes);
    this.#during(300, 3600, (on) => sign.setDead(on));
  }
}
