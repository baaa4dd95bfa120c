import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Part } from "@gatehouse/shared/part";
import type { PictureFault } from "./view-orders.ts";

/** `frozen`: the last picture again and again; `silent`: accepts and never answers; `truncated`: half a file. */
export type CameraFault = "none" | "frozen" | "silent" | "truncated" | PictureFault;

export interface PictureCameraOptions {
  readonly name: string;
  /** On the loopback interface; 0: any free one. */
  readonly port: number;
  /** Missing: nobody has to sign in. */
  readonly signIn?: { readonly user: string; readonly password: string };
  readonly pictures: {
    open(): void;
    jpeg(fault?: PictureFault): Promise<Buffer>;
    close(): Promise<void>;
  };
}

/** A picture is drawn at most so often, whoever asks. In real milliseconds. */
const drawnEveryMs = 90;
/** Pace of the stream. */
const streamEveryMs = 200;
const boundary = "gatehouse-picture";

/**
 * A network camera: `GET /snapshot.jpg` and `GET /stream.mjpg` (multipart/x-mixed-replace), behind HTTP Basic
 * authentication.
 */
export class PictureCamera implements Part {
  readonly name: string;
  readonly #options: PictureCameraOptions;
  readonly #server: Server;
  #fault: CameraFault = "none";
  #last: { readonly at: number; readonly jpeg: Promise<Buffer> } | undefined;
  #served = 0;

  constructor(options: PictureCameraOptions) {
    this.name = options.name;
    this.#options = options;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Pictures that left the camera, whole or not. */
  get served(): number {
    return this.#served;
  }

  /** Where it listens, once started. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : this.#options.port;
  }

  setFault(fault: CameraFault): void {
    this.#fault = fault;
    if (fault !== "frozen") this.#last = undefined;
  }

  async start(): Promise<void> {
    this.#options.pictures.open();
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#options.port, "127.0.0.1", resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await this.#options.pictures.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => response.destroy());
    if (this.#fault === "silent") return;
    if (!this.#isKnown(request)) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="camera"' }).end();
      return;
    }
    if (request.method !== "GET") {
      response.writeHead(405, { allow: "GET" }).end();
      return;
    }
    try {
      const path = request.url?.split("?")[0];
      if (path === "/snapshot.jpg") await this.#snapshot(response);
      else if (path === "/stream.mjpg") await this.#stream(response);
      else response.writeHead(404).end();
    } catch (error) {
      // The simulator ends when a picture cannot be drawn: that is a bug of ours, not a camera's trouble.
      response.destroy();
      throw error;
    }
  }

  #isKnown({ headers }: IncomingMessage): boolean {
    const { signIn } = this.#options;
    if (signIn === undefined) return true;
    const wanted = Buffer.from(`${signIn.user}:${signIn.password}`).toString("base64");
    return headers.authorization === `Basic ${wanted}`;
  }

  async #snapshot(response: ServerResponse): Promise<void> {
    const jpeg = await this.#picture();
    response
      .writeHead(200, {
        "content-type": "image/jpeg",
        "content-length": jpeg.length,
        "cache-control": "no-store",
      })
      .end(jpeg);
  }

  async #stream(response: ServerResponse): Promise<void> {
    response.writeHead(200, {
      "content-type": `multipart/x-mixed-replace; boundary=${boundary}`,
      "cache-control": "no-store",
    });
    while (!response.destroyed) {
      if (this.#fault !== "silent" && !response.writableNeedDrain) {
        const jpeg = await this.#picture();
        const head = `--${boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
        response.write(Buffer.concat([Buffer.from(head), jpeg, Buffer.from("\r\n")]));
      }
      await new Promise((resolve) => setTimeout(resolve, streamEveryMs));
    }
  }

  async #picture(): Promise<Buffer> {
    this.#served++;
    const fault = this.#fault;
    const isFresh = this.#last !== undefined && performance.now() - this.#last.at < drawnEveryMs;
    const isKept = this.#last !== undefined && (isFresh || fault === "frozen");
    if (!isKept) {
      const drawn = fault === "black" || fault === "covered" || fault === "out-of-focus";
      const jpeg = this.#options.pictures.jpeg(drawn ? fault : undefined);
      this.#last = { at: performance.now(), jpeg };
    }
    const jpeg = await (this.#last?.jpeg ?? Promise.reject(new Error("no picture drawn")));
    return fault === "truncated" ? jpeg.subarray(0, jpeg.length >> 1) : jpeg;
  }
}
