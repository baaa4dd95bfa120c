import { check } from "@gatehouse/shared/check";
import { type Instant, seconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { contains } from "@gatehouse/shared/polygon";
import { join } from "node:path";
import { PictureFolder } from "@gatehouse/shared/picture-folder";
import { areaOfBox, type Box } from "../geometry.ts";
import type { CameraJob, SeenPlate } from "../messages.ts";
import type { Picture, Pixels } from "../picture.ts";
import { cropJpeg } from "./crops.ts";
import { platesIn } from "./frame.ts";
import { PlateGrammar } from "./grammar.ts";
import type { PlateLocator } from "./locator.ts";
import { plateDetectorFile, plateReaderFile } from "./plate-models.ts";
import { type AgreedPlate, PassingPlates } from "./passing.ts";
import { readPlateProfiles } from "./profile.ts";
import type { PlateReader } from "./reader.ts";
import { StandingVehicle } from "./standing.ts";

/** The thread's own sessions, by model file. */
export interface PlateModels {
  readonly locatorOf: (file: string) => Promise<PlateLocator>;
  readonly plateReaderOf: (file: string) => Promise<PlateReader>;
}

/** One picture of a lane camera. */
export interface LaneLook {
  readonly picture: Picture;
  /** The picture decoded, where somebody has done so already; of any size. */
  readonly pixels: Pixels | undefined;
  /** Whether anything moved since the last one. */
  readonly isChanged: boolean;
  /** In pixels of the picture. */
  readonly vehicles: readonly (Box & { readonly vehicle: VehicleClass })[];
  readonly at: Instant;
}

/**
 * Reads the plates of a lane: each vehicle's once, from many frames. A vehicle that stands there without a plate
 * that could be read is told with an empty text.
 */
export class PlateEye {
  readonly #locator: PlateLocator;
  readonly #reader: PlateReader;
  readonly #grammar: PlateGrammar;
  readonly #crops: PictureFolder;
  readonly #passing: PassingPlates;
  readonly #standing: StandingVehicle;
  #told = 0;

  private constructor(
    job: CameraJob,
    plates: NonNullable<CameraJob["plates"]>,
    locator: PlateLocator,
    reader: PlateReader,
  ) {
    this.#locator = locator;
    this.#reader = reader;
    const own = readPlateProfiles().filter(({ country }) => plates.countries.includes(country));
    this.#grammar = new PlateGrammar(own);
    this.#crops = new PictureFolder(join(job.dir, "crops"), plates.cropsDays);
    const every = seconds(job.source.every_s);
    this.#passing = new PassingPlates(every);
    this.#standing = new StandingVehicle(seconds(plates.askAfterS), every);
  }

  /**
   * @returns undefined for a camera that reads no lane
   * @throws Fault `model-unusable`
   */
  static async open(job: CameraJob, models: PlateModels): Promise<PlateEye | undefined> {
    const { plates } = job;
    if (plates === undefined) return undefined;
    const locator = await models.locatorOf(plateDetectorFile(plates.detector, job.models));
    const reader = await models.plateReaderOf(plateReaderFile(plates.reader, job.models));
    return new PlateEye(job, plates, locator, reader);
  }

  /**
   * @returns the vehicles that are known by this picture, each once
   * @throws Fault `model-unusable` when a network fails
   */
  async look({ picture, pixels, isChanged, vehicles, at }: LaneLook): Promise<SeenPlate[]> {
    await this.#crops.tidy(at);
    const isWhole = pixels?.width === picture.width && pixels.height === picture.height;
    const decoded = isWhole || !isChanged ? pixels : await picture.decode();
    // What does not decode to its end was refused before it came here.
    if (decoded !== undefined && "kind" in decoded) return [];
    const agreed =
      isChanged && decoded !== undefined
        ? this.#passing.see(await platesIn(picture, decoded, this.#locator, this.#reader), at)
        : this.#passing.seeSame(at);
    const told = await Promise.all(agreed.map((each) => this.#tell(each, vehicles)));
    const plateless = this.#standing.see(vehicles, picture, this.#passing.isAnyInSight, at);
    if (plateless !== undefined) told.push(await this.#tellPlateless(plateless, picture, at));
    return told;
  }

  async #tell(
    { reading, direction, best, bestAt }: AgreedPlate,
    vehicles: LaneLook["vehicles"],
  ): Promise<SeenPlate> {
    const meaning = this.#grammar.meaningOf(reading);
    const id = this.#nextId(bestAt);
    return {
      id,
      text: reading.text.slice(0, mostCharacters),
      ...(meaning.text === reading.text ? {} : { corrected: meaning.text }),
      ...(meaning.country === undefined ? {} : { country: meaning.country }),
      confidence: reading.confidence,
      characterConfidences: reading.characters.slice(0, mostCharacters),
      candidates: meaning.candidates.map(({ text, confidence }) => ({
        text: text.slice(0, mostCharacters),
        confidence: Math.min(1, confidence),
      })),
      vehicle: vehicleAround(best.box, vehicles),
      direction,
      box: { ...best.box },
      crop: await this.#crops.keep(id, best.crop),
    };
  }

  async #tellPlateless(
    vehicle: LaneLook["vehicles"][number],
    picture: Picture,
    at: Instant,
  ): Promise<SeenPlate> {
    const { left, top, right, bottom } = vehicle;
    const box = { left, top, right, bottom };
    const id = this.#nextId(at);
    const pixels = await picture.decode();
    check(!("kind" in pixels), "a picture that was looked at decodes");
    return {
      id,
      text: "",
      confidence: 0,
      characterConfidences: [],
      candidates: [],
      vehicle: vehicle.vehicle,
      direction: "unknown",
      box,
      crop: await this.#crops.keep(id, await cropJpeg(pixels, box)),
    };
  }

  #nextId(at: Instant): string {
    this.#told += 1;
    return `${at}-${this.#told}`;
  }
}

/** What the messages carry. */
const mostCharacters = 16;

/** The class of the smallest vehicle around the middle of a plate. */
function vehicleAround(plate: Box, vehicles: LaneLook["vehicles"]): VehicleClass {
  const middle = [(plate.left + plate.right) / 2, (plate.top + plate.bottom) / 2] as const;
  const around = vehicles
    .filter(({ left, top, right, bottom }) =>
      contains(
        [
          [left, top],
          [right, top],
          [right, bottom],
          [left, bottom],
        ],
        middle,
      ),
    )
    .toSorted((a, b) => areaOfBox(a) - areaOfBox(b))[0];
  return around?.vehicle ?? "unknown";
}
