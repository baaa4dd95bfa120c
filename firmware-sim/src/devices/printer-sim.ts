import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import type { Printer } from "@gatehouse/shared/ports/printer";
import { seconds } from "@gatehouse/shared/time";

/** A printer in memory: a paper takes two seconds. */
export class PrinterSim implements Printer {
  readonly name: string;
  readonly id: string;
  readonly papers: (readonly PrintPiece[])[] = [];
  /** What each job ends in; `print-unknown` puts the paper out all the same. */
  fault: FaultCode | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock, id: string) {
    this.#clock = clock;
    this.id = id;
    this.name = `printer ${id}`;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async print(pieces: readonly PrintPiece[]): Promise<void> {
    await this.#clock.sleep(seconds(2));
    if (this.fault === undefined || this.fault === "print-unknown") this.papers.push(pieces);
    if (this.fault !== undefined) throw new Fault(this.fault, this.id);
  }

  report(): readonly DeviceReport[] {
    return [{ id: this.id, kind: "printer", make: "simulated", state: "online", counters: {} }];
  }
}
