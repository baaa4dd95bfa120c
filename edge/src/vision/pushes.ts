/** A picture that somebody sends is no larger: 4K as a JPEG of good quality. */
export const mostPushedBytes = 4 * 1024 * 1024;

/**
 * Passes pictures on to the vision process, one at a time for each camera: while one is on its way the next waits,
 * and a younger one takes its place. So a process that hangs costs one picture's memory, not all of them.
 */
export class Pushes {
  readonly #send: (camera: string, base64: string, sent: () => void) => boolean;
  readonly #onReplaced: (camera: string) => void;
  readonly #onTheWay = new Set<string>();
  readonly #waiting = new Map<string, Uint8Array>();

  /** @param send calls `sent` once the picture has left this process. @returns false when nobody hears it */
  constructor(
    send: (camera: string, base64: string, sent: () => void) => boolean,
    onReplaced: (camera: string) => void,
  ) {
    this.#send = send;
    this.#onReplaced = onReplaced;
  }

  /** @returns false when the picture went nowhere */
  offer(camera: string, picture: Uint8Array): boolean {
    if (picture.length > mostPushedBytes) return false;
    if (!this.#onTheWay.has(camera)) return this.#pass(camera, picture);
    if (this.#waiting.has(camera)) this.#onReplaced(camera);
    this.#waiting.set(camera, picture);
    return true;
  }

  /** The process is gone, and with it what was on its way. */
  forget(): void {
    this.#onTheWay.clear();
    this.#waiting.clear();
  }

  #pass(camera: string, picture: Uint8Array): boolean {
    this.#onTheWay.add(camera);
    const base64 = Buffer.from(picture.buffer, picture.byteOffset, picture.length).toString(
      "base64",
    );
    const isHeard = this.#send(camera, base64, () => {
      this.#onTheWay.delete(camera);
      const next = this.#waiting.get(camera);
      this.#waiting.delete(camera);
      if (next !== undefined) this.#pass(camera, next);
    });
    if (!isHeard) this.#onTheWay.delete(camera);
    return isHeard;
  }
}
