import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { PageSign, SignMessage } from "@gatehouse/shared/ports/sign";

export interface BrowserSignOptions {
  readonly signId: string;
  readonly laneId?: string;
  readonly clock: Clock;
}

/** A display that is a browser with /sign/ID: it holds the message, and each screen that opens the page shows it. */
export class BrowserSign implements PageSign {
  readonly name: string;
  readonly signId: string;
  readonly #options: BrowserSignOptions;
  readonly #listeners = new Set<() => void>();
  #shown: PageSign["shown"];
  #count = 0;
  #wasOpened = false;

  constructor(options: BrowserSignOptions) {
    this.#options = options;
    this.signId = options.signId;
    this.name = `sign ${options.signId}`;
  }

  get shown(): PageSign["shown"] {
    return this.#shown;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  show(message: SignMessage): Promise<void> {
    this.#shown = { message, at: this.#options.clock.now() };
    this.#count += 1;
    for (const listener of this.#listeners) listener();
    return Promise.resolve();
  }

  onShow(listener: () => void): () => void {
    this.#wasOpened = true;
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A page that nobody has opened yet waits for its screen; one that was open and is not any more has lost it. */
  report(): readonly DeviceReport[] {
    const { laneId, signId } = this.#options;
    const isOpen = this.#listeners.size > 0;
    const isLost = this.#wasOpened && !isOpen;
    const detail = isLost ? "no screen shows its page any more" : "no screen has opened it yet";
    return [
      {
        id: signId,
        kind: "sign",
        make: `page /sign/${signId}`,
        ...(laneId === undefined ? {} : { laneId }),
        state: isLost ? "stale" : "online",
        ...(isOpen ? {} : { detail }),
        counters: { shown: this.#count },
      },
    ];
  }
}
