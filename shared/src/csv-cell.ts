const formula = /^[=+\-@\t\r]/;

/** A text that a spreadsheet would take for a formula, marked as text by an apostrophe; any other as it is. */
export const safeText = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Takes away the mark that `safeText` sets. */
export const unmarkedText = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;

/**
 * A cell of a CSV (RFC 4180), quoted where it must be.
 *
 * @param special what must not stand unquoted: the separators and the ends of lines
 */
export const quotedCell = (text: string, special = /[",\r\n]/): string =>
  special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
