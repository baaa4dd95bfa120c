import { setTimeout as sleep } from "node:timers/promises";
import { CalibrationState } from "@gatehouse/shared/contracts/camera-setup";
import type { KioskFeed } from "./kiosk-feed.ts";

/** Learning from one picture takes seconds; a busy machine gets so long. */
const learntWithinMs = 45_000;

/**
 * Shows the daemon one picture of the lot without cars, as a technician does on the setup page. What comes of it is
 * the daemon's matter: a picture that it refuses changes nothing.
 *
 * @param picture address of the camera's present picture
 * @returns how the calibration ended, in words; undefined when it did not end in time
 */
export async function learnEmptyLot(
  feed: KioskFeed,
  cameraId: string,
  picture: string,
  signIn: { readonly user: string; readonly password: string } | undefined,
): Promise<string | undefined> {
  const { user, password } = signIn ?? { user: "", password: "" };
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const seen = await fetch(picture, { headers: { authorization } });
  if (!seen.ok) return `the camera answered ${seen.status}`;
  const begun = await feed.ask(`/api/cameras/${cameraId}/calibrate`, {
    method: "POST",
    headers: { "content-type": "image/jpeg" },
    body: await seen.arrayBuffer(),
  });
  if (!begun.ok) return `the daemon answered ${begun.status}`;
  const deadline = Date.now() + learntWithinMs;
  while (Date.now() < deadline) {
    const answer = await feed.ask(`/api/cameras/${cameraId}/calibration`);
    const { state, report } = CalibrationState.parse(await answer.json());
    if (state !== "running") return `${state}. ${report.join(" ")}`;
    await sleep(200);
  }
  return undefined;
}
