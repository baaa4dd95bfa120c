import type { CameraView } from "./camera-view.ts";
import type { Light } from "./light.ts";
import { cloudAt, grainAt } from "./noise.ts";
import type { Plane } from "./plane.ts";
import { fresnel, roughness, snowAt } from "./reflectance.ts";
import type { ShadowMap } from "./shadow-map.ts";
import { finishCode, type Surfaces } from "./surfaces.ts";

/** Works on one sample at a time, in fields instead of objects: this is the innermost loop of drawing. */
export class Shader {
  r = 0;
  g = 0;
  b = 0;
  readonly #view: CameraView;
  readonly #surfaces: Surfaces;
  readonly #light: Light;
  readonly #shadows: ShadowMap | undefined;
  readonly #sunny: boolean;
  /** The line of sight, of length `#length`, and the point it ends at. */
  #dx = 0;
  #dy = 0;
  #dz = 0;
  #length = 1;
  #far = 0;
  #x = 0;
  #y = 0;
  #z = 0;
  /** Light that falls on the surface at hand. */
  #lr = 0;
  #lg = 0;
  #lb = 0;
  #wetness = 0;

  constructor(view: CameraView, surfaces: Surfaces, light: Light, shadows: ShadowMap | undefined) {
    this.#view = view;
    this.#surfaces = surfaces;
    this.#light = light;
    this.#shadows = shadows;
    this.#sunny = light.sunRgb[0] + light.sunRgb[1] + light.sunRgb[2] > 0;
  }

  look(dx: number, dy: number, dz: number, near: number): void {
    this.#dx = dx;
    this.#dy = dy;
    this.#dz = dz;
    this.#length = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (near === 0) return;
    const { at } = this.#view.pose;
    this.#far = 1 / near;
    this.#x = at[0] + dx * this.#far;
    this.#y = at[1] + dy * this.#far;
    this.#z = at[2] + dz * this.#far;
  }

