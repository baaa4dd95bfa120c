import type { Instant } from "@gatehouse/shared/time";
import type { Vec3 } from "./vector.ts";

/** Where the sun stands: radians over the horizon, and the unit vector towards it (x east, y north, z up). */
export interface SunPosition {
  readonly height: number;
  readonly towards: Vec3;
}

/** Degrees, north and east positive. */
export interface Site {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * The sun's position to about a degree (Cooper's declination, Spencer's equation of time; see Duffie and Beckman,
 * Solar Engineering of Thermal Processes, chapter 1). Refraction is left out.
 */
export function sunOver({ latitude, longitude }: Site, at: Instant): SunPosition {
  const dayLength = 86_400_000;
  const date = new Date(at);
  const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Math.floor((at - yearStart) / dayLength) + 1;
  const declination = radians(23.45) * Math.sin((2 * Math.PI * (284 + day)) / 365);
  const b = (2 * Math.PI * (day - 1)) / 365;
  const equationMinutes =
    229.2 *
    (0.000075 +
      0.001868 * Math.cos(b) -
      0.032077 * Math.sin(b) -
      0.014615 * Math.cos(2 * b) -
      0.04089 * Math.sin(2 * b));
  const utcHours = ((at - yearStart) % dayLength) / 3_600_000;
  const solarHours = utcHours + longitude / 15 + equationMinutes / 60;
  const hour = radians(15 * (solarHours - 12));
  const north = radians(latitude);
  const up =
    Math.sin(north) * Math.sin(declination) +
    Math.cos(north) * Math.cos(declination) * Math.cos(hour);
  const west = Math.cos(declination) * Math.sin(hour);
  const south =
    Math.sin(north) * Math.cos(declination) * Math.cos(hour) -
    Math.cos(north) * Math.sin(declination);
  return { height: Math.asin(Math.max(-1, Math.min(1, up))), towards: [-west, -south, up] };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
