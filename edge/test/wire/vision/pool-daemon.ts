import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { VisionPool } from "../../../src/vision/pool.ts";

/** A daemon that has nothing but a vision pool: it tells its parent who looks at the pictures, and goes on. */
const [baseDir = "."] = process.argv.slice(2);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const pool = new VisionPool({
  clock: new PacedClock(),
  random: new SystemRandom(),
  log: quiet,
  cameras: [
    {
      id: "north",
      source: { kind: "folder", path: "north", every_s: 0.1 },
      detector: "tiny.onnx",
      classifier: "none.onnx",
      decided_by: "detector",
      tracking: false,
      bays: "bays.json",
      space_of_bay: {},
      plate_countries: [],
      ask_after_s: 8,
    },
  ],
  baseDir,
  dataDir: baseDir,
  credentials: {},
  plateCropsDays: 7,
  stopwatch: new SystemStopwatch(),
});
pool.onObservations(() => process.send?.(pool.childPid));
await pool.start();
