import type { MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import { wait } from "@gatehouse/firmware-sim/chance";
import { ProcessClock } from "@gatehouse/firmware-sim/process-clock";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import type { Log } from "@gatehouse/shared/ports/log";
import { milliseconds } from "@gatehouse/shared/time";
import { Facility } from "../../src/facility.ts";
import { Book } from "../../src/store/book.ts";
import { Crash } from "./crash.ts";
import { guardedPorts } from "./guarded-ports.ts";

export interface EdgeMachineParts {
  /** The machine's own clock: it may be stepped, and its power cut. */
  readonly clock: VirtualClock;
  /** The world's: what truly passes. */
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly site: MemorySite;
  readonly config: FacilityConfig;
  readonly bookFile: string;
  readonly link: CloudLink | undefined;
  readonly gateway: () => OnlineGateway;
  /** The daemon did something that no crash explains. */
  readonly onBug: (error: unknown) => void;
  /** After each crash, when nothing of the run is left and before the next begins. */
  readonly onDown: () => void;
  readonly promised: (kind: "read" | "receipt", id: string) => void;
}

/** A machine on which the daemon runs, dies and is started again. */
export class EdgeMachine {
  crashes = 0;
  /** Changed rows and commits so far, over all runs. */
  steps = 0;
  /** World time (ms) at which each line of the ledger was written, by sequence. */
  readonly writtenAt: number[] = [];
  readonly #parts: EdgeMachineParts;
  readonly #chance: SeededRandom;
  readonly #ids: SeededRandom;
  #run: Run | undefined;
  #crashAt = Infinity;
  #cutsPower = false;
  #cutAt = -Infinity;
  #lastSeq = 0;

  constructor(parts: EdgeMachineParts) {
    this.#parts = parts;
    this.#chance = parts.random.fork("machine");
    this.#ids = parts.random.fork("edge");
  }

  /** The daemon that lives now. */
  get facility(): Facility | undefined {
    return this.#run?.facility;
  }

  get isUp(): boolean {
    return this.#run !== undefined;
  }

  /** Timers of the run that lives now. */
  get timers(): number {
    return this.#run?.process.waiting ?? 0;
  }

  boot(): void {
    const { clock, site, config, bookFile, link, gateway, promised } = this.#parts;
    const run = new ProcessClock(clock, (error) => this.#thrown(error));
    try {
      const book = new Book(bookFile, { onStep: () => this.#step(run, book) });
      const ports = guardedPorts({
        run,
        site,
        random: this.#ids,
        link,
        gateway: gateway(),
        log: silence,
        promised,
      });
      const facility = new Facility({ config, book, ports, version: "0.1.0" });
      this.#run = { process: run, book, facility };
      facility.start().catch((error: unknown) => this.#thrown(error));
    } catch (error) {
      this.#thrown(error);
    }
  }

  /** World time (ms) of the last power cut; Infinity while one is about to come. */
  get cutAt(): number {
    return this.#cutsPower ? Infinity : this.#cutAt;
  }

  /** The daemon dies at its `writes`-th changed row or commit from now, alone or with its machine's power. */
  crashSoon(writes: number, cause: "kill" | "power"): void {
    this.#crashAt = this.steps + writes;
    this.#cutsPower = cause === "power";
  }

  /** The power of the machine goes, and comes back after a while. */
  cutPower(): void {
    if (this.#run === undefined) return;
    this.#die(30, 240);
    this.#cutsPower = false;
    this.#crashAt = Infinity;
    this.#cutAt = this.#parts.world.monotonic();
    this.#parts.clock.cutPower();
  }

  /** A technician restarts the daemon: it stops in order first. */
  async restart(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    try {
      await run.facility.stop();
    } catch (error) {
      this.#thrown(error);
    }
    if (this.#run === run) this.#end(5, 20);
  }

  /** What nobody caught, anywhere in this process. */
  thrown(error: unknown): void {
    this.#thrown(error);
  }

  #step(run: ProcessClock, book: Book): void {
    if (!run.alive) throw new Crash("the run is dead");
    this.steps++;
    this.#noteLines(book.written);
    if (this.steps < this.#crashAt) return;
    this.#crashAt = Infinity;
    if (this.#cutsPower) this.cutPower();
    else this.#die(2, 60);
    throw new Crash("killed while writing");
  }

  #noteLines(written: number): void {
    for (let seq = Math.min(this.#lastSeq, written) + 1; seq <= written; seq++) {
      this.writtenAt[seq] = this.#parts.world.monotonic();
    }
    this.#lastSeq = written;
  }

  #thrown(error: unknown): void {
    if (error instanceof Crash || isAfterlife(error)) return;
    this.#parts.onBug(error);
    this.#die(2, 60);
  }

  #die(leastSeconds: number, mostSeconds: number): void {
    if (this.#run === undefined) return;
    this.crashes++;
    this.#end(leastSeconds, mostSeconds);
  }

  /** Nothing of the run is left; the supervisor starts the next one within that time. */
  #end(leastSeconds: number, mostSeconds: number): void {
    const run = this.#run;
    if (run === undefined) return;
    const { world, site, onDown } = this.#parts;
    this.#run = undefined;
    run.process.kill();
    for (const { inputs, reader, terminal } of site.lanes) {
      void inputs.stop();
      void reader.stop();
      terminal?.dropLink();
    }
    void site.spaces.stop();
    void site.panel.stop();
    world.after(milliseconds(1), () => {
      run.book.close();
      onDown();
    });
    world.after(wait(this.#chance, leastSeconds, mostSeconds), () => this.boot());
  }
}

interface Run {
  readonly process: ProcessClock;
  readonly book: Book;
  readonly facility: Facility;
}

/** A dead run's last promise reads from its closed book. */
const isAfterlife = (error: unknown): boolean =>
  error instanceof TypeError && /database connection is not open/.test(error.message);

const silence: Log = { info: () => {}, warn: () => {}, error: () => {} };
