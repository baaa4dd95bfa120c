import { type Examination, isVehicle } from "@gatehouse/shared/contracts/camera-setup";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import sharp from "sharp";
import { areaOf } from "@gatehouse/shared/polygon";
import { openPicture, type RefusedPicture } from "../picture.ts";
import { textPath, textWidth } from "./stroke-font.ts";

/** A smaller picture is enlarged, so that what is written on it can be read. */
const leastWidth = 960;
/** Capital letters, of the picture's width. */
const letterShare = 1 / 90;

const colours = {
  free: "#5fe08a",
  occupied: "#ff7a5c",
  unknown: "#8cc4ff",
  zone: "#ff9df3",
  vehicle: "#ffffff",
  ink: "#ffffff",
  ground: "#0c0f13",
} as const;

// Only our own drawing is read by this loader: pictures are opened by `openPicture`, which takes JPEG and PNG alone.
sharp.unblock({ operation: ["VipsForeignLoadSvgBuffer"] });

/**
 * Draws on a picture what was seen in it: spaces with their numbers and how sure the camera is (free outlined,
 * occupied filled), vehicles, zones, lines with the way that counts as forward, and a sentence below.
 *
 * @param picture a JPEG or PNG: the one that was examined
 * @param view what is drawn on the camera's picture; its first frame counts
 * @returns a PNG, or why the picture cannot be drawn on
 */
export async function annotated(
  picture: Uint8Array,
  seen: Examination,
  view: CameraView | undefined,
  sentence: string,
): Promise<Buffer | RefusedPicture> {
  const opened = openPicture(picture);
  if ("kind" in opened) return opened;
  const pixels = await opened.decode();
  if ("kind" in pixels) return pixels;
  const width = Math.max(leastWidth, pixels.width);
  const height = Math.round((pixels.height * width) / pixels.width);
  const letter = Math.max(9, Math.round(width * letterShare));
  const footer = 3 * letter;
  const drawing = new Drawing(width, height, letter);
  drawing.vehicles(seen);
  drawing.view(seen, view);
  drawing.footer(sentence, footer);
  const { width: rawWidth, height: rawHeight } = pixels;
  const base = await sharp(pixels.rgb, {
    raw: { width: rawWidth, height: rawHeight, channels: 3 },
  })
    .resize(width, height, { fit: "fill" })
    .extend({ bottom: footer, background: colours.ground })
    .png()
    .toBuffer();
  return sharp(base)
    .composite([{ input: Buffer.from(drawing.svg(height + footer)) }])
    .png()
    .toBuffer();
}

type Point = readonly [x: number, y: number];

/** An SVG as it grows, in pixels of the PNG. */
class Drawing {
  readonly #width: number;
  readonly #height: number;
  readonly #letter: number;
  readonly #parts: string[] = [];
  /** What is written stands above everything that is drawn. */
  readonly #texts: string[] = [];

  constructor(width: number, height: number, letter: number) {
    this.#width = width;
    this.#height = height;
    this.#letter = letter;
  }

  view(seen: Examination, view: CameraView | undefined): void {
    const [frame] = view?.frames ?? [];
    if (view === undefined || frame === undefined) return;
    const place = this.#scaled(frame);
    const judged = new Map(seen.spaces.map((space) => [space.bay, space]));
    for (const { id, polygon } of view.zones) {
      const points = polygon.map(place);
      this.#polygon(points, colours.zone, 0.08, "12 6");
      this.#label([id], points);
    }
    for (const { id, polygon } of frame.spaces) {
      const space = judged.get(id);
      const points = polygon.map(place);
      if (space === undefined) {
        this.#polygon(points, colours.unknown, 0.1);
        this.#label([id], points);
        continue;
      }
      const colour = space.occupied ? colours.occupied : colours.free;
      this.#polygon(points, colour, space.occupied ? 0.42 : 0.1);
      this.#label([space.space, `${Math.round(space.confidence * 100)}%`], points);
    }
    for (const { id, from, to } of view.lines) this.#line(id, place(from), place(to));
  }

