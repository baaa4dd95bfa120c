import { evaluateTracking } from "./tracking.ts";
import { percent, type Verb } from "./verb.ts";

export const trackingVerb: Verb = {
  name: "tracking",
  summary:
    "Follows the cars of labelled sequences from given detections, with the daemon's own tracker.",
  set: "folder with gt/NNNN.txt (KITTI tracking labels) and det…/NNNN.txt (detections)",
  out: "folder for one MOT file a sequence",
  options: {},
  async run(task) {
    const score = await evaluateTracking(task);
    const lines = [
      `MOTA      ${percent(score.mota)}`,
      `IDF1      ${percent(score.idf1)}`,
      `switches  ${score.switches}`,
      `missed    ${score.missed} of ${score.cars} cars; false ${score.false}`,
    ];
    return { score, lines };
  },
};
