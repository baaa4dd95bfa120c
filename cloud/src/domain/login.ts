import { createHmac, timingSafeEqual } from "node:crypto";
import { hours, type Instant } from "@gatehouse/shared/time";

/** A working day; then the token is asked for again. */
export const loginLife = hours(12);

/**
 * A login is a signed note that the browser keeps, so every process on the same database accepts it and none remembers
 * it. The key comes from head office's token: a new token ends every login.
 *
 * @param id makes two logins of one moment differ
 */
export function beginLogin(officeToken: string, id: string, now: Instant): string {
  const claim = `${now + loginLife}.${id}`;
  return `${claim}.${sign(officeToken, claim)}`;
}

export function isLogin(officeToken: string, login: string | undefined, now: Instant): boolean {
  const [until, id, signature, ...rest] = (login ?? "").split(".");
  if (signature === undefined || rest.length > 0) return false;
  const expected = Buffer.from(sign(officeToken, `${until}.${id}`));
  const offered = Buffer.from(signature);
  if (offered.length !== expected.length || !timingSafeEqual(offered, expected)) return false;
  const end = Number(until);
  return end > now && end <= now + loginLife;
}

const sign = (officeToken: string, claim: string): string =>
  createHmac("sha256", `gatehouse-login ${officeToken}`).update(claim).digest("base64url");
