import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf, LoopbackHttp } from "./loopback-http.ts";
import { SignInGuard, type SignInGuardOptions } from "./sign-in-guard.ts";

/**
 * `silent`: takes the connection and says nothing; `garbage`: answers 200 with nonsense; `lost-answer`: does what it is
 * asked, then cuts the connection; `cut`: cuts it before doing anything.
 */
export type CameraServerFault = "none" | "silent" | "garbage" | "lost-answer" | "cut";

/** @returns whether the page is one of its own */
export type CameraPage = (
  url: URL,
  body: string,
  response: ServerResponse,
  request: IncomingMessage,
) => boolean;

/** The HTTP server inside a camera: its sign-in, its faults, and pages that a make adds. */
export class CameraServer extends LoopbackHttp {
  readonly name = "camera server";
  readonly guard: SignInGuard;
  readonly #pages: CameraPage;
  #fault: CameraServerFault = "none";
  #faultFor = 0;

  constructor(pages: CameraPage, signIn: SignInGuardOptions = {}) {
    super();
    this.guard = new SignInGuard(signIn);
    this.#pages = pages;
  }

  /** @param requests so many meet it; left out: all */
  setFault(fault: CameraServerFault, requests = Number.POSITIVE_INFINITY): void {
    this.#fault = fault;
    this.#faultFor = requests;
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => response.destroy());
    const body = await bodyOf(request);
    const challenge = this.guard.challengeFor(request);
    if (challenge !== undefined) {
      response.writeHead(401, { "www-authenticate": challenge }).end();
      return;
    }
    const fault = this.#takeFault();
    if (fault === "silent") return;
    if (fault === "cut") {
      response.destroy();
      return;
    }
    if (fault === "garbage") {
      response.end("\u0000<<<Plates]]}\r\nrecords[=\r\n");
      return;
    }
    const url = new URL(request.url ?? "/", "http://camera");
    // What the page says goes nowhere when the answer is to be lost.
    const heard = fault === "lost-answer" ? unheard(response) : response;
    if (!this.#pages(url, body, heard, request)) {
      response.writeHead(404).end("Error\r\n");
    }
    if (fault === "lost-answer") response.destroy();
  }

  #takeFault(): CameraServerFault {
    if (this.#faultFor <= 0) return "none";
    this.#faultFor -= 1;
    return this.#fault;
  }
}

/** Takes the calls of a response, and sends nothing. */
function unheard(response: ServerResponse): ServerResponse {
  const deaf: ServerResponse = Object.create(response) as ServerResponse;
  deaf.writeHead = () => deaf;
  deaf.end = () => deaf;
  return deaf;
}
