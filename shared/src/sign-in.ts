import { createHash } from "node:crypto";

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** One way that a server offers to sign in, as `WWW-Authenticate` names it. */
interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** How Digest names its hashes (RFC 7616, 3.3), the best first. */
const hashes = [
  ["sha-512-256", "sha512-256"],
  ["sha-256", "sha256"],
  ["md5", "md5"],
] as const;

/**
 * Signs in at a camera's HTTP server: Digest (RFC 7616 and the older RFC 2617) where it is offered, Basic where
 * nothing else is. Nothing is sent before the server has asked.
 */
export class SignIn {
  readonly #credentials: Credentials | undefined;
  readonly #newNonce: () => string;
  #challenge: Challenge | undefined;
  /** How often the present nonce was used. */
  #uses = 0;

  /** @param newNonce what makes each answer another one */
  constructor(credentials: Credentials | undefined, newNonce: () => string) {
    this.#credentials = credentials;
    this.#newNonce = newNonce;
  }

  get hasCredentials(): boolean {
    return this.#credentials !== undefined;
  }

  /**
   * Takes the `WWW-Authenticate` of a 401.
   *
   * @param isAnswer whether the request that was refused had already signed in
   * @returns whether another try makes sense: there is a challenge that we can meet, and not the one just failed
   */
  learn(header: string | undefined, isAnswer: boolean): boolean {
    this.#challenge = bestOf(challengesIn(header ?? ""));
    this.#uses = 0;
    if (this.#credentials === undefined || this.#challenge === undefined) return false;
    // A Digest that was refused may only have been old: nonces run out. The caller bounds the tries.
    return this.#challenge.scheme === "digest" || !isAnswer;
  }

  /**
   * @param path the request's target, as on its first line
   * @returns the request's `Authorization`, once a challenge is known
   */
  authorise(path: string, method = "GET"): string | undefined {
    const [credentials, challenge] = [this.#credentials, this.#challenge];
    if (credentials === undefined || challenge === undefined) return undefined;
    const { user, password } = credentials;
    if (challenge.scheme === "basic") {
      return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    }
    this.#uses += 1;
    const count = this.#uses.toString(16).padStart(8, "0");
    return digest(challenge, credentials, `${method}:${path}`, path, count, this.#newNonce());
  }
}

/** RFC 7616, 3.4. @param asked the method and the target, joined by a colon */
function digest(
  { parameters }: Challenge,
  { user, password }: Credentials,
  asked: string,
  path: string,
  count: string,
  clientNonce: string,
): string {
  const [realm, nonce] = [parameters.get("realm") ?? "", parameters.get("nonce") ?? ""];
  const { hash, isSession } = algorithmOf(parameters) ?? { hash: "md5", isSession: false };
  const of = (text: string): string => createHash(hash).update(text).digest("hex");
  const plain = of(`${user}:${realm}:${password}`);
  const secret = isSession ? of(`${plain}:${nonce}:${clientNonce}`) : plain;
  const request = of(asked);
  const hasQuality = offersAuth(parameters);
  const response = hasQuality
    ? of(`${secret}:${nonce}:${count}:${clientNonce}:auth:${request}`)
    : of(`${secret}:${nonce}:${request}`);
  const fields = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(path)}`,
    `response="${response}"`,
    ...field("algorithm", parameters.get("algorithm"), false),
    ...field("opaque", parameters.get("opaque"), true),
    ...(hasQuality ? [`qop=auth`, `nc=${count}`] : []),
    ...(hasQuality || isSession ? [`cnonce="${clientNonce}"`] : []),
  ];
  return `Digest ${fields.join(", ")}`;
}

const field = (key: string, value: string | undefined, isQuoted: boolean): string[] =>
  value === undefined ? [] : [`${key}=${isQuoted ? quoted(value) : value}`];

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

function algorithmOf(parameters: Challenge["parameters"]) {
  const name = (parameters.get("algorithm") ?? "MD5").toLowerCase();
  const isSession = name.endsWith("-sess");
  const known = hashes.find(([each]) => each === (isSession ? name.slice(0, -5) : name));
  return known === undefined ? undefined : { hash: known[1], isSession };
}

const offersAuth = (parameters: Challenge["parameters"]): boolean =>
  /(^|[,\s])auth($|[,\s])/i.test(parameters.get("qop") ?? "");

/** Digest before Basic, the better hash first; a quality that we cannot give (`auth-int` alone) is none. */
function bestOf(challenges: readonly Challenge[]): Challenge | undefined {
  const digests = challenges.filter(
    ({ scheme, parameters }) =>
      scheme === "digest" && (!parameters.has("qop") || offersAuth(parameters)),
  );
  for (const [, hash] of hashes) {
    const best = digests.find(({ parameters }) => algorithmOf(parameters)?.hash === hash);
    if (best !== undefined) return best;
  }
  return challenges.find(({ scheme }) => scheme === "basic");
}

/** One or more challenges, each a scheme and its parameters, all joined by commas (RFC 9110, 11.6.1). */
function challengesIn(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const piece =
    /(?:^|[\s,])([a-z]+)\s+(?=[a-z]+\s*=)|([a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi;
  for (const [, scheme, key, text, token] of header.matchAll(piece)) {
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    } else if (key !== undefined) {
      const value = text?.replaceAll(/\\(.)/g, "$1") ?? token ?? "";
      challenges.at(-1)?.parameters.set(key.toLowerCase(), value);
    }
  }
  return challenges;
}
