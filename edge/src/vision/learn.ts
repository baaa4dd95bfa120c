import { check } from "@gatehouse/shared/check";
import { type Belief, explain, type Sample } from "./explain.ts";
import type { Evidence } from "./fuse.ts";
import { type Decider, levelOf, type Trust } from "./trust.ts";

/** In nats: who decides changes only when that explains the pictures so much better. */
const muchBetter = 8;

/**
 * A detector that sees vehicles in fewer spaces has shown nothing that could overrule the classifier: on an empty car
 * park it does not know, ours sees ghosts in 3.5 % of the spaces, in single pictures in up to 20 %.
 */
const leastSightings = 0.1;

/** What came of learning. */
export interface Learnt {
  readonly trust: Trust;
  /** Spaces of all pictures taken together that were learnt from. */
  readonly samples: number;
  /** In nats, how much better the pictures are explained than if each other judge, or both, decided. */
  readonly ahead: number;
}

/**
 * Learns from what the judges said of many spaces, without knowing which were occupied.
 *
 * Each space was free or occupied; each judge answers accordingly, the classifier with a logit around one of two
 * means, the detector with a level. Expectation and maximisation (Dempster, Laird and Rubin, 1977) find the means
 * and shares that explain the answers best, held by what was believed before: so an empty or a full car park is
 * not split in two. This is done three times: with both judges heard, and with each taken for blind, so that its
 * answers say nothing. The best explanation tells who decides.
 *
 * @param evidence each space of each picture once; not empty
 * @param before what was believed; its decider stays unless another is much better
 * @param deciders who may be chosen
 */
export function learn(
  evidence: readonly Evidence[],
  before: Trust,
  deciders: readonly Decider[],
): Learnt {
  check(evidence.length > 0, "something was seen");
  const samples = evidence.map(sampleOf);
  const sightings = samples.filter(({ level }) => level !== undefined && level >= 2).length;
  const mayDecide = deciders.filter(
    (decider) =>
      deciders.length === 1 ||
      decider !== "detector" ||
      sightings >= leastSightings * samples.length,
  );
  const explained = mayDecide
    .map((decider) => explain(decider, samples, before))
    .map((each) => ({
      ...each,
      worth: each.nats + (each.decidedBy === before.decidedBy ? muchBetter : 0),
    }))
    .toSorted((a, b) => b.worth - a.worth);
  const [best, next] = explained;
  check(best !== undefined, "somebody decides");
  const { belief, decidedBy } = best;
  return {
    trust: { decidedBy, ...trustIn(belief) },
    samples: samples.length,
    ahead: next === undefined ? 0 : best.nats - next.nats,
  };
}

const sampleOf = ({ score, border, logit, isCompared, ownFreeLogit }: Evidence): Sample => ({
  logit,
  isCompared: isCompared === true,
  ownFreeLogit,
  level: score === undefined ? undefined : levelOf(score, border),
});

const trustIn = (belief: Belief) => ({
  freeLogit: belief.freeLogit,
  occupiedLogit: belief.occupiedLogit,
  levelsWhenFree: [...belief.levelsWhenFree],
  levelsWhenOccupied: [...belief.levelsWhenOccupied],
  occupiedShare: belief.occupancy,
});
