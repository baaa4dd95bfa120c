import type { Secrets } from "@gatehouse/shared/contracts/secrets";

/** Shorter ones are in every text by chance. */
const least = 4;

/** Every text of a daemon's secrets that opens something, or from which such a one could be guessed. */
export function secretTexts(secrets: Secrets): string[] {
  const signIns = [...Object.values(secrets.cameras), ...Object.values(secrets.devices)];
  return [
    ...Object.values(secrets.mqtt),
    ...Object.values(secrets.readers),
    ...Object.values(secrets.terminals),
    ...secrets.operators.map(({ pin }) => pin),
    ...signIns.map(({ password }) => password),
    ...Object.values(secrets.gateways).flatMap(({ api_key, callback_secrets }) => [
      api_key,
      ...callback_secrets,
    ]),
    ...(secrets.cloud_token === undefined ? [] : [secrets.cloud_token]),
  ].filter((text) => text.length >= least);
}
