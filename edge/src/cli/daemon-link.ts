import { jsonOf } from "@gatehouse/shared/json-text";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { ControlAnswer, type ControlRequest } from "@gatehouse/shared/contracts/control";

/** How long a daemon may think: an opening waits for its gate, a picture for its network to be loaded. */
const patienceMs = 45_000;
/** The longest answer: the devices of 10,000 spaces are about 3 MB. */
const answerMax = 16 * 1024 * 1024;

export type Heard =
  | { readonly kind: "answer"; readonly answer: ControlAnswer }
  | { readonly kind: "unreachable"; readonly why: string };

/**
 * Finds the control socket of a data folder: the daemon's own folder, or the one that `npm start` lays out, where
 * the daemon's lies in `edge`.
 *
 * @returns undefined when no daemon has left one there
 */
export function findSocket(dataDir: string): string | undefined {
  for (const folder of [resolve(dataDir), resolve(dataDir, "edge")]) {
    const record = join(folder, "control-socket");
    if (existsSync(record)) return readFileSync(record, "utf8").trim();
    const socket = join(folder, "control.sock");
    if (existsSync(socket)) return socket;
  }
  return undefined;
}

/**
 * Whether a daemon serves a data folder. One that does not answer in words still does: it has the wires.
 */
export function isServed(dataDir: string): Promise<boolean> {
  const path = findSocket(dataDir);
  if (path === undefined) return Promise.resolve(false);
  return new Promise((resolved) => {
    const socket = connect(path, () => end(true));
    const end = (answer: boolean): void => {
      socket.destroy();
      resolved(answer);
    };
    socket.on("error", (error) => {
      const code = "code" in error ? error.code : undefined;
      end(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}

/** Asks the daemon of a data folder one thing. */
export function askDaemon(dataDir: string, request: ControlRequest): Promise<Heard> {
  const path = findSocket(dataDir);
  if (path === undefined) {
    return Promise.resolve({ kind: "unreachable", why: `No daemon runs on ${resolve(dataDir)}.` });
  }
  return new Promise((resolved) => {
    const give = (why: string): void => {
      socket.destroy();
      resolved({ kind: "unreachable", why });
    };
    let received = "";
    const socket = connect(path, () => socket.write(`${JSON.stringify(request)}\n`));
    socket.setEncoding("utf8");
    socket.setTimeout(patienceMs, () => give("The daemon does not answer: it may hang."));
    socket.on("error", (error) => give(refusalOf(error, dataDir)));
    socket.on("close", () => give("The daemon closed the connection without an answer."));
    socket.on("data", (chunk: string) => {
      received += chunk;
      const end = received.indexOf("\n");
      if (end >= 0) {
        socket.destroy();
        resolved(answerOf(received.slice(0, end)));
      } else if (received.length > answerMax) give("The daemon's answer is too long to be one.");
    });
  });
}

function refusalOf(error: Error, dataDir: string): string {
  const code = "code" in error ? error.code : undefined;
  const folder = resolve(dataDir);
  if (code === "ECONNREFUSED" || code === "ENOENT") return `The daemon on ${folder} has ended.`;
  if (code === "EACCES") return `The daemon on ${folder} belongs to another user.`;
  return `The daemon on ${folder} cannot be reached: ${error.message}`;
}

function answerOf(line: string): Heard {
  const answer = ControlAnswer.safeParse(jsonOf(line));
  if (answer.success) return { kind: "answer", answer: answer.data };
  return { kind: "unreachable", why: "The daemon speaks another version: restart it." };
}
