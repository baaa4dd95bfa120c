import { LiveView } from "@gatehouse/firmware-sim/scene/live-view";
import { laneView, standAtArm } from "@gatehouse/firmware-sim/scene/lane-view";
import { TownHeaven } from "@gatehouse/firmware-sim/scene/town-sky";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Instant } from "@gatehouse/shared/time";
import sharp from "sharp";

const berlin = { latitude: 52.52, longitude: 13.4 };

/** Pictures of a simulated lane: what its camera sees while a car with this plate stands there, or none. */
export class LanePictures {
  /** "" for an empty lane. */
  plate = "";
  readonly #random = new SeededRandom(7);
  readonly #view: LiveView;

  constructor() {
    const view = laneView("entry-1");
    this.#view = new LiveView(view, new TownHeaven(berlin, 7, view.lampHeads), {
      keyAt: () => this.plate,
      enter: (mesh, surfaces, _at, isDark) =>
        standAtArm(
          mesh,
          surfaces,
          this.plate === "" ? undefined : { plate: this.plate, vehicleClass: "car" },
          isDark,
        ),
    });
  }

  /** A JPEG of 1280 x 720 pixels. */
  jpegAt(at: Instant): Promise<Buffer> {
    const { width, height } = this.#view;
    const rgb = this.#view.pictureAt(at, this.#random);
    return sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toBuffer();
  }
}
