/** An honest callback has some ten kilobytes. */
export const callbackMax = 64 * 1024;
/** A gateway tries for days to bring one; what a facility does not fetch by then it must ask for itself. */
export const callbackDays = 3;
/** So many that no facility has fetched fill its mailbox. */
export const waitingMax = 500;

const headersMax = 10;
const longestHeader = 1000;

/**
 * The headers that a signature may stand in: those of the gateways that facilities know, and of others that follow the
 * Standard Webhooks specification (`webhook-id`, `webhook-timestamp`, `webhook-signature`).
 *
 * @param headers names in lower case
 * @returns at most ten; one that is longer than any signature is left out
 */
export function signingHeaders(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(
    ([name, value]) =>
      (name === "content-type" || name.startsWith("webhook-") || name.includes("signature")) &&
      value.length <= longestHeader,
  );
  return Object.fromEntries(kept.slice(0, headersMax));
}
