import { Fault } from "@gatehouse/shared/fault";
import type { HttpWire } from "../wire/http-wire.ts";
import { requireDone, requireGood } from "./camera-answer.ts";
import type { CameraCommandProfile, CameraContactProfile, CameraRequest } from "./gate-profile.ts";
import { textOf } from "./xml-text.ts";

type CameraProfile = CameraCommandProfile | CameraContactProfile;

/** One barrier, or one output, of a camera. Everything throws what the wire throws. */
export class CameraCommands {
  readonly make: string;
  readonly #wire: HttpWire;
  readonly #profile: CameraProfile;
  readonly #number: number;

  /** @param number as printed on the camera, from 1 */
  constructor(wire: HttpWire, profile: CameraProfile, number: number) {
    this.make = `${profile.make} ${number} at ${wire.address}`;
    this.#wire = wire;
    this.#profile = profile;
    this.#number = number;
  }

  get counters(): Readonly<Record<string, number>> {
    return this.#wire.counters;
  }

  /** Sends a command, once. @param handed called when it is first handed to the system */
  async command(request: CameraRequest, handed: () => void = () => {}): Promise<void> {
    let wasHanded = false;
    const tell = (): void => {
      if (!wasHanded) handed();
      wasHanded = true;
    };
    await this.#wire.ask({ ...this.#filled(request), handed: tell }, (answer) =>
      requireDone(this.#profile.answer, this.make, answer),
    );
  }

  /** Asks for a sign of life. */
  async greet(): Promise<void> {
    await this.#wire.ask(this.#filled(this.#profile.greeting), (answer) =>
      requireGood(this.make, answer),
    );
  }

  /** @returns the number in an element of the answer */
  async number(request: CameraRequest, element: string): Promise<number> {
    return await this.#wire.ask(this.#filled(request), (answer) => {
      requireGood(this.make, answer);
      const text = textOf(answer.body.toString("utf8"), element) ?? "";
      if (/^\d{1,6}$/.test(text)) return Number(text);
      throw new Fault("wire-noise", `${this.make}: no number in <${element}>`);
    });
  }

  #filled({ method, path, body }: CameraRequest) {
    const fill = (text: string): string =>
      text.replaceAll("{n}", `${this.#number}`).replaceAll("{n-1}", `${this.#number - 1}`);
    return {
      method,
      path: fill(path),
      ...(body !== undefined && { body: fill(body), contentType: "application/xml" }),
    };
  }
}
