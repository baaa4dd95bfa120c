import { Worker } from "node:worker_threads";
import type {
  InSight,
  PaintedPicture,
  PictureFault,
  PictureOrder,
  ViewScene,
} from "./view-orders.ts";

/** A camera's pictures of the town's present moment, as JPEG files painted in a thread of their own. */
export class ViewPictures {
  readonly #scene: ViewScene;
  readonly #seen: () => InSight;
  readonly #waiting = new Map<number, (jpeg: Buffer) => void>();
  #worker: Worker | undefined;
  #orders = 0;

  /** @param seen who is in sight now */
  constructor(scene: ViewScene, seen: () => InSight) {
    this.#scene = scene;
    this.#seen = seen;
  }

  /** Begins to paint when it is asked to. */
  open(): void {
    const worker = new Worker(new URL("view-worker.ts", import.meta.url), {
      workerData: this.#scene,
    });
    worker.unref();
    worker.on("message", ({ number, jpeg }: PaintedPicture) => {
      this.#waiting.get(number)?.(Buffer.from(jpeg));
      this.#waiting.delete(number);
    });
    // A painter that fails is a bug of the simulator: it ends.
    worker.on("error", (error) => {
      throw error;
    });
    this.#worker = worker;
  }

  /** A picture of now. It waits for those that were asked for before. */
  jpeg(fault?: PictureFault): Promise<Buffer> {
    const number = ++this.#orders;
    const order: PictureOrder = {
      number,
      ...this.#seen(),
      ...(fault === undefined ? {} : { fault }),
    };
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#worker?.postMessage(order);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
