import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { isHttps } from "../own-origin.ts";

/** Of somebody who is signed in: a keyed text. */
export const loginCookie = "gatehouse_login";
/** Of whoever has signed in with head office's first token: a signed note. */
export const officeCookie = "gatehouse_office";
/** Of a browser that has signed in before; it opens nothing. */
export const browserCookie = "gatehouse_browser";
const browserLifeS = 400 * 86_400;

/** Sets a cookie that no script and no other site can use; it goes with the browser unless it has an age. */
export function setOwnCookie(c: Context, name: string, value: string): void {
  setCookie(c, name, value, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: isHttps(c),
    ...(name === browserCookie ? { maxAge: browserLifeS } : {}),
  });
}

/** The browser forgets that somebody was signed in: with a password, with the first token, or (left out) at all. */
export function clearLogins(c: Context, names = [loginCookie, officeCookie]): void {
  for (const name of names) deleteCookie(c, name, { path: "/" });
}
