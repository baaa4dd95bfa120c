import { type VehicleClass, vehicleNamed } from "@gatehouse/shared/vehicle";
import type { Box } from "./geometry.ts";

/** A vehicle that a detector sees, in pixels of the picture. */
export interface Detection extends Box {
  readonly vehicle: VehicleClass;
  /** 0–1, as the detector scores it. */
  readonly score: number;
}

/** Which of a detector's classes are vehicles. */
export interface Classes {
  /** How many it tells apart, counted from 0. */
  readonly count: number;
  readonly vehicles: readonly (readonly [index: number, vehicle: VehicleClass])[];
}

/** What a detector without a card tells apart: the classes of COCO. */
export const cocoClasses: Classes = {
  count: 80,
  vehicles: [
    [1, "bicycle"],
    [2, "car"],
    [3, "motorcycle"],
    [5, "bus"],
    [7, "truck"],
  ],
};

/**
 * What a card's class names mean here. A vehicle that we have no word for is `unknown` and fills a space like any
 * other; what is no vehicle (a person, a dog) is not looked at.
 */
export function classesNamed(names: readonly string[]): Classes {
  const vehicles = names.flatMap((name, index) => {
    const vehicle = vehicleNamed(name);
    return vehicle === undefined ? [] : [[index, vehicle] as const];
  });
  return { count: names.length, vehicles };
}

/** Whether such a vehicle makes a space occupied: a bicycle leaves it free. */
export const fillsSpace = ({ vehicle }: Detection): boolean => vehicle !== "bicycle";
