import type { Instant } from "@gatehouse/shared/time";
import type { CameraEye, Taken } from "./camera.ts";
import type { FromThread, Looked } from "./messages.ts";
import type { Turns } from "./turns.ts";

/**
 * One camera's course on its thread: order after order to look at the next picture. While the networks look at one
 * picture the next is fetched and decoded. At most one order waits; a younger one takes its place.
 */
export class Course {
  readonly #camera: string;
  readonly #eye: CameraEye;
  readonly #held: Turns;
  readonly #tell: (message: FromThread) => void;
  #waiting: Instant | undefined;
  #isRunning = false;
  #looking: Promise<void> = Promise.resolve();

  /** @param held bounds the decoded pictures of all the thread's cameras, and so its memory */
  constructor(camera: string, eye: CameraEye, held: Turns, tell: (message: FromThread) => void) {
    this.#camera = camera;
    this.#eye = eye;
    this.#held = held;
    this.#tell = tell;
  }

  /** Looks at the camera's next picture as soon as it can. */
  order(at: Instant): void {
    if (this.#waiting !== undefined) this.#tell({ kind: "replaced", camera: this.#camera });
    this.#waiting = at;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let at = this.#next(); at !== undefined; at = this.#next()) {
      const fetched = await this.#eye.fetch(at);
      if (fetched === undefined) continue;
      const letGo = await this.#held.begin();
      const taken = fetched.kind === "fetched" ? await this.#eye.prepare(fetched) : fetched;
      // Pictures are looked at in the order they were taken.
      await this.#looking;
      this.#looking = this.#look(taken, at).finally(letGo);
    }
    this.#isRunning = false;
  }

  #next(): Instant | undefined {
    const at = this.#waiting;
    this.#waiting = undefined;
    return at;
  }

  async #look(taken: Taken | Looked["outcome"], at: Instant): Promise<void> {
    const { outcome, tookMs } =
      taken.kind === "taken" ? await this.#eye.look(taken) : { outcome: taken, tookMs: 0 };
    const { condition } = this.#eye;
    const told = condition === undefined ? {} : { condition };
    this.#tell({ kind: "looked", camera: this.#camera, at, tookMs, ...told, outcome });
  }
}
