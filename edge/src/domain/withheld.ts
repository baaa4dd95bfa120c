import { withoutCardNumbers } from "@gatehouse/shared/card-numbers";

/** What stands where something is left out. */
const mark = "[withheld]";
/** Names under which something stands that opens something, or proves who somebody is. */
const secretName =
  /(^|_)(pin|password|passwd|secret|token|key|signature|authorization|credential|cookie)s?(_|$)/i;
/** Who signs in, in an address: "rtsp://user:password@host". */
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi;
/** What is handed over in an address's question under such a name. */
const question = /([?&][\w-]*(?:token|key|secret|password|sig)[\w-]*=)[^&\s"']+/gi;
/** What follows such a name in words: "Bearer abc", "password=abc". */
const told = /\b(bearer|token|password|passwd|secret|pin)([\s:=]+)[^\s"',;]+/gi;

/**
 * A value as it may leave the house: what stands under a name of something secret, what signs in, known secrets and
 * card numbers are withheld.
 *
 * @param secrets texts that must not be in it, wherever they stand
 */
export function withheld(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return textWithheld(value, secrets);
  if (Array.isArray(value)) return value.map((each) => withheld(each, secrets));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      textWithheld(name, secrets),
      secretName.test(name) && (typeof each === "string" || typeof each === "number")
        ? mark
        : withheld(each, secrets),
    ]),
  );
}

/** A line of JSON is looked at by its names too. */
export function lineWithheld(line: string, secrets: readonly string[]): string {
  try {
    return JSON.stringify(withheld(JSON.parse(line), secrets));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return textWithheld(line, secrets);
  }
}

function textWithheld(text: string, secrets: readonly string[]): string {
  let clean = text
    .replace(userInfo, `$1${mark}@`)
    .replace(question, `$1${mark}`)
    .replace(told, `$1$2${mark}`);
  for (const secret of secrets) clean = clean.replaceAll(secret, mark);
  return withoutCardNumbers(clean);
}
