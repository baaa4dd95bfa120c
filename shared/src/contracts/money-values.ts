import { z } from "zod";

/*
 * Values that the contracts of money are made of.
 */

/** Whole minor units of the facility's currency. */
export const minor = z.number().int().nonnegative().max(100_000_000);
/** More than nothing. */
export const amount = minor.min(1);
export const id = z.string().min(1).max(64);
/** Made for the press: the same one again is the same act. */
export const requestId = z.string().min(8).max(64);
/** Why somebody does it. */
export const reason = z.string().trim().min(1, "say why").max(200);
export const instant = z.iso.datetime();
/** As a person writes it: gaps and dashes go, small letters become capitals. */
export const writtenPlate = z.string().trim().min(1).max(20);
