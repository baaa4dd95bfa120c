/** Three channels of light, row by row. */
interface Channels {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
}

/** Blurs in place as a lens out of focus does: two box averages each way. @param radius in pixels; below 0.3 nothing */
export function defocus(picture: Channels, radius: number): void {
  const { width, height } = picture;
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) average(picture.light, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) average(picture.light, x, width, height, radius);
  }
}

/** Blurs in place along rows, as a camera that shakes sideways. */
export function shake(picture: Channels, radius: number): void {
  for (let y = 0; y < picture.height; y++)
    average(picture.light, y * picture.width, 1, picture.width, radius);
}

let line = new Float32Array(0);

/** A box of 2·radius + 1 entries with soft ends, over `count` entries `step` apart. */
function average(
  light: Float32Array,
  first: number,
  step: number,
  count: number,
  radius: number,
): void {
  const whole = Math.floor(radius);
  const rest = radius - whole;
  const weight = 1 / (2 * radius + 1);
  if (line.length < count) line = new Float32Array(count);
  for (let k = 0; k < 3; k++) {
    for (let i = 0; i < count; i++) line[i] = light[(first + i * step) * 3 + k] ?? 0;
    let sum = 0;
    for (let i = -whole; i <= whole; i++) sum += line[clamp(i, count)] ?? 0;
    for (let i = 0; i < count; i++) {
      const ends =
        (line[clamp(i - whole - 1, count)] ?? 0) + (line[clamp(i + whole + 1, count)] ?? 0);
      light[(first + i * step) * 3 + k] = (sum + rest * ends) * weight;
      sum += (line[clamp(i + whole + 1, count)] ?? 0) - (line[clamp(i - whole, count)] ?? 0);
    }
  }
}

const clamp = (i: number, count: number): number => (i < 0 ? 0 : i >= count ? count - 1 : i);
