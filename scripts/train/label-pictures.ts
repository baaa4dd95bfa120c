import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Detector } from "../../edge/src/vision/detector.ts";
import { openPicture, type Picture } from "../../edge/src/vision/picture.ts";
import { suppress } from "../../edge/src/vision/suppress.ts";
import type { Detection } from "../../edge/src/vision/vehicles.ts";
import { isCut } from "../../edge/src/vision/view.ts";

/**
 * Labels photographs with a detector, for the training of another: `scripts/train/detector.py` learns from what
 * this writes. Only a detector whose licence allows it may be the teacher.
 *
 * Run by hand: `node scripts/train/label-pictures.ts --detector FILE --out FILE.jsonl DIR...`
 * One line a picture: `{file, width, height, vehicles: [{class, score, box: [x1, y1, x2, y2]}]}`, boxes in pixels.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { detector: { type: "string" }, out: { type: "string" } },
});
if (values.detector === undefined || values.out === undefined || positionals.length === 0) {
  throw new Error("usage: label-pictures.ts --detector FILE --out FILE.jsonl DIR...");
}

/** Each picture is looked at whole and in overlapping tiles: a teacher may take its time. */
const tileShare = 0.6;
const sameVehicleOverlap = 0.55;

const detector = await Detector.load(resolve(values.detector));
const lines: string[] = [];
for (const folder of positionals) {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name)).toSorted();
  for (const name of names) {
    const file = resolve(join(folder, name));
    const picture = openPicture(await readFile(file));
    if ("kind" in picture) throw new Error(`${file}: ${picture.detail}`);
    const { width, height } = picture;
    const vehicles = (await vehiclesIn(picture)).map((seen) => ({
      class: seen.vehicle,
      score: Number(seen.score.toFixed(3)),
      box: [seen.left, seen.top, seen.right, seen.bottom].map((each) => Number(each.toFixed(1))),
    }));
    lines.push(JSON.stringify({ file, width, height, vehicles }));
  }
}
await writeFile(values.out, `${lines.join("\n")}\n`);

async function vehiclesIn(picture: Picture): Promise<Detection[]> {
  const { width, height } = picture;
  const decoded = await picture.decode();
  if ("kind" in decoded) throw new Error(decoded.detail);
  const found: Detection[] = [];
  for (const region of regionsOf(width, height)) {
    const fit = detector.fit(region.right - region.left, region.bottom - region.top);
    const pixels = await picture.part(region, fit.width, fit.height);
    const seen = await detector.detect(pixels, fit, region);
    found.push(...seen.filter((box) => !isCut(box, region, width, height)));
  }
  return suppress(found, sameVehicleOverlap);
}

function regionsOf(width: number, height: number) {
  const [across, down] = [Math.round(width * tileShare), Math.round(height * tileShare)];
  const tiles = [0, height - down].flatMap((top) =>
    [0, width - across].map((left) => ({ left, top, right: left + across, bottom: top + down })),
  );
  return [{ left: 0, top: 0, right: width, bottom: height }, ...tiles];
}
