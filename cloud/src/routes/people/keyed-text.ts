/** Stands between the parts; no id holds it. */
const between = "~";

/** What opens something: whose it is, which one, and the secret of which head office keeps only a hash. */
export interface KeyedText {
  readonly organisationId: string;
  readonly id: string;
  readonly secret: string;
}

/** A cookie, token or code that says itself where to look. */
export const keyedText = ({ organisationId, id, secret }: KeyedText): string =>
  [organisationId, id, secret].join(between);

/** @returns undefined for what is none */
export function readKeyedText(text: string | undefined): KeyedText | undefined {
  const [organisationId, id, secret, ...rest] = (text ?? "").split(between);
  if (!organisationId || !id || !secret || rest.length > 0) return undefined;
  return { organisationId, id, secret };
}
