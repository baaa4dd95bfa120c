import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mostPixels, openPicture } from "../../src/vision/picture.ts";
import { JpegSplitter } from "../../src/vision/source/jpeg-splitter.ts";
import { mutant, seedPictures } from "./mutants.ts";

/** `GATEHOUSE_FUZZ=100000` tries so many, by hand; `GATEHOUSE_FUZZ_FROM` begins elsewhere. */
const count = Number(process.env["GATEHOUSE_FUZZ"] ?? 3000);
const from = Number(process.env["GATEHOUSE_FUZZ_FROM"] ?? 0);

/** Work goes on in several native threads at once, as in the daemon. */
const atOnce = 4;

/** What a leak of a few bytes a picture would not reach, and a buffer kept of each would by far. */
const mostGrowthBytes = 250e6;

/** As the daemon does with whatever comes: opened, decoded, and cut to the network's size. */
async function fate(bytes: Buffer): Promise<string> {
  const picture = openPicture(bytes);
  if ("kind" in picture) return picture.reason;
  const pixels = await picture.decode(bytes.length % 2 === 0 ? 1 : 2);
  if ("kind" in pixels) return pixels.reason;
  const rgb = await picture.whole(64, 48);
  return rgb instanceof Uint8Array ? "seen" : rgb.reason;
}

test(
  `${count} mutated pictures are each seen or refused, in bounded time and memory`,
  { timeout: 60_000 + count * 100 },
  async () => {
    const seeds = await seedPictures();
    const fates: Record<string, number> = {};
    let next = from;
    let slowest = { number: -1, ms: 0 };
    let before = 0;
    const work = async (): Promise<void> => {
      for (let number = next++; number < from + count; number = next++) {
        const bytes = mutant(seeds, number);
        const startMs = performance.now();
        const what = await fate(bytes);
        const ms = performance.now() - startMs;
        if (ms > slowest.ms) slowest = { number, ms };
        fates[what] = (fates[what] ?? 0) + 1;
        if (number === from + Math.floor(count / 3)) before = process.memoryUsage.rss();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));

    const grown = process.memoryUsage.rss() - before;
    const report = { count, from, fates, slowest, grown, rss: process.memoryUsage.rss() };
    const file = process.env["GATEHOUSE_FUZZ_REPORT"];
    if (file !== undefined) {
      mkdirSync(new URL(".", `file://${file}`), { recursive: true });
      writeFileSync(file, JSON.stringify(report, undefined, 1));
    }
    const sum = Object.values(fates).reduce((total, each) => total + each, 0);
    expect(sum).toBe(count);
    // Both ends of the fork are well trodden.
    expect(fates["seen"]).toBeGreaterThan(count / 20);
    expect(fates["truncated"]).toBeGreaterThan(count / 20);
    expect(grown).toBeLessThan(mostGrowthBytes);
  },
);

test("a stream of mutants is survived, and good pictures in it are found", async () => {
  const seeds = await seedPictures();
  const good = seeds[0] ?? Buffer.alloc(0);
  let found = 0;
  const splitter = new JpegSplitter((jpeg) => {
    if (jpeg.equals(good)) found += 1;
  });
  for (let number = 0; number < 500; number += 1) {
    splitter.push(mutant(seeds, number));
    // A broken length may swallow up to 64 KiB of what follows it.
    for (let count = 0; count < 70_000 / good.length; count += 1) splitter.push(good);
  }
  expect(found).toBeGreaterThan(500);
});

test("a header never promises more pixels than we would decode", async () => {
  const seeds = await seedPictures();
  for (let number = 0; number < 3000; number += 1) {
    const picture = openPicture(mutant(seeds, number));
    const pixels = "kind" in picture ? 0 : picture.width * picture.height;
    expect(pixels).toBeLessThanOrEqual(mostPixels);
  }
});
