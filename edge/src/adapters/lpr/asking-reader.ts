import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { Fault, FaultCode } from "@gatehouse/shared/fault";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { SignedHttp } from "../wire/signed-http.ts";
import { pauseFor } from "./pause.ts";
import { ReadIntake, type ReaderTools } from "./read-intake.ts";

export interface AskingOptions extends ReaderTools {
  readonly reader: Pick<ReaderConfig, "id" | "direction">;
  readonly http: SignedHttp;
}

/** How a camera is asked. */
export interface Asking {
  /** For a person: the make, and what it is asked for. */
  readonly what: string;
  /** The pause after an answer. It doubles with each failure, up to half a minute. */
  readonly rest: Duration;
  /** What is told before the camera has answered for the first time; undefined: nothing is known of it. */
  readonly before: FaultCode | undefined;
}

/** A camera that does not answer is asked more and more seldom. */
const longestRest = seconds(30);

/** A plate camera that does not come by itself: it is asked again and again, until it is stopped. */
export abstract class AskingReader implements CredentialReader {
  readonly name: string;
  protected readonly intake: ReadIntake;
  readonly #options: AskingOptions;
  readonly #asking: Asking;
  #stopping = new AbortController();
  #working: Promise<void> = Promise.resolve();
  #fault: FaultCode | undefined;
  #detail: string | undefined;

  protected constructor(options: AskingOptions, asking: Asking) {
    this.#options = options;
    this.#asking = asking;
    this.#fault = asking.before;
    this.name = `plate camera ${options.reader.id}`;
    this.intake = new ReadIntake(options.reader, options);
  }

  /**
   * Asks once.
   *
   * @param answered to be called when the camera has answered before this ends
   */
  protected abstract ask(signal: AbortSignal, answered: () => void): Promise<void>;

  /** What a failure of `ask` is, and what it is counted as. @throws the error where it is a bug */
  protected abstract failureOf(error: unknown): { readonly fault: Fault; readonly count: string };

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.intake.onRead(listener);
  }

  start(): Promise<void> {
    this.#stopping = new AbortController();
    this.#working = this.#askOnAndOn(this.#stopping.signal);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  report(): readonly DeviceReport[] {
    const fault = this.#fault;
    return [
      this.intake.report(
        `${this.#asking.what} at ${this.#options.http.address}`,
        fault === undefined
          ? {}
          : { state: "offline", fault, ...(this.#detail && { detail: this.#detail }) },
      ),
    ];
  }

  async #askOnAndOn(signal: AbortSignal): Promise<void> {
    const { http, clock } = this.#options;
    const { rest } = this.#asking;
    let pause = rest;
    const answered = (): void => {
      this.#fault = undefined;
      this.#detail = undefined;
      pause = rest;
    };
    while (!signal.aborted) {
      try {
        await this.ask(signal, answered);
        answered();
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(error);
        // Asked once more, the camera might lock our account: it stays so until the next start.
        if (http.isShutOut) return;
        pause = milliseconds(Math.min(pause * 2, Math.max(longestRest, rest)));
      }
      await pauseFor(clock, pause, signal);
    }
  }

  #tell(error: unknown): void {
    const { log, reader } = this.#options;
    const { fault, count } = this.failureOf(error);
    this.intake.count(count);
    if (this.#fault !== fault.code || this.#detail === undefined) {
      log.warn("plates-not-read", { reader: reader.id, error: fault.message });
    }
    this.#fault = fault.code;
    this.#detail = fault.message;
  }
}
