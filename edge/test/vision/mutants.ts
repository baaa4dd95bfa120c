import sharp from "sharp";
import { drawnJpeg, drawnPng, jpegBomb } from "./drawn-pictures.ts";

/** The same chances for the same seed (xorshift32). */
export function chances(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const gradient = (width: number, height: number) => {
  const pixels = Buffer.from(
    Uint8Array.from({ length: 3 * width * height }, (_, index) => (index * 7 + (index >> 8)) & 255),
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

/** Pictures of all the kinds that cameras, telephones and attackers send. */
export async function seedPictures(): Promise<Buffer[]> {
  const plain = () => gradient(160, 120);
  return Promise.all([
    drawnJpeg(120, 160, 120),
    drawnPng(120, 160, 120),
    plain().jpeg({ progressive: true }).toBuffer(),
    plain().jpeg({ chromaSubsampling: "4:4:4", quality: 40 }).toBuffer(),
    plain().greyscale().jpeg().toBuffer(),
    plain().toColourspace("cmyk").jpeg().toBuffer(),
    plain().withMetadata({ orientation: 6, density: 300 }).withIccProfile("p3").jpeg().toBuffer(),
    plain().toColourspace("rgb16").png().toBuffer(),
    plain().png({ palette: true }).toBuffer(),
    plain().png({ progressive: true }).toBuffer(),
    plain().ensureAlpha(0.5).png().toBuffer(),
    plain().greyscale().png({ compressionLevel: 9 }).toBuffer(),
    jpegBomb().then((bomb) => bomb.subarray(0, 5000)),
    animatedPng(),
    twoInOne(),
  ]);
}

/** A PNG that says it is an animation of a million frames (APNG's acTL chunk behind the header). */
async function animatedPng(): Promise<Buffer> {
  const png = await drawnPng(120, 64, 64);
  const control = Buffer.alloc(20);
  control.writeUInt32BE(8, 0);
  control.write("acTL", 4, "latin1");
  control.writeUInt32BE(1_000_000, 8);
  return Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
}

/** One JPEG behind the other, as stereo cameras write it (MPO). */
const twoInOne = async (): Promise<Buffer> =>
  Buffer.concat([await drawnJpeg(60, 64, 64), await drawnJpeg(160, 64, 64)]);

type Mutation = (picture: Buffer, chance: (below: number) => number, other: Buffer) => Buffer;

const markers = [0xc0, 0xc2, 0xc3, 0xc4, 0xc9, 0xda, 0xdb, 0xdd, 0xe0, 0xe1, 0xe2, 0xfe];

const mutations: readonly Mutation[] = [
  function flipBits(picture, chance) {
    const copy = Buffer.from(picture);
    for (let count = 1 + chance(20); count > 0; count -= 1) {
      const at = chance(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << chance(8));
    }
    return copy;
  },
  function flipHeader(picture, chance) {
    const copy = Buffer.from(picture);
    for (let count = 1 + chance(6); count > 0; count -= 1)
      copy[chance(Math.min(700, copy.length))] = chance(256);
    return copy;
  },
  function cutOff(picture, chance) {
    return picture.subarray(0, chance(picture.length));
  },
  function cutOut(picture, chance) {
    const from = chance(picture.length);
    return Buffer.concat([picture.subarray(0, from), picture.subarray(from + chance(500))]);
  },
  function splice(picture, chance, other) {
    return Buffer.concat([
      picture.subarray(0, chance(picture.length)),
      other.subarray(chance(other.length)),
    ]);
  },
  function headOfAnother(picture, chance, other) {
    const length = chance(Math.min(picture.length, 800));
    return Buffer.concat([other.subarray(0, length), picture.subarray(length)]);
  },
  function repeat(picture, chance) {
    const [from, length] = [chance(picture.length), 1 + chance(400)];
    const part = picture.subarray(from, from + length);
    const parts = Array.from({ length: 1 + chance(200) }, () => part);
    return Buffer.concat([picture.subarray(0, from), ...parts, picture.subarray(from)]);
  },
  function otherSize(picture, chance) {
    const copy = Buffer.from(picture);
    const sizes = [0, 1, 2, 7, 255, 256, 2000, 4096, 16_384, 65_535];
    const pick = (): number => sizes[chance(sizes.length)] ?? 0;
    if (copy[0] === 0x89 && copy.length >= 24) {
      copy.writeUInt32BE(Math.min(2 ** 32 - 1, pick() * (chance(4) === 0 ? 70_000 : 1)), 16);
      copy.writeUInt32BE(pick(), 20);
      return copy;
    }
    const frame = copy.findIndex(
      (byte, at) => byte === 0xff && [0xc0, 0xc2].includes(copy[at + 1] ?? 0),
    );
    if (frame > 0 && frame + 9 < copy.length) {
      copy.writeUInt16BE(pick(), frame + 5);
      copy.writeUInt16BE(pick(), frame + 7);
    }
    return copy;
  },
  function otherMarker(picture, chance) {
    const copy = Buffer.from(picture);
    const found: number[] = [];
    for (let at = 2; at + 1 < copy.length; at += 1) {
      if (copy[at] === 0xff && (copy[at + 1] ?? 0) >= 0xc0) found.push(at + 1);
    }
    const at = found[chance(Math.max(1, found.length))];
    if (at !== undefined) copy[at] = markers[chance(markers.length)] ?? 0;
    return copy;
  },
  function noise(picture, chance) {
    const from = chance(picture.length);
    const random = Buffer.from(Array.from({ length: chance(2000) }, () => chance(256)));
    return Buffer.concat([picture.subarray(0, from), random]);
  },
];

/** The mutant with this number: one to three mutations of one picture. */
export function mutant(seeds: readonly Buffer[], number: number): Buffer {
  const chance = chances(number * 2_654_435_761 + 1);
  for (let warm = 0; warm < 4; warm += 1) chance(2);
  const pick = (): Buffer => seeds[chance(seeds.length)] ?? Buffer.alloc(0);
  let picture = pick();
  for (let count = 1 + chance(3); count > 0 && picture.length > 0; count -= 1) {
    const mutate = mutations[chance(mutations.length)];
    const other = pick();
    if (mutate !== undefined && other.length > 0) picture = mutate(picture, chance, other);
  }
  return picture;
}
