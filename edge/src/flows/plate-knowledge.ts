import { lessonOf } from "../domain/plate-confusions.ts";
import type { Reader, Tx } from "../store/book.ts";
import { countConfusion, isNamedPlate } from "../store/plates.ts";
import { findInsideByPlate } from "../store/sessions.ts";

/** A person has said what a camera's plate truly is: the characters that it took for others count against it. */
export function learnFrom(tx: Tx, readerId: string, read: string, truth: string): void {
  for (const [sign, meant] of lessonOf(read, truth)) countConfusion(tx, readerId, sign, meant);
}

/** Whether somebody knows this very plate: it is written down somewhere, or its vehicle is inside. */
export const isKnownPlate = (reader: Reader, plate: string): boolean =>
  isNamedPlate(reader, plate) || findInsideByPlate(reader, plate).length > 0;
