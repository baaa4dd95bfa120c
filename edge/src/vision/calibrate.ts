import { isoOf, type Instant } from "@gatehouse/shared/time";
import { groundOverlap } from "./assign.ts";
import type { Bay } from "./bays.ts";
import type { Calibration } from "./calibration.ts";
import { namesOf, occupancyComplaint, viewComplaint } from "./fitness.ts";
import type { Findings, Judges, Prepared } from "./judges.ts";
import { learn, type Learnt } from "./learn.ts";
import { sha256Of } from "./models/card.ts";
import type { RefusedPicture } from "./picture.ts";
import type { Samples } from "./samples.ts";
import type { Settings } from "./settings.ts";
import { type Decider, meansWhenCompared, type Trust } from "./trust.ts";
import type { Detection } from "./vehicles.ts";

/** What came of a calibration that was not refused. */
export interface Calibrated {
  readonly kind: "calibrated";
  readonly calibration: Calibration;
  /** The picture of the empty car park that it names, where it does: to be kept beside it. */
  readonly empty: Uint8Array | undefined;
}

/** How much surer than the mistake a real vehicle must be. */
const margin = 0.1;

/** A space never asks for more: no detector is surer of every car. */
const highest = 0.9;

/**
 * Calibrates by one picture of the empty car park: each space is from now on compared with what it looks like when
 * it is free, and where the detector sees a ghost a real vehicle must be surer than that. Who decides is not
 * touched: one empty picture says nothing about what the judges make of vehicles.
 *
 * @param bytes the picture's file, as `empty` was prepared from
 * @param other a picture the camera took lately
 */
export function calibrateByEmpty(
  judges: Judges,
  empty: { readonly prepared: Prepared; readonly bytes: Uint8Array; readonly findings: Findings },
  trust: Trust,
  deciders: readonly Decider[],
  at: Instant,
  other?: Prepared,
): Calibrated | RefusedPicture {
  const { prepared, bytes, findings } = empty;
  const unfit = viewComplaint(prepared, other);
  if (unfit !== undefined) return refused(unfit);
  // Whoever is blind to this view shows it in this picture too, if vehicles stand in it.
  const { evidence } = findings;
  const seen = occupancyComplaint(evidence, learn(evidence, trust, deciders).trust);
  if (typeof seen === "string") return refused(seen);
  const borders = bordersFrom(prepared.bays, findings.vehicles, judges.settings);
  const compares = judges.classifier?.compares === true;
  const spaces = evidence.flatMap(({ bay, logit }) => {
    const border = borders.get(bay);
    const freeLogit = compares ? undefined : logit;
    if (border === undefined && freeLogit === undefined) return [];
    return [
      {
        bay,
        ...(border === undefined ? {} : { border }),
        ...(freeLogit === undefined ? {} : { freeLogit }),
      },
    ];
  });
  const report = [
    `The empty car park is known: ${prepared.bays.length} spaces.`,
    ...(borders.size === 0
      ? []
      : [`The detector sees ghosts in ${namesOf(idsOf(borders.keys()))}: there it must be surer.`]),
    ...(seen.ghosts.length === 0
      ? []
      : [
          `${namesOf(idsOf(seen.ghosts))} ${seen.ghosts.length === 1 ? "looks" : "look"} occupied. ` +
            "If a vehicle stands there, take another picture and calibrate again.",
        ]),
    decidersInWords(trust.decidedBy),
  ];
  return {
    kind: "calibrated",
    calibration: {
      ...frameOf(judges, prepared, at),
      by: "empty",
      pictures: 1,
      empty: sha256Of(bytes),
      trust: compares ? { ...trust, ...meansWhenCompared } : trust,
      spaces,
      report,
    },
    empty: bytes,
  };
}

/**
 * Calibrates by pictures as they came, without knowing what they show: who decides, and where the classifier's
 * border between free and occupied lies.
 *
 * @param before the calibration that it improves: what is known of single spaces stays
 */
export function calibrateByFrames(
  judges: Judges,
  frames: { readonly samples: Samples; readonly last: Prepared },
  trust: Trust,
  deciders: readonly Decider[],
  at: Instant,
  before?: Calibration,
): Calibrated | RefusedPicture {
  const { samples, last } = frames;
  const unfit = viewComplaint(last);
  if (unfit !== undefined) return refused(unfit);
  const learnt = learn(samples.all(), trust, deciders);
  return {
    kind: "calibrated",
    calibration: {
      ...frameOf(judges, last, at),
      by: "first-frames",
      pictures: samples.frames,
      ...(before?.empty === undefined ? {} : { empty: before.empty }),
      trust: learnt.trust,
      spaces: before?.spaces ?? [],
      report: [
        `${samples.frames} pictures of ${last.bays.length} spaces were looked at.`,
        ...learntInWords(learnt, deciders),
      ],
    },
    empty: undefined,
  };
}

const frameOf = ({ detector, classifier }: Judges, { size }: Prepared, at: Instant) => ({
  version: 1 as const,
  madeAt: isoOf(at),
  size,
  ...(detector === undefined ? {} : { detector: detector.sha256 }),
  ...(classifier === undefined ? {} : { classifier: classifier.sha256 }),
});

/**
 * What spaces ask for, learnt from the vehicles that a detector claims to see in a picture of the empty car park:
 * a space with such a ghost asks for more than the ghost had. Other spaces keep the camera's confidence, because
 * one empty picture says nothing about how sure the detector is of real cars.
 */
export function bordersFrom(
  bays: readonly Bay[],
  ghosts: readonly Detection[],
  {
    confidenceMin,
    groundShare,
    overlapMin,
  }: Pick<Settings, "confidenceMin" | "groundShare" | "overlapMin">,
): Map<string, number> {
  const borders = new Map<string, number>();
  for (const bay of bays) {
    const scores = ghosts
      .filter((ghost) => groundOverlap(bay, ghost, groundShare) >= overlapMin)
      .map(({ score }) => score);
    const asked = Math.min(highest, Math.max(0, ...scores) + margin);
    if (asked > confidenceMin) borders.set(bay.id, asked);
  }
  return borders;
}

function learntInWords(learnt: Learnt, deciders: readonly Decider[]): string[] {
  const { trust } = learnt;
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const seen = percent((trust.levelsWhenOccupied[2] ?? 0) + (trust.levelsWhenOccupied[3] ?? 0));
  const border = ((trust.freeLogit + trust.occupiedLogit) / 2).toFixed(1);
  const why = {
    both: `The detector sees a vehicle in ${seen} of the spaces that both take for occupied.`,
    classifier:
      "The detector finds hardly anything where the classifier is sure of a vehicle: " +
      "it is blind to this view (often from straight above).",
    detector:
      "The classifier says the same of spaces with and without a vehicle: it is misled here.",
  };
  return [
    `About ${percent(trust.occupiedShare)} of the spaces were occupied.`,
    decidersInWords(trust.decidedBy),
    ...(deciders.length > 1 ? [why[trust.decidedBy]] : []),
    ...(trust.decidedBy === "detector"
      ? []
      : [`The classifier's border between free and occupied lies at ${border}.`]),
  ];
}

function decidersInWords(decider: Decider): string {
  switch (decider) {
    case "both":
      return "Detector and classifier decide together, half and half.";
    case "detector":
      return "The detector decides.";
    case "classifier":
      return "The classifier decides.";
  }
}

const idsOf = (ids: Iterable<string>) => [...ids].map((id) => ({ id }));

const refused = (detail: string): RefusedPicture => ({ kind: "refused", reason: "unfit", detail });
