import type { Vehicle } from "./fleet.ts";
import type { Lamp } from "./light.ts";
import { onGround, type Place } from "./vector.ts";

/** Two dipped beams from the front of a vehicle. */
export function headlights(vehicle: Vehicle, place: Place): Lamp[] {
  const [x, y] = [Math.cos(place.turn), Math.sin(place.turn)];
  return [-0.6, 0.6].map((side) => ({
    at: [...onGround(place, [vehicle.length / 2 + 0.1, side]), 0.65],
    rgb: [9, 8.6, 7.6],
    beam: { towards: [x * 0.992, y * 0.992, -0.12], cosine: 0.9 },
  }));
}
