import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Framing } from "./framing.ts";
import { type Endpoint, Line } from "./line.ts";
import type { ModbusBus, RequestOptions } from "./modbus-bus.ts";
import { ModbusExchange } from "./modbus-exchange.ts";
import { WireException, busyException } from "./wire-exception.ts";

/** Real milliseconds. */
const answerTimeoutMs = 1000;
const busyPauseMs = 50;
const busyTries = 4;
/** A read does nothing, so one whose answer arrived damaged is simply asked again. */
const noiseTries = 3;
/** Noise may go on for ever; the wire does not wait for silence longer than this. */
const longestQuietMs = 500;
/** Requests without an answer in a row after which the connection is made anew. */
const strikes = 3;
const urgentMax = 32;
const pollsMax = 64;

interface Job {
  readonly unit: number;
  readonly isRead: boolean;
  readonly options: RequestOptions;
  readonly exchange: (exchange: ModbusExchange) => Promise<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One wire with Modbus boards on it. Requests go one at a time, gate commands first; timeouts are real time. */
export class ModbusWire implements ModbusBus, Part {
  readonly name: string;
  readonly address: string;
  readonly #framing: Framing;
  readonly #line: Line;
  readonly #exchange: ModbusExchange;
  readonly #urgent: Job[] = [];
  readonly #polls: Job[] = [];
  readonly #counts = {
    requests: 0,
    timeouts: 0,
    late_replies: 0,
    crc_errors: 0,
    exceptions: 0,
    busy_retries: 0,
    queue_full: 0,
  };
  #working = false;
  #strikes = 0;
  #lastByteAt = 0;

