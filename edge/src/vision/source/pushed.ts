import { liveName, type NamedPicture, type PictureSource } from "./source.ts";

/** A camera whose pictures somebody sends: the newest waits until it is looked at. */
export class Pushed implements PictureSource {
  readonly isLive = true;
  #waiting: Uint8Array | undefined;

  /** @returns whether another picture still waited, which is now forgotten */
  offer(bytes: Uint8Array): boolean {
    const isReplaced = this.#waiting !== undefined;
    this.#waiting = bytes;
    return isReplaced;
  }

  async next(): Promise<NamedPicture | undefined> {
    const bytes = this.#waiting;
    this.#waiting = undefined;
    return bytes === undefined ? undefined : { kind: "picture", name: liveName, bytes };
  }

  close(): void {
    this.#waiting = undefined;
  }
}
