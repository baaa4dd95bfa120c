import { type Declared, namesOf } from "../family.ts";
import { cellPlanes } from "./corner-cells.ts";
import { y5fuColumns } from "./y5fu.ts";

/** What a plate detector's inputs and outputs look like, which says how to feed and read it. */
export type LocatorFamily =
  | { readonly kind: "corners"; readonly input: string; readonly output: string }
  | {
      readonly kind: "y5fu";
      readonly input: string;
      readonly output: string;
      readonly width: number;
      readonly height: number;
    };

/** @returns what was seen instead, when the model is of no family we can read */
export function locatorFamilyOf(
  inputs: readonly Declared[],
  outputs: readonly Declared[],
): LocatorFamily | string {
  const [input] = inputs;
  const [output] = outputs;
  const seen = `inputs ${namesOf(inputs)}; outputs ${namesOf(outputs)}`;
  if (input === undefined || output === undefined || inputs.length + outputs.length !== 2) {
    return `one input and one output are wanted: ${seen}`;
  }
  const [, channels, height, width] = input.shape;
  const names = { input: input.name, output: output.name };
  if (channels === 1 && output.shape[1] === cellPlanes) return { kind: "corners", ...names };
  const isFixed = typeof width === "number" && typeof height === "number";
  if (channels === 3 && isFixed && output.shape[2] === y5fuColumns) {
    return { kind: "y5fu", ...names, width, height };
  }
  return `neither grey[1,1,h,w] to [1,${cellPlanes},h,w] nor [1,3,h,w] to [1,n,${y5fuColumns}]: ${seen}`;
}
