import { createHmac } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the receiver does with a request: an answer, or nothing at all. */
export type Behaviour = (received: Received, response: ServerResponse) => void;

export const answers =
  (status: number, text = "", headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(text);
  };

/** Somebody's own server that head office tells things. */
export class Receiver {
  readonly received: Received[] = [];
  behaviour: Behaviour = answers(200, "thanks");
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (chunk: string) => (body += chunk));
      request.on("end", () => {
        const received = { path: request.url ?? "", headers: request.headers, body };
        this.received.push(received);
        this.behaviour(received, response);
      });
    });
  }

  listen(): Promise<this> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(this)));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The events it was told, each as `event subject`, in the order of their arrival. */
  get told(): string[] {
    return this.received.map(({ headers }) => String(headers["gatehouse-event"]));
  }

  get ids(): string[] {
    return this.received.map(({ headers }) => String(headers["gatehouse-delivery"]));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** As docs/webhooks.md tells a receiver to check. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const header = String(headers["gatehouse-signature"]);
  const t = /(?:^|,)t=(\d+)/.exec(header)?.[1] ?? "";
  const mac = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return header.split(",").includes(`v1=${mac}`);
}
