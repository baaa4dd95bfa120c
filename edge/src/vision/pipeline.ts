import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import type { SpaceWord } from "./assign.ts";
import type { Bay } from "./bays.ts";
import { type Calibrated, calibrateByEmpty, calibrateByFrames } from "./calibrate.ts";
import type { Calibration } from "./calibration.ts";
import { isSame, type Sketch, sketch } from "./change.ts";
import type { Classifier } from "./classifier.ts";
import type { Detector } from "./detector.ts";
import type { EmptyView } from "./empty-view.ts";
import { fuse, judgesOf, shareOf, wordOf } from "./fuse.ts";
import {
  type BaysOf,
  type Findings,
  Judges,
  type OwnFacts,
  type Prepared,
  type Stages,
} from "./judges.ts";
import { learn } from "./learn.ts";
import type { Patches, References } from "./patches.ts";
import type { RefusedPicture } from "./picture.ts";
import { Samples } from "./samples.ts";
import type { Settings } from "./settings.ts";
import { type Decider, type Trust, trustAtFirst } from "./trust.ts";
import type { Detection } from "./vehicles.ts";

/** A vehicle in a picture, and the bay it fills. */
export interface SeenVehicle extends Detection {
  readonly bay?: string;
}

/** What one picture shows: a word about each space, and the vehicles, whether or not they stand in one. */
export interface Seen {
  readonly words: readonly SpaceWord[];
  readonly size: Prepared["size"];
  readonly vehicles: readonly SeenVehicle[];
}

/** What came of one picture. `unchanged`: nothing moved since the last one, whose words still hold. */
export type Outcome = { readonly kind: "seen" | "unchanged" } & Seen;

/** Everything about one picture, for a person. */
export interface Examined extends Seen {
  /** Each judge's share of "occupied" for each space, 0–1; undefined where it was not asked. */
  readonly judges: readonly {
    readonly bay: string;
    readonly detector: number | undefined;
    readonly classifier: number | undefined;
  }[];
  readonly stages: Stages;
}

export interface PipelineOptions {
  /** At least one of the two. */
  readonly detector?: Detector | undefined;
  readonly classifier?: Classifier | undefined;
  /** Where they differ from the default for the detector's family. */
  readonly settings?: Partial<Settings>;
  readonly decidedBy?: "auto" | Decider;
  readonly calibration?: Calibration | undefined;
  /** The picture of the empty car park that the calibration was made by. */
  readonly empty?: { readonly bytes: Uint8Array; readonly baysOf: BaysOf } | undefined;
  /** Whether the camera goes on learning from its pictures as they come. */
  readonly learns?: boolean;
}

/** While a camera is new it learns from every picture, later from every fourth that is kept. */
const newUntil = 16;
const learnEvery = 4;

/** One camera's way from a picture file to a word about each space. */
export class Pipeline {
  readonly #judges: Judges;
  readonly #deciders: readonly Decider[];
  readonly #calibration: Calibration | undefined;
  readonly #own: OwnFacts;
  readonly #empty: EmptyView | undefined;
  readonly #patches: Patches | undefined;
  readonly #before: Trust;
  readonly #samples: Samples | undefined;
  #trust: Trust;
  #last: { sketch: Sketch; bays: readonly Bay[]; seen: Seen } | undefined;

  private constructor(judges: Judges, options: PipelineOptions, empty?: EmptyView) {
    const { decidedBy = "auto", learns = false } = options;
    this.#judges = judges;
    this.#calibration = isOf(judges, options.calibration) ? options.calibration : undefined;
    this.#empty = empty;
    this.#patches = judges.patches();
    this.#deciders = decidersOf(judges, decidedBy);
    this.#own = ownFactsOf(this.#calibration);
    const trust = this.#calibration?.trust ?? trustAtFirst;
    const [first = "both"] = this.#deciders;
    const decider = this.#deciders.includes(trust.decidedBy) ? trust.decidedBy : first;
    this.#before = { ...trust, decidedBy: decider };
    this.#trust = this.#before;
    this.#samples = learns ? new Samples() : undefined;
  }

  /** @throws Fault `calibration-unusable` when the picture of the empty car park cannot be decoded */
  static async open(options: PipelineOptions): Promise<Pipeline> {
    const judges = new Judges(options.detector, options.classifier, options.settings);
    if (options.empty === undefined) return new Pipeline(judges, options);
    const empty = await judges.prepare(options.empty.bytes, options.empty.baysOf);
    if ("kind" in empty) {
      throw new Fault("calibration-unusable", `the picture of the empty car park: ${empty.detail}`);
    }
    return new Pipeline(judges, options, judges.emptyView(empty));
  }

  /** Who decides about its spaces now. */
  get decidedBy(): Decider {
    return this.#trust.decidedBy;
  }

  /**
   * Decodes a picture and takes it to the networks' sizes. This part leaves the thread free: while it goes on,
   * another picture can be looked at.
   */
  prepare(bytes: Uint8Array, baysOf: BaysOf): Promise<Prepared | RefusedPicture> {
    return this.#judges.prepare(bytes, baysOf);
  }

