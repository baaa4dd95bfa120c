import { Fault } from "@gatehouse/shared/fault";
import type { Credentials } from "@gatehouse/shared/sign-in";
import type { Instant } from "@gatehouse/shared/time";
import { SignedHttp } from "../wire/signed-http.ts";
import { failed, passed, type Probed } from "./probe-check.ts";

export interface CameraPlace {
  /** For a person, for example `exit-2 camera`. */
  readonly name: string;
  readonly url: string;
  /** A page that is only read. */
  readonly path: string;
  readonly credentials: Credentials | undefined;
  readonly newNonce: () => string;
  readonly now: Instant;
}

/** A plate's time further from ours than this is no longer believed at a lane, in seconds. */
const skewMaxS = 5;

/** A camera: whether it is there and lets us in, and what its clock says. One page is read. */
export async function probeCamera(place: CameraPlace): Promise<Probed> {
  const { name, url, path, credentials, newNonce, now } = place;
  const http = new SignedHttp({ url, credentials, newNonce });
  try {
    const answer = await http.open({ method: "GET", path });
    answer.destroy();
    const { statusCode = 0, headers } = answer;
    const isGood = statusCode >= 200 && statusCode < 300;
    const there = isGood
      ? passed(name, `${http.address} answers and lets us in`)
      : failed(
          name,
          `${http.address} says HTTP ${statusCode} to ${path}`,
          `npx gatehouse detect --network ${new URL(url).hostname}`,
        );
    return { checks: [there, ...clockChecks(name, headers.date, now)], notes: [] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { checks: [failed(name, error.message, error.hint)], notes: [] };
  }
}

function clockChecks(name: string, date: string | undefined, now: Instant) {
  const said = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(said)) return [];
  const skewS = Math.round((said - now) / 1000);
  const clock = `${name} clock`;
  if (Math.abs(skewS) <= skewMaxS) return [passed(clock, `within ${skewMaxS} s of ours`)];
  const way = skewS > 0 ? "before" : "behind";
  return [
    failed(
      clock,
      `${Math.abs(skewS)} s ${way} ours: its reads may count as too old to open`,
      "set NTP on the camera's page, to this machine or the one it asks: timedatectl",
    ),
  ];
}
