/** Whose stay is asked about: what a plate's or a ticket's number is to the daemon. */
export type Whose = { readonly plate: string } | { readonly ticket: string };

/** @param written by a driver; a ticket's number is of digits alone, and longer than any plate of digits */
export function whoseOf(written: string): Whose {
  const text = written.trim();
  return /^\d{7,11}$/.test(text.replaceAll(/[\s-]/g, "")) ? { ticket: text } : { plate: text };
}
