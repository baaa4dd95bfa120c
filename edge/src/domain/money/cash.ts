import { credit, debit, type Entry, entry } from "./entry.ts";

/*
 * Cash that enters or leaves a drawer for another reason than a payment. `till` is the drawer's id.
 */

/**
 * The float that a shift begins with, beside what lay in the drawer already.
 *
 * @param added below zero: less was put in than the last shift left
 */
export const floatEntry = (till: string, added: number): Entry =>
  entry("float", [debit("drawer", till, added), credit("bank", null, added)]);

/** Taken out of the drawer into the safe. */
export const dropEntry = (till: string, minor: number): Entry =>
  entry("drop", [debit("cash-in-transit", till, minor), credit("drawer", till, minor)]);

/** Change that was brought. */
export const payInEntry = (till: string, minor: number): Entry =>
  entry("pay-in", [debit("drawer", till, minor), credit("bank", null, minor)]);

/** Something small that was bought. */
export const payOutEntry = (till: string, minor: number): Entry =>
  entry("pay-out", [debit("bank", null, minor), credit("drawer", till, minor)]);

/**
 * What was left on an account of stored value goes to its holder.
 *
 * @param till whose drawer pays it; undefined: it is transferred
 */
export const accountClosedEntry = (
  accountId: string,
  till: string | undefined,
  minor: number,
): Entry =>
  entry("account-closed", [
    debit("stored-value", accountId, minor),
    till === undefined ? credit("bank", null, minor) : credit("drawer", till, minor),
  ]);

/** @param difference counted less expected */
export const differenceEntry = (till: string, shiftId: string, difference: number): Entry =>
  entry("cash-difference", [
    debit("drawer", till, difference),
    credit("cash-difference", shiftId, difference),
  ]);

/** What a closed shift takes to the safe. */
export const takingsEntry = (till: string, minor: number): Entry =>
  entry("takings", [debit("cash-in-transit", till, minor), credit("drawer", till, minor)]);

/** Kinds of entry that begin and end a shift: its report tells them apart from what happened in it. */
export const endKinds: ReadonlySet<string> = new Set(["float", "cash-difference", "takings"]);
