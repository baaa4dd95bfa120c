import { Fault } from "@gatehouse/shared/fault";
import modbus from "modbus-serial";
import { FramePort } from "./frame-port.ts";
import { loopBackRequest } from "./loop-back.ts";
import { WireException } from "./wire-exception.ts";

const writeCoilFunction = 5;

type Done<Answer> = (error: unknown, answer: Answer) => void;

/** One request and its answer at a time, encoded and decoded by modbus-serial. The caller sees to the order. */
export class ModbusExchange {
  readonly #address: string;
  readonly #timeoutMs: number;
  readonly #client: InstanceType<typeof modbus.default>;
  readonly #port: FramePort;
  readonly #send: (request: Buffer) => void;
  #handed: (() => void) | undefined;
  #fail: ((fault: Fault) => void) | undefined;
  #onLoopBack: ((frame: Buffer) => void) | undefined;
  #cleanUp: (() => void) | undefined;
  #token = 0;

  /** @param send hands a whole RTU frame to the wire @throws Fault `wire-unreachable` from there */
  constructor(address: string, timeoutMs: number, send: (request: Buffer) => void) {
    this.#address = address;
    this.#timeoutMs = timeoutMs;
    this.#send = send;
    this.#port = new FramePort((request) => {
      send(request);
      this.#handed?.();
    });
    this.#client = new modbus.default(this.#port);
    this.#client.setTimeout(timeoutMs);
    this.#client.open(() => {});
  }

  async readCoils(unit: number, address: number, count: number): Promise<boolean[]> {
    const { data } = await this.#run<{ data: boolean[] }>((done) =>
      this.#client.writeFC1(unit, address, count, done),
    );
    return data.slice(0, count);
  }

  async readDiscrete(unit: number, address: number, count: number): Promise<boolean[]> {
    const { data } = await this.#run<{ data: boolean[] }>((done) =>
      this.#client.writeFC2(unit, address, count, done),
    );
    return data.slice(0, count);
  }

  async readHolding(unit: number, address: number, count: number): Promise<number[]> {
    const { data } = await this.#run<{ data: number[] }>((done) =>
      this.#client.writeFC3(unit, address, count, done),
    );
    return data;
  }

  async writeCoilValue(
    unit: number,
    address: number,
    value: number,
    handed?: () => void,
  ): Promise<void> {
    const data = [address >>> 8, address & 0xff, value >>> 8, value & 0xff];
    await this.#run<unknown>(
      (done) => this.#client.writeCustomFC(unit, writeCoilFunction, data, done),
      handed,
    );
  }

  async writeRegister(
    unit: number,
    address: number,
    value: number,
    handed?: () => void,
  ): Promise<void> {
    await this.#run<unknown>((done) => this.#client.writeFC6(unit, address, value, done), handed);
  }

  /** Waits until a unit has come to this request. modbus-serial cannot decode its function. */
  loopBack(unit: number): Promise<void> {
    this.#token = (this.#token + 1) & 0xffff;
    return this.#settled<void>((resolve, reject) => {
      this.#onLoopBack = () => resolve();
      const timer = setTimeout(() => reject(this.#timedOut()), this.#timeoutMs);
      this.#cleanUp = () => {
        clearTimeout(timer);
        this.#onLoopBack = undefined;
      };
      this.#send(loopBackRequest(unit, this.#token));
    });
  }

  /** The answer to the request under way. */
  answer(frame: Buffer): void {
    if (this.#onLoopBack === undefined) this.#port.answer(frame);
    else this.#onLoopBack(frame);
  }

  /** Ends the request under way, if there is one. */
  fail(fault: Fault): void {
    this.#fail?.(fault);
  }

  #run<Answer>(ask: (done: Done<Answer>) => void, handed?: () => void): Promise<Answer> {
    return this.#settled<Answer>((resolve, reject) => {
      this.#handed = handed;
      ask((error, answer) => {
        if (error === null || error === undefined) resolve(answer);
        else reject(this.#faultOf(error));
      });
    });
  }

  async #settled<Answer>(
    begin: (resolve: (answer: Answer) => void, reject: (fault: Fault) => void) => void,
  ): Promise<Answer> {
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#fail = reject;
        begin(resolve, reject);
      });
    } finally {
      this.#cleanUp?.();
      this.#cleanUp = undefined;
      this.#handed = undefined;
      this.#fail = undefined;
    }
  }

  /** modbus-serial's errors are told apart by their properties; they share no class. */
  #faultOf(error: unknown): Fault {
    if (error instanceof Fault) return error;
    const { modbusCode, name, message } = error as Partial<Record<string, unknown>>;
    if (typeof modbusCode === "number") return new WireException(this.#address, modbusCode);
    if (name === "TransactionTimedOutError") return this.#timedOut();
    return new Fault("wire-noise", `${this.#address}: ${String(message)}`, { cause: error });
  }

  #timedOut(): Fault {
    return new Fault("wire-timeout", `${this.#address}: no answer in ${this.#timeoutMs} ms`);
  }
}
