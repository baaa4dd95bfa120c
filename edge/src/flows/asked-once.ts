/** So many answers are remembered: a page asks again within seconds. */
const remembered = 200;

/**
 * Acts that take a while, such as printing: the same request again, while it is under way or after it was done, is
 * the same act. One that was refused or failed may be tried again.
 */
export class AskedOnce<Answer extends object> {
  readonly #answers = new Map<string, Promise<Answer>>();

  /** @param requestId left out: it is an act of its own */
  async ask(requestId: string | undefined, act: () => Promise<Answer>): Promise<Answer> {
    if (requestId === undefined) return act();
    const known = this.#answers.get(requestId);
    if (known !== undefined) return known;
    const answer = act();
    this.#answers.set(requestId, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > remembered && oldest !== undefined) this.#answers.delete(oldest);
    let isDone = false;
    try {
      isDone = !("kind" in (await answer));
      return await answer;
    } finally {
      if (!isDone) this.#answers.delete(requestId);
    }
  }
}
