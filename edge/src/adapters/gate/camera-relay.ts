import type { CameraCommands } from "./camera-commands.ts";
import type { CameraContactProfile } from "./gate-profile.ts";
import type { Relay } from "./relay.ts";

/** A camera's output, switched over HTTP. Whether its contact is closed cannot be asked. */
export class CameraRelay implements Relay {
  readonly timesItself = false;
  readonly echoes = true;
  readonly #camera: CameraCommands;
  readonly #commands: CameraContactProfile["commands"];

  constructor(camera: CameraCommands, { commands }: CameraContactProfile) {
    this.#camera = camera;
    this.#commands = commands;
  }

  get make(): string {
    return this.#camera.make;
  }

  get counters(): Readonly<Record<string, number>> {
    return this.#camera.counters;
  }

  async prepare(): Promise<void> {}

  forget(): void {}

  close(handed: () => void): Promise<void> {
    return this.#camera.command(this.#commands.on, handed);
  }

  latch(handed: () => void): Promise<void> {
    return this.close(handed);
  }

  release(): Promise<void> {
    return this.#camera.command(this.#commands.off);
  }

  greet(): Promise<void> {
    return this.#camera.greet();
  }
}
