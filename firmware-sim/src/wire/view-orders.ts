import type { Instant } from "@gatehouse/shared/time";
import type { Site } from "../scene/sun-path.ts";
import type { TownCar } from "../scene/town-moment.ts";

/** What a camera looks at: the spaces from above, or the place before a lane's arm. */
export interface ViewScene {
  readonly shows:
    | { readonly kind: "overhead"; readonly spaces: readonly string[] }
    | { readonly kind: "lane"; readonly lane: string };
  /** Where the sun is reckoned for. */
  readonly site: Site;
  /** Of the weather and the camera's noise. */
  readonly seed: number;
}

/** Who is in sight at a moment, by the space it stands in; of a lane at most one, by any name. */
export interface InSight {
  readonly at: Instant;
  readonly cars: readonly (readonly [place: string, car: TownCar])[];
}

/** What can be wrong with a picture: nothing to see, a lens that something covers, or one out of focus. */
export type PictureFault = "black" | "covered" | "out-of-focus";

/** Asks the painting thread for one picture. */
export interface PictureOrder extends InSight {
  readonly number: number;
  readonly fault?: PictureFault;
}

/** One picture, painted and encoded as JPEG. */
export interface PaintedPicture {
  readonly number: number;
  readonly jpeg: Uint8Array;
}
