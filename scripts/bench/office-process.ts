import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, openDatabase } from "../../cloud/src/store/database.ts";
import { socketFolder } from "../../cloud/src/store/embedded/socket-folder.ts";
import { embeddedDatabase, embeddedUser } from "../../cloud/src/store/embedded-postgres.ts";

const program = fileURLToPath(new URL("../../cloud/bin/cloud.mjs", import.meta.url));

/** With it the office answers a bench, also where the data has an admin. */
export const officeToken = "token-of-the-bench-office";
export const facilityTokenOf = (facilityId: string): string => `token-of-facility-${facilityId}`;

const log = { info: () => {}, warn: console.warn, error: console.error };

/** Head office as its own process, on the embedded database of a folder. */
export interface OfficeProcess {
  readonly url: string;
  /** A way of one's own into its database. */
  readonly database: Database;
  /** Where the database's socket lies; left to whoever removes the folder. */
  readonly socket: string;
  stop(): Promise<void>;
}

/**
 * @param data the folder, made where it is missing
 * @param facilities those that may upload, each with `facilityTokenOf`
 */
export async function startOffice(
  data: string,
  facilities: readonly string[],
): Promise<OfficeProcess> {
  const office = fork(program, ["--data", data, "--port", "0"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: [],
    env: {
      ...process.env,
      DATABASE_URL: "",
      GATEHOUSE_HEAD_OFFICE_TOKEN: officeToken,
      GATEHOUSE_HEAD_OFFICE_TOKEN_STAYS: "yes",
      GATEHOUSE_FACILITY_TOKENS: facilities.map((id) => `${id}=${facilityTokenOf(id)}`).join(","),
    },
  });
  const ended = new Promise<void>((resolve) => void office.once("exit", () => resolve()));
  const port = await portOf(office);
  const socket = socketFolder(join(data, "postgres"));
  const database = openDatabase(
    { host: socket, user: embeddedUser, database: embeddedDatabase },
    log,
  );
  const stop = async (): Promise<void> => {
    await database.pool.end();
    if (office.kill()) await ended;
  };
  return { url: `http://127.0.0.1:${port}`, database, socket, stop };
}

function portOf(office: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    office.on("message", (message: { type?: string; port?: number }) => {
      if (message.type === "ready" && message.port !== undefined) resolve(message.port);
    });
    office.once("exit", (code) => reject(new Error(`head office ended: ${code}`)));
  });
}
