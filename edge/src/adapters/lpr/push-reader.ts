import type { Problem } from "@gatehouse/shared/contracts/problem";
import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { Fault } from "@gatehouse/shared/fault";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { seconds } from "@gatehouse/shared/time";
import { BadPush, type PushedBody, type PushFormat, type Sighting } from "./push-format.ts";
import { type PushFormatName, pushFormats } from "./push-formats.ts";
import { isRepeat, ReadIntake, type ReaderTools } from "./read-intake.ts";

export type PushReaderConfig = Extract<ReaderConfig, { format: PushFormatName }>;

export interface PushReaderOptions extends ReaderTools {
  readonly reader: PushReaderConfig;
  /** The site's IANA zone: what a camera's clock without an offset shows. */
  readonly timezone: string;
}

export type PushAnswer =
  /** `body`: what the vendor understands as "taken", or the outcome of each read. */
  | { readonly status: 200; readonly body: unknown }
  | { readonly status: 400 | 503; readonly problem: Problem };

/** So many answers to questions are remembered, each for as long as a question may be asked again. */
const answersMax = 20;
const askedAgainWithin = seconds(10);

/**
 * A plate camera that pushes its reads; the `PushServer` hands them in. Between `start` and `stop` it takes
 * pushes; outside of that it answers 503, so that the camera repeats them.
 */
export class PushReader implements CredentialReader {
  readonly name: string;
  readonly id: string;
  readonly config: PushReaderConfig;
  readonly #options: PushReaderOptions;
  readonly #format: PushFormat;
  readonly #intake: ReadIntake;
  /** Read id → what was answered, where the answer itself opens. */
  readonly #answered = new Map<string, { readonly outcome: ReadOutcome; readonly since: number }>();
  #isOpen = false;

  constructor(options: PushReaderOptions) {
    const { reader, timezone } = options;
    this.id = reader.id;
    this.name = `plate camera ${reader.id}`;
    this.config = reader;
    this.#options = options;
    this.#format = pushFormats[reader.format]({ readerId: reader.id, timezone });
    this.#intake = new ReadIntake(reader, options);
  }

  start(): Promise<void> {
    this.#isOpen = true;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#intake.onRead(listener);
  }

  /**
   * Takes one push of an authenticated camera, whole.
   *
   * @param receivedMs stopwatch reading when its last byte had arrived
   * @throws what the listener throws beside a Fault: a bug
   */
  receive(body: PushedBody, receivedMs: number): PushAnswer {
    this.count("pushes");
    this.#intake.seen();
    if (!this.#isOpen || !this.#intake.hasListener) {
      this.count("refused_not_ready");
      return { status: 503, problem: notReady };
    }
    try {
      const content = this.#format.read(body);
      if (content.kind === "sightings") {
        this.#intake.content();
        return this.#taken(content.sightings.map((each) => this.#deliver(each, receivedMs)));
      }
      this.#intake.content(content.detail);
      this.count("ignored_events");
      return this.#taken([{ kind: "ignore", reason: "no-plate-event" }]);
    } catch (error) {
      if (error instanceof BadPush) return this.#refuse(error);
      if (!(error instanceof Fault)) throw error;
      this.count("not_durable");
      return { status: 503, problem: notDurable(error) };
    }
  }

  count(what: string): void {
    this.#intake.count(what);
  }

  report(): readonly DeviceReport[] {
    return [this.#intake.report(this.#format.make)];
  }

  #deliver(sighting: Sighting, receivedMs: number): ReadOutcome {
    const { reader } = this.#options;
    if (this.#format.asks !== true) return this.#intake.deliver(sighting, receivedMs);
    const opens = "opens" in reader && reader.opens === "controller" ? reader.opens : undefined;
    const outcome = this.#intake.deliver(sighting, receivedMs, opens);
    const now = this.#options.clock.monotonic();
    // Its first answer was lost: the same question, soon after, is answered the same.
    if (isRepeat(outcome)) {
      const first = this.#answered.get(sighting.readId);
      return first !== undefined && now - first.since <= askedAgainWithin ? first.outcome : outcome;
    }
    this.#answered.set(sighting.readId, { outcome, since: now });
    for (const oldest of this.#answered.keys()) {
      if (this.#answered.size <= answersMax) break;
      this.#answered.delete(oldest);
    }
    return outcome;
  }

  #taken(outcomes: readonly ReadOutcome[]): PushAnswer {
    const body = this.#format.answer?.(outcomes) ?? { outcomes: outcomes.map(outward) };
    return { status: 200, body };
  }

  #refuse(bad: BadPush): PushAnswer {
    this.#intake.refuse(bad);
    if (this.#format.repeatsForEver === true) {
      return this.#taken([{ kind: "ignore", reason: "malformed" }]);
    }
    const problem: Problem = {
      type: "push-malformed",
      title: "The push cannot be understood",
      status: 400,
      hint: `This reader expects the format of: ${this.#format.make}.`,
      errors: bad.complaints.map((each) => ({ ...each })),
    };
    return { status: 400, problem };
  }
}

const outward = (outcome: ReadOutcome): Record<string, string> =>
  "decisionId" in outcome
    ? { kind: outcome.kind, decision_id: outcome.decisionId }
    : { kind: outcome.kind, reason: outcome.reason };

const notReady: Problem = {
  type: "reader-not-ready",
  title: "This reader does not take pushes now",
  status: 503,
  hint: "Push again in a moment.",
};

const notDurable = (fault: Fault): Problem => ({
  type: fault.code,
  title: "The read could not be made durable",
  status: 503,
  hint: fault.hint,
});
