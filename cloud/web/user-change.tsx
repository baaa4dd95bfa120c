import type { Told } from "../../shared/web/ask.ts";
import { userRoleWords as words } from "./user-role-words.ts";

/** Sends a change of one person to head office. @param path below the person's own address */
export type PostUser = (path: string, asked: object) => Promise<Told<undefined>>;

/** Why somebody is changed, which the audit keeps. */
export const Why = () => (
  <label>
    {words.why}
    <input name="why" required maxlength={200} autocomplete="off" />
  </label>
);
