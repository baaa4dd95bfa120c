import type { SeenPlate } from "../hardware.ts";
import { CameraServer } from "./camera-server.ts";
import type { SignInGuardOptions } from "./sign-in-guard.ts";

/** A LILIN plate camera: its log, newest first. */
export class LilinCamera {
  readonly server: CameraServer;
  readonly #entries: object[] = [];

  constructor(signIn: SignInGuardOptions = {}) {
    this.server = new CameraServer((url, _body, response) => {
      if (url.pathname !== "/get_search_info" || url.searchParams.get("list") !== "log")
        return false;
      const entries = this.#entries.map((entry, index) => ({ INDEX: index + 1, ...entry }));
      response.end(JSON.stringify({ LPR_COUNT: entries.length, INFORMATION: entries }));
      return true;
    }, signIn);
  }

  see({ rawPlate, confidence, at }: SeenPlate): void {
    this.#entries.unshift({
      TS: `${at}${String(this.#entries.length % 1000).padStart(3, "0")}`,
      CAR_ID: String(this.#entries.length),
      LPR: rawPlate,
      ACT_PARAM: "allowed",
      THRESHOLD: String(confidence),
      COUNTRY: "DEU",
    });
  }
}
