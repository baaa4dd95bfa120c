import { Fault } from "@gatehouse/shared/fault";

interface Waiting {
  readonly settle: (answer: unknown) => void;
  readonly fail: (fault: Fault) => void;
  readonly limit: NodeJS.Timeout;
}

/** Questions to the vision process that wait for their answers; each is answered or fails in time. */
export class Questions {
  readonly #waiting = new Map<string, Waiting>();

  /**
   * @param limitMs real milliseconds: a process lives in real time
   * @param send puts the question under this id. @returns false when nobody is there to hear it
   * @throws Fault `vision-unreachable`
   */
  ask<T>(id: string, limitMs: number, send: () => boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const limit = setTimeout(
        () => this.#fail(id, `no answer within ${Math.round(limitMs / 1000)} s`),
        limitMs,
      );
      this.#waiting.set(id, { settle: (answer) => resolve(answer as T), fail: reject, limit });
      if (!send()) this.#fail(id, "it is not running now");
    });
  }

  /** An answer that comes too late, or to no question, is dropped. */
  answer(id: string, answer: unknown): void {
    this.#take(id)?.settle(answer);
  }

  /** Whoever was asked is gone. */
  failAll(why: string): void {
    for (const id of this.#waiting.keys()) this.#fail(id, why);
  }

  #fail(id: string, why: string): void {
    this.#take(id)?.fail(new Fault("vision-unreachable", why));
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.limit);
    return waiting;
  }
}
