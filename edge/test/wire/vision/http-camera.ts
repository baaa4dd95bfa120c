import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A camera's HTTP server on loopback that does what a test tells it, and remembers who came. */
export class HttpCamera {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly requests: IncomingMessage[] = [];
  /** Connections so far: a camera that is asked again in the same one has one. */
  connections = 0;

  constructor(answer: Answer) {
    this.#server = createServer((request, response) => {
      this.requests.push(request);
      answer(request, response);
    });
    this.#server.on("connection", (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  /** @returns the camera's address */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/snapshot.jpg?channel=1`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }
}

/** Wants a Digest (RFC 7616) with MD5 or SHA-256 and a nonce that serves `uses` times. */
export function digestDoor(
  account: { user: string; password: string },
  inside: Answer,
  { hash = "sha256", uses = 3 }: { hash?: "md5" | "sha256"; uses?: number } = {},
): Answer {
  const algorithm = hash === "md5" ? "MD5" : "SHA-256";
  const of = (text: string): string => createHash(hash).update(text).digest("hex");
  let [nonce, left] = [0, 0];
  return (request, response) => {
    const header = request.headers.authorization ?? "";
    const field = (key: string): string =>
      new RegExp(`\\b${key}="?([^",]*)`).exec(header)?.[1] ?? "";
    const secret = of(`${account.user}:cam:${account.password}`);
    const asked = of(`GET:${request.url}`);
    const parts = [secret, `n${nonce}`, field("nc"), field("cnonce"), "auth", asked];
    const isRight = field("response") === of(parts.join(":")) && field("username") === account.user;
    left -= 1;
    if (isRight && left >= 0) return inside(request, response);
    nonce += 1;
    left = uses;
    const stale = isRight ? ", stale=true" : "";
    response.writeHead(401, {
      "www-authenticate": `Digest realm="cam", qop="auth", algorithm=${algorithm}, nonce="n${nonce}"${stale}`,
    });
    response.end("sign in");
  };
}
