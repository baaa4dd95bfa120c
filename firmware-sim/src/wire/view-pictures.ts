import type { Clock } from "@gatehouse/shared/ports/clock";
import sharp from "sharp";
import { defocus } from "../scene/blur.ts";
import type { LiveView } from "../scene/live-view.ts";
import type { SeededRandom } from "../seeded-random.ts";

/** What can be wrong with a picture: nothing to see, a lens that something covers, or one out of focus. */
export type PictureFault = "black" | "covered" | "out-of-focus";

const quality = 85;
const outOfFocusPx = 9;

/** A live view as JPEG files of the town's present moment. */
export class ViewPictures {
  readonly #view: LiveView;
  readonly #clock: Clock;
  readonly #random: SeededRandom;

  /** @param random of the camera's noise */
  constructor(view: LiveView, clock: Clock, random: SeededRandom) {
    this.#view = view;
    this.#clock = clock;
    this.#random = random;
  }

  async jpeg(fault?: PictureFault): Promise<Buffer> {
    const { width, height } = this.#view;
    const rgb = this.#view.pictureAt(this.#clock.now(), this.#random);
    if (fault === "black") rgb.forEach((_, p) => (rgb[p] = this.#random.fraction() * 4));
    if (fault === "covered") rgb.forEach((_, p) => (rgb[p] = 62 + this.#random.fraction() * 6));
    if (fault === "out-of-focus") blur(rgb, width, height);
    return await sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer();
  }
}

function blur(rgb: Uint8ClampedArray, width: number, height: number): void {
  const light = Float32Array.from(rgb);
  defocus({ width, height, light }, outOfFocusPx);
  rgb.set(light);
}
