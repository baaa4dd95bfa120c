import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { TicketScanner } from "@gatehouse/shared/ports/ticket-scanner";

/** A ticket scanner in memory: drivers show it codes. */
export class TicketScannerSim implements TicketScanner {
  readonly name: string;
  readonly #id: string;
  #listener: (text: string) => void = () => {};
  #isOn = false;

  constructor(id: string) {
    this.#id = id;
    this.name = `ticket scanner ${id}`;
  }

  onScan(listener: (text: string) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    this.#isOn = true;
  }

  async stop(): Promise<void> {
    this.#isOn = false;
  }

  scan(text: string): void {
    if (this.#isOn) this.#listener(text);
  }

  report(): readonly DeviceReport[] {
    return [
      {
        id: this.#id,
        kind: "ticket-scanner",
        make: "simulated",
        state: this.#isOn ? "online" : "offline",
        counters: {},
      },
    ];
  }
}
