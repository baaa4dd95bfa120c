import type { GateAnswer } from "@gatehouse/shared/ports/gate";

/** Commands that may wait for the one before; more would come too late to be right. */
const waitingMax = 4;

export type Rejection = GateAnswer & { readonly kind: "rejected" };

/** A gate's commands: one at a time, in order, and none twice. */
export class CommandQueue {
  readonly counts = { repeats: 0, rejected: 0 };
  #last: { readonly id: string; readonly answer: Promise<GateAnswer> } | undefined;
  #waiting = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** Commands that wait or are under way. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Serves a command when it is its turn; the last one given again gets the same answer and does nothing. */
  give(id: string, serve: () => Promise<GateAnswer>): Promise<GateAnswer> {
    if (this.#last?.id === id) {
      this.counts.repeats += 1;
      return this.#last.answer;
    }
    if (this.#waiting >= waitingMax) {
      return Promise.resolve(this.reject(`${waitingMax} commands wait already`));
    }
    const answer = this.inTurn(serve);
    this.#last = { id, answer };
    return answer;
  }

  /** Serves what nobody gave an id, behind what waits already. */
  inTurn(serve: () => Promise<GateAnswer>): Promise<GateAnswer> {
    this.#waiting += 1;
    const answer = this.#turn.then(serve).finally(() => (this.#waiting -= 1));
    this.#turn = answer.then(noop, noop);
    return answer;
  }

  reject(detail: string): Rejection {
    this.counts.rejected += 1;
    return { kind: "rejected", detail };
  }
}

const noop = (): void => {};