  sky(): void {
    const up = this.#dz / this.#length;
    this.#skyAt(up < 0 ? 0 : up);
    if (up <= 0.02) return;
    const cloud = 1 + 0.12 * cloudAt((this.#dx / up) * 6, (this.#dy / up) * 6);
    this.r *= cloud;
    this.g *= cloud;
    this.b *= cloud;
  }

  /** The sky's colour at a height (sine) over the horizon. */
  #skyAt(up: number): void {
    const { zenith, horizon } = this.#light;
    const share = Math.sqrt(up);
    this.r = horizon[0] + (zenith[0] - horizon[0]) * share;
    this.g = horizon[1] + (zenith[1] - horizon[1]) * share;
    this.b = horizon[2] + (zenith[2] - horizon[2]) * share;
  }

  ground(plane: Plane, p: number): void {
    const { snow, wet } = this.#light;
    const open = plane.open[p] ?? 1;
    this.#gather(0, 0, 1, open, 0.02);
    let r = plane.ground[p * 3] ?? 0;
    let g = plane.ground[p * 3 + 1] ?? 0;
    let b = plane.ground[p * 3 + 2] ?? 0;
    let cover = 0;
    if (snow > 0) {
      cover = snowAt(this.#x, this.#y, snow, open);
      const white =
        0.78 +
        0.05 * grainAt(this.#x * 30, this.#y * 30) +
        0.06 * cloudAt(this.#x * 9, this.#y * 9);
      r += (white - r) * cover;
      g += (white - g) * cover;
      b += (white * 1.03 - b) * cover;
    }
    this.#wetness = 0;
    if (wet > 0 && cover < 1) {
      const pools = wet * 1.7 - 0.75 + 0.8 * cloudAt(this.#x * 2.3 + 40, this.#y * 2.3);
      const paved = plane.region[p] === 0 ? 1 : 0.3;
      this.#wetness = (pools < 0 ? 0 : pools > 1 ? 1 : pools) * (1 - cover) * paved;
      const dark = 1 - 0.45 * Math.min(1, wet * 1.5);
      r *= dark;
      g *= dark;
      b *= dark;
    }
    this.r = r * this.#lr;
    this.g = g * this.#lg;
    this.b = b * this.#lb;
    if (this.#wetness > 0) {
      const share = this.#wetness * fresnel(-this.#dz / this.#length, 0.02);
      this.r += share * (this.#light.horizon[0] - this.r);
      this.g += share * (this.#light.horizon[1] - this.g);
      this.b += share * (this.#light.horizon[2] - this.b);
    }
  }

  /** Adds what stands mirrored in the wet ground at hand. */
  reflect(mirror: Plane, p: number): void {
    const id = mirror.surface[p] ?? 0;
    if (id === 0 || this.#wetness === 0) return;
    const share = Math.min(
      1,
      this.#wetness * (0.08 + 1.6 * fresnel(-this.#dz / this.#length, 0.02)),
    );
    const { rgb } = this.#surfaces;
    const { zenith } = this.#light;
    this.r += share * ((rgb[id * 3] ?? 0) * zenith[0] * 0.8 - this.r);
    this.g += share * ((rgb[id * 3 + 1] ?? 0) * zenith[1] * 0.8 - this.g);
    this.b += share * ((rgb[id * 3 + 2] ?? 0) * zenith[2] * 0.8 - this.b);
  }

  body(plane: Plane, p: number, id: number): void {
    let nx = (plane.normal[p * 3] ?? 0) / 127;
    let ny = (plane.normal[p * 3 + 1] ?? 0) / 127;
    let nz = (plane.normal[p * 3 + 2] ?? 0) / 127;
    const size = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
    nx /= size;
    ny /= size;
    nz /= size;
    let facing = -(nx * this.#dx + ny * this.#dy + nz * this.#dz) / this.#length;
    if (facing < 0) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
      facing = -facing;
    }
    const finish = this.#surfaces.finish[id] ?? 0;
    const { rgb } = this.#surfaces;
    let r = rgb[id * 3] ?? 0;
    let g = rgb[id * 3 + 1] ?? 0;
    let b = rgb[id * 3 + 2] ?? 0;
    if (finish === finishCode.glow) {
      const glow = this.#light.zenith[1] > dayFrom ? glowByDay : glowByNight;
      this.r = r * glow;
      this.g = g * glow;
      this.b = b * glow;
      return;
    }
    const rough = roughness(finish, this.#x, this.#y, this.#z);
    r *= rough;
    g *= rough;
    b *= rough;
    const { snow } = this.#light;
    let gloss = finish === finishCode.paint ? 0.05 : finish === finishCode.glass ? 0.08 : 0;
    if (
      snow > 0 &&
      nz > 0.35 &&
      snow * 1.3 * nz > 0.45 + 0.5 * cloudAt(this.#x * 8 + 60, this.#y * 8)
    ) {
      r = 0.8;
      g = 0.8;
      b = 0.82;
      gloss = 0;
    }
    // Near the ground less of the sky is seen.
    const low = finish === finishCode.leaf ? 0.9 : 0.62 + 0.3 * Math.min(1.2, this.#z);
    this.#gather(nx, ny, nz, Math.min(1, low), 0.06);
    this.r = r * this.#lr;
    this.g = g * this.#lg;
    this.b = b * this.#lb;
    if (gloss > 0) this.#shine(nx, ny, nz, facing, gloss);
  }

  /** Adds the sky or the ground that a glossy surface mirrors, and the sun's glint. */
  #shine(nx: number, ny: number, nz: number, facing: number, gloss: number): void {
    const dx = this.#dx / this.#length;
    const dy = this.#dy / this.#length;
    const dz = this.#dz / this.#length;
    const rx = dx + 2 * facing * nx;
    const ry = dy + 2 * facing * ny;
    const rz = dz + 2 * facing * nz;
    const share = fresnel(facing, gloss);
    const r = this.r;
    const g = this.g;
    const b = this.b;
    if (rz > 0) {
      this.#skyAt(rz);
      // Trees and houses stand where a mirror looks just over the horizon.
      const hidden = rz < 0.25 && cloudAt(rx * 40, ry * 40) > 0.1 ? 0.35 : 1;
      this.r *= hidden;
      this.g *= hidden;
      this.b *= hidden;
    } else {
      const { zenith, sunRgb, sun } = this.#light;
      this.r = 0.15 * (zenith[0] + sunRgb[0] * sun[2]);
      this.g = 0.15 * (zenith[1] + sunRgb[1] * sun[2]);
      this.b = 0.15 * (zenith[2] + sunRgb[2] * sun[2]);
    }
    this.r = r * (1 - share) + this.r * share;
    this.g = g * (1 - share) + this.g * share;
    this.b = b * (1 - share) + this.b * share;
    if (!this.#sunny) return;
    const { sun, sunRgb } = this.#light;
    const towards = rx * sun[0] + ry * sun[1] + rz * sun[2];
    if (towards < 0.93) return;
    const glint = 1.6 * ((towards - 0.93) / 0.07) ** 6 * this.#lit(0.06);
    this.r += glint * sunRgb[0];
    this.g += glint * sunRgb[1];
    this.b += glint * sunRgb[2];
  }

  #lit(bias: number): number {
    return this.#shadows?.litAt(this.#x, this.#y, this.#z, bias) ?? 1;
  }

  /** The light on a surface with this normal; `open`: the share of the sky it sees. */
  #gather(nx: number, ny: number, nz: number, open: number, bias: number): void {
    const { sun, sunRgb, zenith, horizon, lamps } = this.#light;
    const up = (0.5 + 0.5 * nz) * open;
    const side = 0.35 * (1 - Math.abs(nz)) * open;
    const back = 0.16 * (0.5 - 0.5 * nz);
    const bounce = back * (1 + sunRgb[1] * sun[2]);
    this.#lr = zenith[0] * (up + bounce) + horizon[0] * side;
    this.#lg = zenith[1] * (up + bounce) + horizon[1] * side;
    this.#lb = zenith[2] * (up + bounce) + horizon[2] * side;
    const sunward = this.#sunny ? nx * sun[0] + ny * sun[1] + nz * sun[2] : 0;
    if (sunward > 0) {
      const lit = sunward * this.#lit(bias + 0.05 * (1 - sunward));
      this.#lr += sunRgb[0] * lit;
      this.#lg += sunRgb[1] * lit;
      this.#lb += sunRgb[2] * lit;
    }
    for (const lamp of lamps) {
      const lx = lamp.at[0] - this.#x;
      const ly = lamp.at[1] - this.#y;
      const lz = lamp.at[2] - this.#z;
      const squared = lx * lx + ly * ly + lz * lz + 0.05;
      const away = Math.sqrt(squared);
      let strength = (0.15 + 0.85 * Math.max(0, (nx * lx + ny * ly + nz * lz) / away)) / squared;
      if (lamp.beam !== undefined) {
        const { towards, cosine } = lamp.beam;
        const along = -(lx * towards[0] + ly * towards[1] + lz * towards[2]) / away;
        if (along < cosine) continue;
        strength *= ((along - cosine) / (1 - cosine)) ** 1.5;
      } else if (lz < 0) continue;
      strength *= open;
      this.#lr += lamp.rgb[0] * strength;
      this.#lg += lamp.rgb[1] * strength;
      this.#lb += lamp.rgb[2] * strength;
    }
  }

  fog(): void {
    const { fog, horizon } = this.#light;
    // Less than a step of the finished picture.
    if (fog * this.#far < 0.004) return;
    const left = Math.exp(-fog * this.#far * this.#length);
    this.r = this.r * left + horizon[0] * (1 - left);
    this.g = this.g * left + horizon[1] * (1 - left);
    this.b = this.b * left + horizon[2] * (1 - left);
  }
}

/** Lamps are set lower by day than full beams at night; beside white paper in the sun they hardly show. */
const glowByDay = 1.3;
const glowByNight = 3;
/** Of the sky overhead. */
const dayFrom = 0.25;
