import { elapsed, type Instant, seconds } from "@gatehouse/shared/time";
import { z } from "zod";
import type { RefusedPicture } from "./picture.ts";
import { lookOf, type Look, regionsAside } from "./sharpness.ts";

export type Light = "day" | "night";

/** What a camera's pictures look like by day when all is well, learnt from them. */
export const Learnt = z.object({
  /** Pictures it was learnt from, up to where the mean begins to glide. */
  pictures: z.number().int().min(0),
  sharpness: z.number().min(0),
  detail: z.number().min(0),
  regions: z.array(z.number().min(0)).length(regionsAside * regionsAside),
});
export type Learnt = z.infer<typeof Learnt>;

export interface Verdict {
  readonly light: Light;
  readonly look: Look;
  /** Share of the sharpness that the camera has when all is well; undefined until that is known. */
  readonly sharpnessShare: number | undefined;
  /** What is wrong with the picture, and therefore not to be trusted in it. */
  readonly refusal: RefusedPicture | undefined;
}

/** Mean levels between which the light stays what it was: dusk does not flicker. */
const nightBelow = 45;
const dayAbove = 60;

/** Less detail than this is sensor noise on a lens cap, a bag, a hand. */
const detailMin = 2.5;
const blackBelow = 16;

/** Only faint ramps are left: no camera is meant to look so, whatever it looked like before. */
const sharpnessMin = 0.035;

/**
 * Shares of what the camera's own pictures have. Over two years of photographs of three car parks in sun, rain,
 * fog and snow the sharpness stayed above 0.83 of its median; a blur of 1.3 pixels of the network's input, with
 * which cars begin to be missed, leaves less than 0.5.
 */
const sharpnessShareMin = 0.5;
const detailShareMin = 0.3;
/** A region that keeps less has lost its view; a camera that has lost so many regions is covered. */
const regionShareMin = 0.25;
const lostRegionsMin = 0.6;
/** Regions with less detail than this never showed much: a plain wall, the sky. */
const regionDetailMin = 4;

/** Nothing is held against a camera that is hardly known. */
const knownAfter = 30;
/** Beyond so many pictures the mean glides. */
const glideOver = 500;
const learnEvery = seconds(2);

/** Whether a camera's pictures can be trusted, judged by the pictures alone and by what they used to look like. */
export class Health {
  #learnt: Learnt | undefined;
  #learntAt: Instant | undefined;
  #light: Light = "day";

  /** @param learnt in an earlier run */
  constructor(learnt?: Learnt) {
    this.#learnt = learnt;
  }

  /** What is known of the camera so far. */
  get learnt(): Learnt | undefined {
    return this.#learnt;
  }

  /** The camera is meant to look as it does from now on: it was focused, turned or replaced. */
  forget(): void {
    this.#learnt = undefined;
    this.#learntAt = undefined;
  }

  /**
   * @param rgb the picture at the network's size, three bytes a pixel
   * @param at when it was taken: the camera is learnt at the same pace however many pictures it sends
   */
  judge(rgb: Uint8Array, width: number, height: number, at: Instant): Verdict {
    const look = lookOf(rgb, width, height);
    this.#light = lightOf(look.brightness, this.#light);
    const light = this.#light;
    const learnt = light === "day" ? this.#learnt : undefined;
    const isKnown = learnt !== undefined && learnt.pictures >= knownAfter;
    const known = isKnown ? learnt : undefined;
    const detail = troubleOf(look, light, known);
    if (detail === undefined && light === "day") this.#learn(look, at);
    return {
      light,
      look,
      sharpnessShare: known === undefined ? undefined : look.sharpness / known.sharpness,
      refusal: detail,
    };
  }

  #learn(look: Look, at: Instant): void {
    if (this.#learntAt !== undefined && elapsed(this.#learntAt, at) < learnEvery) return;
    this.#learntAt = at;
    const before = this.#learnt ?? { pictures: 0, sharpness: 0, detail: 0, regions: look.regions };
    const pictures = Math.min(glideOver, before.pictures + 1);
    const towards = (old: number, now: number): number => old + (now - old) / pictures;
    this.#learnt = {
      pictures,
      sharpness: towards(before.sharpness, look.sharpness),
      detail: towards(before.detail, look.detail),
      regions: look.regions.map((now, region) => towards(before.regions[region] ?? now, now)),
    };
  }
}

/** @param before what it was in the last picture */
export function lightOf(brightness: number, before: Light = "day"): Light {
  if (brightness < nightBelow) return "night";
  return brightness > dayAbove ? "day" : before;
}

/** @param known how the camera looks when all is well; by night there is nothing to hold it against */
function troubleOf(
  look: Look,
  light: Light,
  known: Learnt | undefined,
): RefusedPicture | undefined {
  const { brightness, detail, sharpness, regions } = look;
  if (detail < detailMin) {
    return brightness < blackBelow
      ? refused("black", "the picture is black")
      : refused("covered", "the picture shows nothing at all");
  }
  if (known !== undefined) {
    const kept = (now: number, before: number): boolean => now >= regionShareMin * before;
    const shown = known.regions.flatMap((before, region) =>
      before < regionDetailMin ? [] : [kept(regions[region] ?? 0, before)],
    );
    const lost = shown.filter((isKept) => !isKept).length;
    if (detail < detailShareMin * known.detail && lost >= lostRegionsMin * shown.length) {
      const share = Math.round((100 * detail) / known.detail);
      return refused("covered", `only ${share} % of the usual detail is left`);
    }
  }
  if (light === "night") return undefined;
  const least = Math.max(sharpnessMin, sharpnessShareMin * (known?.sharpness ?? 0));
  if (sharpness >= least) return undefined;
  return refused(
    "out_of_focus",
    known === undefined
      ? "the picture is blurred beyond recognition"
      : `the picture has ${Math.round((100 * sharpness) / known.sharpness)} % of its usual sharpness`,
  );
}

const refused = (reason: RefusedPicture["reason"], detail: string): RefusedPicture => ({
  kind: "refused",
  reason,
  detail,
});