  /**
   * Looks at a camera's pictures in the order they were taken.
   *
   * @throws Fault `model-unusable` when a network fails
   */
  async look(prepared: Prepared): Promise<Outcome> {
    const { bays, rgb, fit } = prepared;
    const cells = sketch(rgb, fit.width, fit.height);
    if (this.#last?.bays === bays && isSame(this.#last.sketch, cells)) {
      return { kind: "unchanged", ...this.#last.seen };
    }
    const references = this.#empty?.next(prepared) ?? unknown;
    const findings = await this.#judges.find(prepared, this.#own, references, this.#patches);
    this.#learnFrom(findings);
    const seen = this.#seen(prepared, findings);
    this.#last = { sketch: cells, bays, seen };
    return { kind: "seen", ...seen };
  }

  /**
   * Looks at one picture for a person, without touching the camera's course.
   *
   * @throws Fault `model-unusable` when a network fails
   */
  async examine(prepared: Prepared): Promise<Examined> {
    const findings = await this.#findings(prepared, this.#empty?.of(prepared));
    return {
      ...this.#seen(prepared, findings),
      judges: findings.evidence.map((evidence) => {
        const { detector, classifier } = judgesOf(evidence, this.#trust);
        return {
          bay: evidence.bay,
          detector: detector === undefined ? undefined : shareOf(detector),
          classifier: classifier === undefined ? undefined : shareOf(classifier),
        };
      }),
      stages: findings.stages,
    };
  }

  /**
   * Learns from a picture of the empty car park. This pipeline stays as it is: open another with what was learnt.
   *
   * @param other a picture the camera took lately: both must show the same view
   * @returns a refusal, in words, of a picture that is not empty or otherwise unfit
   * @throws Fault `model-unusable` when a network fails
   */
  async calibrateByEmpty(
    bytes: Uint8Array,
    baysOf: BaysOf,
    at: Instant,
    other?: Prepared,
  ): Promise<Calibrated | RefusedPicture> {
    const prepared = await this.#judges.prepare(bytes, baysOf);
    if ("kind" in prepared) return prepared;
    const findings = await this.#findings(prepared);
    const empty = { prepared, bytes, findings };
    return calibrateByEmpty(this.#judges, empty, this.#trust, this.#deciders, at, other);
  }

  /** Begins to learn from pictures as they come, which `course.note` is shown and `course.finish` learns from. */
  calibrateByFrames(): FramesCourse {
    const samples = new Samples();
    let last: Prepared | undefined;
    return {
      note: async (prepared) => {
        last = prepared;
        samples.add((await this.#findings(prepared, this.#empty?.of(prepared))).evidence);
      },
      finish: (at) => {
        if (last === undefined || samples.frames === 0) return nothingSeen;
        const frames = { samples, last };
        return calibrateByFrames(
          this.#judges,
          frames,
          this.#before,
          this.#deciders,
          at,
          this.#calibration,
        );
      },
    };
  }

  /** With a memory of its own, so that the course of pictures does not notice. */
  #findings(prepared: Prepared, references = unknown): Promise<Findings> {
    return this.#judges.find(prepared, this.#own, references, this.#judges.patches());
  }

  #learnFrom({ evidence }: Findings): void {
    const samples = this.#samples;
    if (samples === undefined || !samples.add(evidence)) return;
    if (samples.frames > newUntil && samples.frames % learnEvery !== 0) return;
    this.#trust = learn(samples.all(), this.#before, this.#deciders).trust;
  }

  #seen({ size }: Prepared, { vehicles, stands, evidence }: Findings): Seen {
    const bayOf = new Map(stands.flatMap(({ bay, vehicle }) => (vehicle ? [[vehicle, bay]] : [])));
    return {
      words: evidence.map((each) => wordOf(each.bay, fuse(each, this.#trust))),
      size,
      vehicles: vehicles.map((vehicle) => {
        const bay = bayOf.get(vehicle);
        return bay === undefined ? vehicle : { ...vehicle, bay };
      }),
    };
  }
}

/** Of a camera whose spaces nobody has seen empty. */
const unknown: References = new Map();

/** A calibration by pictures as they come. */
export interface FramesCourse {
  /** @throws Fault `model-unusable` when a network fails */
  note(prepared: Prepared): Promise<void>;
  finish(at: Instant): Calibrated | RefusedPicture;
}

const nothingSeen: RefusedPicture = {
  kind: "refused",
  reason: "unfit",
  detail:
    "no picture showed a space: draw the spaces first, and see that the camera sends pictures",
};

/** What was learnt of other networks means nothing for these. */
const isOf = ({ detector, classifier }: Judges, calibration: Calibration | undefined): boolean =>
  calibration?.detector === detector?.sha256 && calibration?.classifier === classifier?.sha256;

function decidersOf({ detector, classifier }: Judges, decidedBy: "auto" | Decider) {
  if (detector === undefined) return ["classifier"] as const;
  if (classifier === undefined) return ["detector"] as const;
  return decidedBy === "auto" ? (["both", "detector", "classifier"] as const) : [decidedBy];
}

const ownFactsOf = (calibration: Calibration | undefined): OwnFacts => ({
  borders: new Map(
    calibration?.spaces.flatMap(({ bay, border }) => (border === undefined ? [] : [[bay, border]])),
  ),
  freeLogits: new Map(
    calibration?.spaces.flatMap(({ bay, freeLogit }) =>
      freeLogit === undefined ? [] : [[bay, freeLogit]],
    ),
  ),
});
