import { randomBytes } from "node:crypto";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { type Credentials, SignIn } from "@gatehouse/shared/sign-in";
import type { RefusedPicture } from "../picture.ts";

/** Until a camera's answer begins. A camera on the same site needs a tenth of it. */
const patienceMs = 5000;

/** A new connection each time would cost a camera's small processor more than the picture. */
const agents = {
  "http:": new http.Agent({ keepAlive: true, maxSockets: 4 }),
  "https:": new https.Agent({ keepAlive: true, maxSockets: 4 }),
};

const mostErrorBytes = 64 * 1024;

/** One unsigned, one signed with the newest challenge. */
const mostTries = 2;

export interface CameraRequest {
  readonly url: URL;
  readonly signIn: SignIn;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends the request and the reading of its answer. */
  readonly signal: AbortSignal;
}

/**
 * Asks a camera's HTTP server, signing in where it wants that.
 *
 * @returns its answer, 200 or 304, of which nothing has been read; or why there is none. A redirect is not
 *   followed: the credentials belong to the address that was configured
 */
export async function askCamera(request: CameraRequest): Promise<IncomingMessage | RefusedPicture> {
  try {
    const { signIn } = request;
    let authorization = signIn.authorise(targetOf(request));
    let answer = await send(request, authorization);
    for (let tries = 1; answer.statusCode === 401; tries += 1) {
      discard(answer);
      const mayTry = signIn.learn(challengesOf(answer), authorization !== undefined);
      if (!mayTry || tries === mostTries) return refused("sign_in_refused", refusalText(request));
      authorization = signIn.authorise(targetOf(request));
      answer = await send(request, authorization);
    }
    const { statusCode = 0, headers } = answer;
    if (statusCode === 200 || statusCode === 304) return answer;
    discard(answer);
    const status = `${where(request)} answers ${statusCode}`;
    if (statusCode === 403) return refused("sign_in_refused", status);
    const moved = headers.location;
    return refused(
      "unreachable",
      moved === undefined ? status : `${status} and points to ${moved}: write that address`,
    );
  } catch (error) {
    return refused("unreachable", `${where(request)}: ${whyOf(error)}`);
  }
}

/** Signs in with what `secrets.json` has for the camera. */
export const signInAs = (credentials: Credentials | undefined): SignIn =>
  new SignIn(credentials, () => randomBytes(16).toString("hex"));

/** A name for logs and pages: an address without what signs in. */
export const where = ({ url }: Pick<CameraRequest, "url">): string =>
  `${url.protocol}//${url.host}${url.pathname}`;

/** Node wraps what all of a name's addresses said. */
export function whyOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return whyOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** As on the request's first line. */
const targetOf = ({ url }: CameraRequest): string => `${url.pathname}${url.search}`;

function send(request: CameraRequest, authorization: string | undefined): Promise<IncomingMessage> {
  const { url, signal } = request;
  const isPlain = url.protocol === "http:";
  const headers = {
    ...request.headers,
    "accept-encoding": "identity",
    ...(authorization === undefined ? {} : { authorization }),
  };
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    target.username = "";
    target.password = "";
    const options = { headers, signal, agent: agents[isPlain ? "http:" : "https:"] };
    const asked = isPlain ? http.get(target, options) : https.get(target, options);
    const patience = setTimeout(
      () => asked.destroy(new Error(`no answer within ${patienceMs / 1000} s`)),
      patienceMs,
    );
    asked.on("response", (answer) => {
      clearTimeout(patience);
      resolve(answer);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(patience);
      // A kept connection may have been closed by the camera the moment we used it: that says nothing about it.
      if (asked.reusedSocket && error.code === "ECONNRESET" && !signal.aborted) {
        send(request, authorization).then(resolve, reject);
      } else reject(error);
    });
  });
}

/** A connection is given back only when its answer has been read; an error page without end is cut off. */
function discard(answer: IncomingMessage): void {
  let length = 0;
  answer.on("error", () => {});
  answer.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > mostErrorBytes) answer.destroy();
  });
}

const challengesOf = ({ headersDistinct }: IncomingMessage): string | undefined =>
  headersDistinct["www-authenticate"]?.join(", ");

const refusalText = (request: CameraRequest): string =>
  request.signIn.hasCredentials
    ? `${where(request)} does not accept the user and password of secrets.json`
    : `${where(request)} wants a user and a password: write them into secrets.json under cameras`;

const refused = (reason: RefusedPicture["reason"], detail: string): RefusedPicture => ({
  kind: "refused",
  reason,
  detail,
});
