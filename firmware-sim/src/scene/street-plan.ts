import type { SeededRandom } from "../seeded-random.ts";
import { between, happens } from "../chance.ts";
import { type Aisle, type Island, layRow, type LotPlan } from "./lot-plan.ts";

/** A road along x with lanes both ways, parking along its kerbs, and pavements. Metres. */
export function drawStreet(random: SeededRandom): LotPlan {
  const laneWidth = between(random, 2.9, 3.6);
  const lanesEachWay = happens(random, 0.35) ? 2 : 1;
  const half = laneWidth * lanesEachWay;
  const degrees = happens(random, 0.7) ? 0 : 60;
  const size = { bayWidth: between(random, 2, 2.5), bayLength: between(random, 5, 6), degrees };
  const deep = degrees === 0 ? size.bayWidth : size.bayLength * Math.sin(Math.PI / 3);
  const count = degrees === 0 ? 10 : 20;
  const sides = happens(random, 0.7) ? ([1, -1] as const) : ([1] as const);
  const bays = sides
    .flatMap((side, row) => layRow({ y: side * half, side }, row, count, size))
    .flatMap((each) => ("id" in each ? [each] : []));
  const end = 60;
  const lanes = Array.from({ length: lanesEachWay }, (_, i): Aisle[] => {
    const y = laneWidth * (i + 0.5);
    return [
      { from: [-end, -y], to: [end, -y], width: laneWidth, kind: "lane" },
      { from: [end, y], to: [-end, y], width: laneWidth, kind: "lane" },
    ];
  }).flat();
  const pavement = between(random, 2, 4.5);
  const islands = ([1, -1] as const).map((side): Island => {
    const near = side * (half + (sides.some((each) => each === side) ? deep : 0) + 0.1);
    const far = near + side * pavement;
    return {
      corners: [
        [-end, near],
        [end, near],
        [end, far],
        [-end, far],
      ],
      place: { x: 0, y: (near + far) / 2, turn: 0 },
      length: 2 * end,
      width: pavement,
    };
  });
  return { bays, aisles: lanes, islands, reach: [end - 14, half + deep + pavement] };
}