  vehicles(seen: Examination): void {
    const place = this.#scaled(seen);
    for (const vehicle of seen.vehicles.filter(isVehicle)) {
      const [left, top] = place([vehicle.box[0], vehicle.box[1]]);
      const [right, bottom] = place([vehicle.box[2], vehicle.box[3]]);
      const corners: Point[] = [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ];
      this.#polygon(corners, colours.vehicle, 0, "4 4");
      const track = vehicle.track_id === undefined ? "" : ` #${vehicle.track_id}`;
      const text = `${vehicle.vehicle_class}${track} ${Math.round(vehicle.confidence * 100)}%`;
      const size = this.#letter * 0.7;
      if (right - left > 0.7 * textWidth(text, size)) this.#text(text, left, top - size - 3, size);
    }
  }

  footer(sentence: string, height: number): void {
    const room = this.#width - 2 * this.#letter;
    const size = Math.min(this.#letter, room / textWidth(sentence, 1));
    this.#text(sentence, this.#letter, this.#height + (height - size) / 2, size);
  }

  svg(height: number): string {
    const all = [...this.#parts, ...this.#texts].join("");
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.#width}" height="${height}" fill="none" stroke-linejoin="round" stroke-linecap="round">${all}</svg>`;
  }

  /** From pixels of a picture of that size to ours. */
  #scaled(size: { readonly width: number; readonly height: number }): (point: Point) => Point {
    const [across, down] = [this.#width / size.width, this.#height / size.height];
    return ([x, y]) => [x * across, y * down];
  }

  #polygon(points: readonly Point[], colour: string, fill: number, dashes = ""): void {
    const text = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    const wide = this.#letter / 3;
    this.#parts.push(
      `<polygon points="${text}" stroke="${colours.ground}" stroke-opacity="0.7" stroke-width="${(1.9 * wide).toFixed(1)}"/>`,
      `<polygon points="${text}" fill="${fill === 0 ? "none" : colour}" fill-opacity="${fill}" stroke="${colour}" stroke-width="${(0.8 * wide).toFixed(1)}" stroke-dasharray="${dashes}"/>`,
    );
  }

  /** With an arrow to its right, seen from its first end: that way is forward. */
  #line(id: string, from: Point, to: Point): void {
    const length = Math.max(1, Math.hypot(to[0] - from[0], to[1] - from[1]));
    const [alongX, alongY] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const reach = 3 * this.#letter;
    const tip: Point = [x - alongY * reach, y + alongX * reach];
    const barb = (side: 1 | -1): Point => [
      tip[0] + (alongY + side * alongX) * this.#letter,
      tip[1] + (-alongX + side * alongY) * this.#letter,
    ];
    const path = (points: readonly Point[]): string =>
      points
        .map(([px, py], index) => `${index === 0 ? "M" : "L"}${px.toFixed(1)} ${py.toFixed(1)}`)
        .join("");
    const d = path([from, to]) + path([[x, y], tip]) + path([barb(1), tip, barb(-1)]);
    const wide = this.#letter / 3;
    this.#parts.push(
      `<path d="${d}" stroke="${colours.ground}" stroke-opacity="0.7" stroke-width="${(2.2 * wide).toFixed(1)}"/>`,
      `<path d="${d}" stroke="${colours.zone}" stroke-width="${wide.toFixed(1)}"/>`,
    );
    this.#label([id], [from, to]);
  }

  /** Lines of text in the middle of a shape, as large as there is room for them; none where there is none. */
  #label(lines: readonly string[], points: readonly Point[]): void {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const isLine = points.length === 2;
    const widest = Math.max(...lines.map((line) => textWidth(line, 1)));
    const height = Math.max(1, bottom - top);
    // On the average over its height: a slanted space is wider than it has room.
    const room = (0.95 * areaOf(points)) / height;
    const fits = isLine ? this.#letter : Math.min(this.#letter, room / widest, height / 1.7);
    if (fits < 0.4 * this.#letter) return;
    const shown = height / fits < 3.4 && !isLine ? lines.slice(0, 1) : lines;
    const all = shown.length * fits * 1.5 - fits * 0.5;
    for (const [index, line] of shown.entries()) {
      const x = (left + right - textWidth(line, fits)) / 2;
      this.#text(line, x, (top + bottom - all) / 2 + index * fits * 1.5, fits);
    }
  }

  #text(text: string, x: number, y: number, size: number): void {
    const d = textPath(text, x, y, size);
    this.#texts.push(
      `<path d="${d}" stroke="${colours.ground}" stroke-opacity="0.85" stroke-width="${(size * 0.5).toFixed(1)}"/>`,
      `<path d="${d}" stroke="${colours.ink}" stroke-width="${(size * 0.17).toFixed(2)}"/>`,
    );
  }
}
