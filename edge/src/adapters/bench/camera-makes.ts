import { Fault } from "@gatehouse/shared/fault";
import { loadGateProfile } from "../gate/gate-profile.ts";
import { profileNames } from "../profiles.ts";
import { SignedHttp } from "../wire/signed-http.ts";

export interface CameraFindings {
  /** Profiles that it may be driven with; several, because a camera has several ways to a barrier. */
  readonly profiles: readonly { readonly profile: string; readonly make: string }[];
  /** It says nothing before one signs in, so that all of them are guesses. */
  readonly wantsSignIn: boolean;
}

interface Greeted {
  readonly wantsSignIn: boolean;
  readonly text: string | undefined;
}

/** A page that no camera has. */
const nowhere = "/gatehouse-detect";

/**
 * Greets what answers on a web port, once for each make that is driven over HTTP, without a password: nothing is
 * changed, and no account can be locked.
 *
 * @param url for example `http://10.0.0.9`
 * @throws Fault `wire-unreachable`, `wire-timeout` or `wire-noise`
 */
export async function cameraMakes(url: string, newNonce: () => string): Promise<CameraFindings> {
  const greet = async (path: string): Promise<Greeted> => {
    const http = new SignedHttp({ url, credentials: undefined, newNonce });
    try {
      const { status, body } = await http.ask({ method: "GET", path });
      return { wantsSignIn: false, text: status === 200 ? body.toString("utf8") : undefined };
    } catch (error) {
      if (!(error instanceof Fault && error.code === "sign-in-refused")) throw error;
      return { wantsSignIn: true, text: undefined };
    }
  };
  const { wantsSignIn } = await greet(nowhere);
  const answers = new Map<string, Greeted>();
  const profiles: { profile: string; make: string }[] = [];
  for (const name of profileNames("gates")) {
    const profile = loadGateProfile(name);
    if (profile.transport !== "camera-command" && profile.transport !== "camera-contact") continue;
    const { greeting, recognise, make } = profile;
    if (recognise === undefined) continue;
    const answer = answers.get(greeting.path) ?? (await greet(greeting.path));
    answers.set(greeting.path, answer);
    const fits = answer.text !== undefined && new RegExp(recognise, "u").test(answer.text);
    if (answer.wantsSignIn || fits) profiles.push({ profile: name, make });
  }
  return { profiles, wantsSignIn };
}
