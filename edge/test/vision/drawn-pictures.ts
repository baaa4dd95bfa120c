import sharp from "sharp";

/** A picture with some texture, so that it is not taken for a covered lens. `level`: 0 dark – 231 bright. */
export function drawnJpeg(level: number, width = 128, height = 96): Promise<Buffer> {
  return drawn(level, width, height).jpeg({ quality: 95 }).toBuffer();
}

export function drawnPng(level: number, width = 128, height = 96): Promise<Buffer> {
  return drawn(level, width, height).png().toBuffer();
}

/** What a camera sends with its lens covered. */
export function blackJpeg(): Promise<Buffer> {
  return sharp({ create: { width: 128, height: 96, channels: 3, background: "black" } })
    .jpeg()
    .toBuffer();
}

/** The left quarter is brighter than the rest. */
function drawn(level: number, width: number, height: number) {
  const pixels = Buffer.alloc(3 * width * height, level);
  for (let row = 0; row < height; row += 1) {
    const start = 3 * row * width;
    pixels.fill(level + 24, start, start + 3 * Math.floor(width / 4));
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/**
 * A real grey JPEG of 16 000 x 16 000 pixels in one megabyte, without ever holding its pixels: in a flat picture
 * whose Huffman codes are as short as can be, each block of 64 pixels is two zero bits.
 */
export async function jpegBomb(): Promise<Buffer> {
  const side = 16_000;
  const one = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#808080" } })
    .greyscale()
    .jpeg()
    .toBuffer();
  const frame = one.indexOf(Buffer.from([0xff, 0xc0]));
  one.writeUInt16BE(side, frame + 5);
  one.writeUInt16BE(side, frame + 7);
  const scan = one.indexOf(Buffer.from([0xff, 0xda]));
  const scanStart = scan + 2 + one.readUInt16BE(scan + 2);
  const blocks = (side / 8) ** 2;
  return Buffer.concat([
    one.subarray(0, scanStart),
    Buffer.alloc((blocks * 2) / 8),
    Buffer.from([0xff, 0xd9]),
  ]);
}
