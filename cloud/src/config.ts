import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { FirstStart } from "@gatehouse/shared/contracts/secrets";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { identifier } from "@gatehouse/shared/contracts/topics";
import { type NotifyConfig, readNotify } from "./config-notify.ts";
import type { Enrolment } from "./domain/enrolment.ts";

export interface CloudConfig {
  readonly host: string;
  readonly port: number;
  /** Of the embedded database. */
  readonly dataFolder: string;
  /** Where old ledger lines go; undefined: they stay in the database. */
  readonly archiveFolder: string | undefined;
  /** Another PostgreSQL instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly tokens: {
    readonly office: string;
    readonly officeStays: boolean;
    readonly facilities: readonly Enrolment[];
  };
  /** Undefined: the one of the data folder, which is made when there is none. */
  readonly key: Uint8Array | undefined;
  readonly notify: NotifyConfig;
}

export const usage = `gatehouse-cloud [--data DIR] [--port N] [--host ADDRESS]

  --data DIR       where the embedded database lives, and first-start.json is looked for (./data)
  --port N         4703; 0 takes any free one
  --host ADDRESS   127.0.0.1

gatehouse-cloud archive list|verify|read shows what went out of the database into files (--help tells more).
gatehouse-cloud enrol FACILITY makes a facility known to a running head office, with a code for its box to join.

DATABASE_URL                 another PostgreSQL than the embedded one
GATEHOUSE_ARCHIVE            the folder into which old ledger lines go, the same for all processes (DIR/archive with the
                             embedded database; with another one they stay in the database until this is set)
GATEHOUSE_HEAD_OFFICE_TOKEN  head office's secret, at least 16 characters
GATEHOUSE_FACILITY_TOKENS    facility=token, separated by commas
Where the last two are missing they are taken from DIR/first-start.json.

GATEHOUSE_HEAD_OFFICE_TOKEN_STAYS  yes: head office's secret opens it also when there is an admin who can sign in
GATEHOUSE_HEAD_OFFICE_KEY          64 hex digits, the same in all processes on one database; where it is missing,
                                   the key lies in DIR/head-office.key, which is made at the first start

GATEHOUSE_SMTP_URL      the server for mail: smtps://user:password@mail.example, smtp://… with STARTTLS,
                        or smtp://…?plain for one in the same house
GATEHOUSE_MAIL_FROM     whose mail it is: gatehouse@example.com
GATEHOUSE_NOTIFY_INNER  yes: webhooks and gateways may stand in inner networks, without TLS too`;

/** Shorter secrets can be guessed. */
const tokenLeast = 16;
const defaultPort = "4703";

/** What cannot be started with: each complaint says what to write. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly complaints: readonly string[];

  constructor(complaints: readonly string[]) {
    super(complaints.join("\n"));
    this.complaints = complaints;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError with every complaint at once */
export function readConfig(args: readonly string[], env: Env): CloudConfig {
  const complaints: string[] = [];
  const told = readArgs(args);
  const dataFolder = resolve(told.data ?? env["GATEHOUSE_DATA"] ?? "./data");
  const first = readFirstStart(dataFolder, complaints);
  const port = Number(told.port ?? env["PORT"] ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    complaints.push("--port: write a number from 0 to 65535");

  const office = env["GATEHOUSE_HEAD_OFFICE_TOKEN"] ?? first?.head_office_token;
  if (office === undefined || office.length < tokenLeast) {
    complaints.push(
      `GATEHOUSE_HEAD_OFFICE_TOKEN: set head office's secret, at least ${tokenLeast} characters ` +
        `(there is none in ${join(dataFolder, "first-start.json")})`,
    );
  }
  const facilities = readFacilities(env["GATEHOUSE_FACILITY_TOKENS"], first, complaints);
  const key = readKey(env["GATEHOUSE_HEAD_OFFICE_KEY"], complaints);
  const notify = readNotify(env, complaints);
  if (complaints.length > 0 || office === undefined) throw new ConfigError(complaints);
  const databaseUrl = env["DATABASE_URL"] === "" ? undefined : env["DATABASE_URL"];
  return {
    host: told.host ?? "127.0.0.1",
    port,
    dataFolder,
    archiveFolder: archiveFolderOf(env, dataFolder),
    databaseUrl,
    tokens: {
      office,
      officeStays: env["GATEHOUSE_HEAD_OFFICE_TOKEN_STAYS"] === "yes",
      facilities,
    },
    key,
    notify,
  };
}

/** Where archive files are. Processes of one database may run on several machines, so there it must be said. */
export function archiveFolderOf(env: Env, dataFolder: string): string | undefined {
  const told = env["GATEHOUSE_ARCHIVE"] ?? "";
  if (told !== "") return resolve(told);
  return (env["DATABASE_URL"] ?? "") === "" ? join(dataFolder, "archive") : undefined;
}

function readKey(text: string | undefined, complaints: string[]): Uint8Array | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^[0-9a-f]{64}$/i.test(text))
    complaints.push("GATEHOUSE_HEAD_OFFICE_KEY: write 64 hex digits");
  return Buffer.from(text, "hex");
}

function readArgs(args: readonly string[]): { data?: string; port?: string; host?: string } {
  const text = { type: "string" } as const;
  try {
    const options = { data: text, port: text, host: text };
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new ConfigError([error instanceof Error ? error.message : String(error), usage]);
  }
}

function readFirstStart(folder: string, complaints: string[]): FirstStart | undefined {
  const file = join(folder, "first-start.json");
  if (!existsSync(file)) return undefined;
  try {
    const read = FirstStart.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (read.success) return read.data;
    for (const { path, message } of complaintsOf(read.error))
      complaints.push(`${file}: ${path}: ${message}`);
  } catch (error) {
    complaints.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}

function readFacilities(
  text: string | undefined,
  first: FirstStart | undefined,
  complaints: string[],
): Enrolment[] {
  if (text === undefined || text.trim() === "") return fromFirstStart(first);
  return text.split(",").flatMap((pair) => {
    const [, facilityId = "", token = ""] = /^([^=]*)=(.*)$/.exec(pair.trim()) ?? [];
    if (identifier.safeParse(facilityId).success && token.length >= tokenLeast)
      return [{ facilityId, token }];
    complaints.push(
      `GATEHOUSE_FACILITY_TOKENS: write facility=token, the token at least ${tokenLeast} ` +
        `characters; found one for "${facilityId}" that is not`,
    );
    return [];
  });
}

/** Without a facility of its own, head office still serves those that it enrolled before. */
function fromFirstStart(first: FirstStart | undefined): Enrolment[] {
  if (first?.facility_id === undefined) return [];
  return [{ facilityId: first.facility_id, token: first.facility_token }];
}
