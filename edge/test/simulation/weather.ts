import { between, happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { CloudLinkSim } from "@gatehouse/firmware-sim/devices/cloud-link-sim";
import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { hours, minutes, seconds } from "@gatehouse/shared/time";
import type { EdgeMachine } from "./edge-machine.ts";
import type { SimulatedOffice } from "./simulated-office.ts";

export interface WeatherParts {
  readonly world: VirtualClock;
  /** The site's clock: the daemon's and the cameras'. */
  readonly siteClock: VirtualClock;
  readonly random: SeededRandom;
  readonly machine: EdgeMachine;
  readonly site: MemorySite;
  readonly line: CloudLinkSim;
  readonly office: SimulatedOffice;
}

const day = hours(24);
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
  /** How often each kind of trouble began. */
  readonly troubles: Record<string, number> = {};

  constructor(parts: WeatherParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("weather");
  }

  begin(): void {
    const { site, line, machine, office } = this.#parts;
    for (const { reader } of site.lanes) {
      reader.setFaults({ lost: 0.02, late: 0.01, repeated: 0.1, retransmitted: 0.03 });
    }
    site.spaces.setFaults({ lost: 0.01, late: 0.01, repeated: 0.02, reboots: 0.001 });
    line.setFaults({ requestLost: 0.05, answerLost: 0.05, repeated: 0.05, late: 0.02 });
    office.setCrashShare(0.05);
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
  }

  /** Every fault ends; what it left behind must heal by itself. */
  end(): void {
    const { site, line, office } = this.#parts;
    this.#over = true;
    for (const mend of this.#mend.splice(0)) mend();
    for (const { reader } of site.lanes) reader.setFaults({});
    site.spaces.setFaults({});
    line.setFaults({});
    office.setCrashShare(0);
  }

  /** `times` a day, at any moment. */
  #often(times: number, what: string, happen: () => void): void {
    const gap = wait(this.#random, 0, (2 * day) / times / 1000);
    this.#parts.world.after(gap, () => {
      if (this.#over) return;
      this.troubles[what] = (this.troubles[what] ?? 0) + 1;
      happen();
      this.#often(times, what, happen);
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
