import type { Person } from "../../domain/people/person.ts";
import type { Database } from "../../store/database.ts";
import { readUserName } from "../../store/people/user-name.ts";

/** How somebody is called where others read it. */
export const nameOf = async (database: Database, { who }: Person): Promise<string> =>
  who.kind === "office-token" ? "head-office" : readUserName(database, who);
