import { createHash } from "node:crypto";
import { Joined, NextTokenTaken } from "@gatehouse/shared/contracts/enrolment";
import { askOffice, type Fetch, readAnswer } from "./office-request.ts";

export interface OfficeAddress {
  /** Where head office lives; a path is kept. */
  readonly url: string;
  readonly fetch?: Fetch;
}

/**
 * Joins head office with a code. Asking again with the same token is harmless.
 *
 * @throws Fault `cloud-refused` with what head office says to do, `cloud-unreachable` where asking again may help
 */
export async function joinOffice(
  office: OfficeAddress,
  code: string,
  token: string,
): Promise<Joined> {
  const body = JSON.stringify({ code, token_sha256: hashOf(token) });
  const url = `${baseOf(office)}/v1/join`;
  const { fetch } = office;
  return readAnswer(Joined, await askOffice({ url, method: "POST", body, fetch }));
}

/**
 * Makes the facility's next token known, with the present one. Asking again is harmless.
 *
 * @throws Fault as `joinOffice`
 */
export async function announceToken(
  office: OfficeAddress & { readonly facilityId: string; readonly token: string },
  next: string,
): Promise<void> {
  const { facilityId, token, fetch } = office;
  const body = JSON.stringify({ token_sha256: hashOf(next) });
  const url = `${baseOf(office)}/v1/facilities/${encodeURIComponent(facilityId)}/tokens`;
  readAnswer(NextTokenTaken, await askOffice({ url, method: "POST", body, token, fetch }));
}

const baseOf = ({ url }: OfficeAddress): string => url.replace(/\/+$/, "");

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
