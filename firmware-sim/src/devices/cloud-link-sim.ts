import type { Ack, Batch, HeldPlace } from "@gatehouse/shared/contracts/batch";
import type { DirectivePage } from "@gatehouse/shared/contracts/directive";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { Random } from "@gatehouse/shared/ports/random";
import { seconds } from "@gatehouse/shared/time";
import { happens, wait } from "../chance.ts";

/** How often the way to head office goes wrong; each a share of the calls. */
export interface LinkFaults {
  readonly requestLost: number;
  /** The batch arrives, its answer does not. */
  readonly answerLost: number;
  /** The batch arrives again 1 to 60 s later. */
  readonly repeated: number;
  /** The edge hears nothing and gives up; the batch arrives 20 to 120 s later. */
  readonly late: number;
}

const noLinkFaults: LinkFaults = { requestLost: 0, answerLost: 0, repeated: 0, late: 0 };

export interface CloudLinkSimParts {
  readonly clock: Clock;
  readonly random: Random;
  /** The office itself, reached without any weather. */
  readonly office: CloudLink;
}

/** A poor line to a real office. */
export class CloudLinkSim implements CloudLink {
  calls = 0;
  failures = 0;
  readonly #parts: CloudLinkSimParts;
  #faults = noLinkFaults;
  #cut = false;

  constructor(parts: CloudLinkSimParts) {
    this.#parts = parts;
  }

  setFaults(faults: Partial<LinkFaults>): void {
    this.#faults = { ...noLinkFaults, ...faults };
  }

  /** The internet is gone, or back. */
  setCut(cut: boolean): void {
    this.#cut = cut;
  }

  async send(batch: Batch): Promise<Ack> {
    const { clock, random, office } = this.#parts;
    await this.#begin();
    if (happens(random, this.#faults.late)) {
      this.#deliverLater(batch, 20, 120);
      throw await this.#lost("no answer in time");
    }
    if (happens(random, this.#faults.repeated)) this.#deliverLater(batch, 1, 60);
    const ack = await office.send(batch);
    await clock.sleep(wait(random, 0.02, 0.2));
    if (this.#cut || happens(random, this.#faults.answerLost))
      throw await this.#lost("answer lost");
    return ack;
  }

  heldAt(epoch: number, seq: number): Promise<HeldPlace | undefined> {
    return this.#read(() => this.#parts.office.heldAt(epoch, seq));
  }

  pull(after: number): Promise<DirectivePage> {
    return this.#read(() => this.#parts.office.pull(after));
  }

  async #read<T>(ask: () => Promise<T>): Promise<T> {
    const { clock, random } = this.#parts;
    await this.#begin();
    const answer = await ask();
    await clock.sleep(wait(random, 0.02, 0.2));
    if (this.#cut || happens(random, this.#faults.answerLost))
      throw await this.#lost("answer lost");
    return answer;
  }

  async #begin(): Promise<void> {
    const { clock, random } = this.#parts;
    this.calls++;
    await clock.sleep(wait(random, 0.02, 0.2));
    if (this.#cut || happens(random, this.#faults.requestLost))
      throw await this.#lost("request lost");
  }

  #deliverLater(batch: Batch, low: number, high: number): void {
    const { clock, random, office } = this.#parts;
    clock.after(wait(random, low, high), () => {
      if (!this.#cut) void office.send(batch).catch(forgetFault);
    });
  }

  async #lost(what: string): Promise<Fault> {
    this.failures++;
    await this.#parts.clock.sleep(patience);
    return new Fault("cloud-unreachable", what);
  }
}

/** Nobody waits for the answer to a late copy; a refusal is as good as an acknowledgement. */
function forgetFault(error: unknown): void {
  if (!(error instanceof Fault)) throw error;
}

const patience = seconds(10);
