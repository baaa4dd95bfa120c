import { align, edgesOf } from "./alignment.ts";
import type { Bay } from "./bays.ts";
import { type Evidence, fuse, judgesOf } from "./fuse.ts";
import { shareInside } from "./geometry.ts";
import { lightOf } from "./health.ts";
import type { Prepared } from "./judges.ts";
import { lookOf } from "./sharpness.ts";
import type { Trust } from "./trust.ts";

/** A space with less of it in the picture cannot be judged. */
const insideMin = 0.5;

/** A picture less sharp than this share of the camera's other picture is blurred. */
const sharpnessShareMin = 0.5;
const detailMin = 2.5;

/** Two pictures of one view are more alike than this in any season; two of different views never are. */
const likenessMin = 0.15;

/** Share of the picture by which a view may have moved: a space is rarely smaller than twice that. */
const mostMoved = 0.04;

/** How much the proportions of two pictures of one camera may differ. */
const mostStretched = 0.02;

/** In log-odds, from where a space counts as occupied in a picture that ought to be empty: 10 to 1. */
const surelyOccupied = 2.3;

/**
 * So many such spaces may be ghosts: bushes, stains, a wall that looks like a van. Where one judge contradicts the
 * other, and one picture must tell who is misled, there may be many.
 */
const mostGhosts = 1;
const mostGhostShareIf = { both: 0.05, detector: 0.4, classifier: 0.4 } as const;

/** A share of occupied spaces beyond which a picture does not show both kinds. */
const mostOccupied = 0.9;

/** Of a long list only the beginning is said. */
const mostNamed = 12;

/**
 * What makes a picture unfit to calibrate by, whatever it shows: said in words, undefined where nothing does.
 *
 * @param other a picture that the camera took lately, where there is one: both must show the same view
 */
export function viewComplaint(picture: Prepared, other?: Prepared): string | undefined {
  const { bays, size, rgb, fit } = picture;
  if (bays.length === 0) return "no spaces are drawn for this camera yet";
  const outside = bays.filter((bay) => !isInside(bay, size));
  if (outside.length > 0) {
    return `${countOf(outside, "space lies", "spaces lie")} outside the picture: ${namesOf(outside)}`;
  }
  const look = lookOf(rgb, fit.width, fit.height);
  if (look.detail < detailMin) return "the picture shows nothing: is the lens covered?";
  if (lightOf(look.brightness) === "night")
    return "the picture was taken by night: take one by day";
  if (other === undefined) return undefined;
  const [shape, otherShape] = [size, other.size].map(({ width, height }) => width / height);
  if (Math.abs((shape ?? 1) / (otherShape ?? 1) - 1) > mostStretched) {
    return (
      `the picture has ${size.width} x ${size.height} pixels, ` +
      `the camera's have ${other.size.width} x ${other.size.height}: another shape`
    );
  }
  const otherLook = lookOf(other.rgb, other.fit.width, other.fit.height);
  if (look.sharpness < sharpnessShareMin * otherLook.sharpness) return "the picture is blurred";
  return movedComplaint(picture, other);
}

function movedComplaint(picture: Prepared, other: Prepared): string | undefined {
  const [edges, otherEdges] = [picture, other].map(({ rgb, fit }) =>
    edgesOf(rgb, fit.width, fit.height),
  );
  if (edges === undefined || otherEdges === undefined) return undefined;
  const { likeness, right, down } = align(edges, otherEdges);
  if (likeness < likenessMin) return "the picture shows another view than the camera does now";
  const moved = Math.hypot(right, down);
  if (moved <= mostMoved) return undefined;
  return `the camera has moved by ${Math.round(100 * moved)} % of the picture since it was taken`;
}

/**
 * What makes a picture no picture of the empty car park: vehicles. Where both judges see one there is one; where
 * only one does, a few such spaces may well be empty, or all of them.
 *
 * @param trust what is believed of the judges in this view
 * @returns the complaint in words, or the spaces that look occupied all the same
 */
export function occupancyComplaint(
  evidence: readonly Evidence[],
  trust: Trust,
): string | { readonly ghosts: readonly string[] } {
  const occupied = evidence.filter((each) => fuse(each, trust) > surelyOccupied);
  const vehicles = occupied.filter((each) => {
    const { detector = 0, classifier = 0 } = judgesOf(each, trust);
    return trust.decidedBy === "both" && detector > 0 && classifier > 0;
  });
  const most = Math.max(mostGhosts, mostGhostShareIf[trust.decidedBy] * evidence.length);
  // One judge that says the same of all spaces may as well be misled by this view, and so may a classifier that no
  // detector contradicts: for that it is calibrated.
  const isAlone = evidence.every(({ score }) => score === undefined);
  const saysNothing = isAlone || (trust.decidedBy !== "both" && trust.occupiedShare > mostOccupied);
  if (vehicles.length === 0 && (occupied.length <= most || saysNothing)) {
    return { ghosts: occupied.map(({ bay }) => bay) };
  }
  const named = namesOf(occupied.map(({ bay }) => ({ id: bay })));
  return `vehicles stand in ${countOf(occupied, "space", "spaces")}: ${named}`;
}

const isInside = ({ polygon }: Bay, { width, height }: Prepared["size"]): boolean =>
  shareInside(polygon, { left: 0, top: 0, right: width, bottom: height }) >= insideMin;

/** Names, as many as one can read. */
export function namesOf(bays: readonly Pick<Bay, "id">[]): string {
  const named = bays.slice(0, mostNamed).map(({ id }) => id);
  const rest = bays.length - named.length;
  return named.join(", ") + (rest === 0 ? "" : ` and ${rest} more`);
}

const countOf = ({ length }: readonly unknown[], one: string, many: string): string =>
  `${length} ${length === 1 ? one : many}`;