  constructor(
    name: string,
    endpoint: Endpoint,
    framing: Framing,
    log: Log,
    timeoutMs = answerTimeoutMs,
  ) {
    this.name = name;
    this.address = endpoint.address;
    this.#framing = framing;
    this.#line = new Line(
      endpoint,
      { onBytes: (bytes) => this.#receive(bytes), onLost: (why) => this.#lost(why) },
      log,
    );
    this.#exchange = new ModbusExchange(this.address, timeoutMs, (request) =>
      this.#line.write(this.#framing.ask(request)),
    );
  }

  get counters(): Readonly<Record<string, number>> {
    return { ...this.#counts, ...this.#line.counters };
  }

  /** Requests that wait or are under way. */
  get pending(): number {
    return this.#urgent.length + this.#polls.length + (this.#working ? 1 : 0);
  }

  async start(): Promise<void> {
    await this.#line.start();
  }

  async stop(): Promise<void> {
    for (const queue of [this.#urgent, this.#polls]) refuse(queue, this.#unreachable("stopped"));
    await this.#line.stop();
    this.#exchange.fail(this.#unreachable("stopped"));
  }

  readCoils(unit: number, address: number, count: number, options: RequestOptions = {}) {
    return this.#read(unit, options, (exchange) => exchange.readCoils(unit, address, count));
  }

  readDiscrete(unit: number, address: number, count: number, options: RequestOptions = {}) {
    return this.#read(unit, options, (exchange) => exchange.readDiscrete(unit, address, count));
  }

  readHolding(unit: number, address: number, count: number, options: RequestOptions = {}) {
    return this.#read(unit, options, (exchange) => exchange.readHolding(unit, address, count));
  }

  writeCoil(unit: number, address: number, on: boolean, options: RequestOptions = {}) {
    return this.writeCoilValue(unit, address, on ? 0xff00 : 0, options);
  }

  writeCoilValue(unit: number, address: number, value: number, options: RequestOptions = {}) {
    return this.#write(unit, options, (exchange) =>
      exchange.writeCoilValue(unit, address, value, options.handed),
    );
  }

  writeRegister(unit: number, address: number, value: number, options: RequestOptions = {}) {
    return this.#write(unit, options, (exchange) =>
      exchange.writeRegister(unit, address, value, options.handed),
    );
  }

  #read<Answer>(
    unit: number,
    options: RequestOptions,
    exchange: (exchange: ModbusExchange) => Promise<Answer>,
  ): Promise<Answer> {
    return this.#ask({ unit, options, exchange, isRead: true });
  }

  #write(
    unit: number,
    options: RequestOptions,
    exchange: (exchange: ModbusExchange) => Promise<void>,
  ): Promise<void> {
    return this.#ask({ unit, options, exchange, isRead: false });
  }

  #ask<Answer>(
    request: Omit<Job, "resolve" | "reject"> & {
      readonly exchange: (exchange: ModbusExchange) => Promise<Answer>;
    },
  ): Promise<Answer> {
    const { options } = request;
    const [queue, most] = options.urgent ? [this.#urgent, urgentMax] : [this.#polls, pollsMax];
    if (queue.length >= most) {
      this.#counts.queue_full += 1;
      const why = `${this.address}: ${most} requests wait already`;
      return Promise.reject(new Fault("wire-unreachable", why));
    }
    return new Promise<Answer>((resolve, reject) => {
      queue.push({ ...request, resolve: resolve as Job["resolve"], reject });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      await this.#serve(job).then(job.resolve, job.reject);
    }
    this.#working = false;
  }

  #next(): Job | undefined {
    return this.#urgent.shift() ?? this.#polls.shift();
  }

  async #serve({ unit, isRead, options, exchange }: Job): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#clearTheWay(unit, options);
        return await this.#attempt(() => exchange(this.#exchange));
      } catch (error) {
        const isBusy = error instanceof WireException && error.exceptionCode === busyException;
        const isNoise = error instanceof Fault && error.code === "wire-noise";
        const canAskAgain = isNoise && isRead && this.#line.isOpen;
        const tries = isBusy ? busyTries : canAskAgain ? noiseTries : 1;
        if (attempt >= tries) throw error;
        if (!isBusy) continue;
        this.#counts.busy_retries += 1;
        await pause(busyPauseMs);
      }
    }
  }

  async #clearTheWay(unit: number, { urgent, blindly }: RequestOptions): Promise<void> {
    if (!this.#line.isOpen) {
      if (urgent !== true) throw this.#unreachable("not connected");
      await this.#line.connect();
    }
    if (blindly === true || !this.#framing.isOwed(unit)) return;
    // A unit answers in order: once it has repeated this, nothing older can still come.
    await this.#attempt(() => this.#exchange.loopBack(unit));
    this.#framing.settle(unit);
  }

  async #attempt<Answer>(exchange: () => Promise<Answer>): Promise<Answer> {
    this.#counts.requests += 1;
    try {
      const answer = await exchange();
      this.#strikes = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error instanceof WireException) {
        this.#counts.exceptions += 1;
        this.#strikes = 0;
        throw error;
      }
      throw await this.#withoutAnswer(error);
    }
  }

  /** Keeps the wire silent after a request without an answer, and says what kind of silence it was. */
  async #withoutAnswer(fault: Fault): Promise<Fault> {
    const isNoise = fault.code === "wire-noise" || this.#framing.unread > 0;
    const isTimeout = fault.code === "wire-timeout";
    this.#framing.giveUp();
    if (isNoise) this.#counts.crc_errors += 1;
    else if (isTimeout) this.#counts.timeouts += 1;
    if (isNoise || isTimeout) {
      this.#strikes += 1;
      if (this.#strikes >= strikes) {
        this.#strikes = 0;
        this.#line.drop(`${strikes} requests in a row without an answer`);
      } else {
        await this.#quiet();
      }
    }
    this.#framing.flush();
    return isNoise && isTimeout
      ? new Fault("wire-noise", `${this.address}: no intelligible answer`, { cause: fault })
      : fault;
  }

  async #quiet(): Promise<void> {
    const { quietMs } = this.#framing;
    if (quietMs === 0) return;
    const began = performance.now();
    do await pause(quietMs);
    while (
      performance.now() - this.#lastByteAt < quietMs &&
      performance.now() - began < longestQuietMs
    );
  }

  #receive(bytes: Buffer): void {
    this.#lastByteAt = performance.now();
    for (const received of this.#framing.receive(bytes)) {
      switch (received.kind) {
        case "answer":
          this.#exchange.answer(received.frame);
          break;
        case "late":
          this.#counts.late_replies += 1;
          break;
        case "broken":
          this.#exchange.fail(new Fault("wire-noise", `${this.address}: ${received.why}`));
          this.#line.drop(received.why);
          return;
      }
    }
  }

  #lost(why: string): void {
    this.#exchange.fail(this.#unreachable(why));
    this.#framing.flush();
    refuse(this.#polls, this.#unreachable(why));
  }

  #unreachable(why: string): Fault {
    return new Fault("wire-unreachable", `${this.address}: ${why}`);
  }
}

function refuse(queue: Job[], fault: Fault): void {
  for (const job of queue.splice(0)) job.reject(fault);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
