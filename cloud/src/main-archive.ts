import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { genesisHash } from "@gatehouse/shared/canonical";
import type { ArchiveManifest } from "@gatehouse/shared/contracts/retention";
import { archiveFolderOf, ConfigError } from "./config.ts";
import { lineText, withoutPlates } from "./domain/retention/archived-lines.ts";
import { ArchiveDamaged, ArchiveFolder } from "./store/retention/archive-folder.ts";

const usage = `gatehouse-cloud archive list [FACILITY]
gatehouse-cloud archive verify [FACILITY]
gatehouse-cloud archive read FACILITY [--epoch N] [--from SEQ] [--to SEQ] [--plates]

Ledger lines that went out of the database into files. It needs the folder alone, no database and no running head office.

  --archive DIR  the folder (GATEHOUSE_ARCHIVE, or DATA/archive)
  --data DIR     head office's data (./data)
  --plates       read: plates too, which are left out otherwise

list    one line a file: facility, epoch, first and last line, moments, bytes, SHA-256
verify  reads every file and checks its bytes, every hash, and that the files follow each other without a hole; 2 when not
read    the lines themselves, as they came`;

/** Where what is found out is written. */
export interface Output {
  readonly log: (line: string) => void;
  readonly error: (line: string) => void;
}

/** `gatehouse-cloud archive`. @returns the exit code. @throws ConfigError when the arguments are wrong */
export async function archive(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  output: Output,
): Promise<number> {
  const { values, positionals } = readArgs(args);
  const [verb, facilityId] = positionals;
  const data = resolve(values.data ?? env["GATEHOUSE_DATA"] ?? "./data");
  const path = values.archive === undefined ? archiveFolderOf(env, data) : resolve(values.archive);
  if (path === undefined)
    throw new ConfigError(["--archive: name the folder; with DATABASE_URL there is no usual one"]);
  const folder = new ArchiveFolder(path);
  const facilities = facilityId === undefined ? await folder.facilities() : [facilityId];
  switch (verb) {
    case "list":
      for (const id of facilities)
        for (const file of await folder.manifests(id)) output.log(rowOf(file));
      return 0;
    case "verify":
      return verify(folder, facilities, output);
    case "read":
      if (facilityId === undefined) throw new ConfigError(["name the facility", usage]);
      return read(folder, facilityId, values, output);
    default:
      throw new ConfigError([usage]);
  }
}

function readArgs(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = {
    archive: text,
    data: text,
    epoch: text,
    from: text,
    to: text,
    plates: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new ConfigError([error instanceof Error ? error.message : String(error), usage]);
  }
}

const rowOf = (file: ArchiveManifest): string =>
  [
    file.facility_id,
    file.epoch,
    file.first_seq,
    file.last_seq,
    file.first_at ?? "-",
    file.last_at ?? "-",
    file.bytes,
    file.sha256,
  ].join("\t");

/** Every file by itself, and each after the one before it. */
async function verify(
  folder: ArchiveFolder,
  facilities: readonly string[],
  output: Output,
): Promise<number> {
  const wrong: string[] = [];
  let [files, lines] = [0, 0];
  for (const id of facilities) {
    let end = { epoch: 0, seq: 0, hash: genesisHash };
    for (const file of await folder.manifests(id)) {
      if (file.epoch !== end.epoch) end = { epoch: file.epoch, seq: 0, hash: genesisHash };
      if (file.first_seq !== end.seq + 1)
        wrong.push(
          `${id}: lines ${file.epoch}/${end.seq + 1} to ${file.first_seq - 1} are missing`,
        );
      else if (file.hash_before !== end.hash)
        wrong.push(`${id}: ${file.sha256} does not follow the file before it`);
      const held = await folder.read(file).catch((error: unknown) => {
        if (!(error instanceof ArchiveDamaged)) throw error;
        wrong.push(`${id}: ${error.message}`);
        return [];
      });
      [files, lines] = [files + 1, lines + held.length];
      end = { epoch: file.epoch, seq: file.last_seq, hash: file.last_hash };
    }
  }
  for (const each of wrong) output.error(each);
  output.log(
    wrong.length === 0
      ? `whole: ${files} files, ${lines} lines`
      : `NOT whole: ${wrong.length} complaints about ${files} files`,
  );
  return wrong.length === 0 ? 0 : 2;
}

async function read(
  folder: ArchiveFolder,
  facilityId: string,
  asked: {
    readonly epoch?: string | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly plates?: boolean | undefined;
  },
  output: Output,
): Promise<number> {
  const from = numberOf("from", asked.from, 1);
  const to = numberOf("to", asked.to, Number.MAX_SAFE_INTEGER);
  const epoch = numberOf("epoch", asked.epoch, 0);
  for (const file of await folder.manifests(facilityId)) {
    const isAsked = file.first_seq <= to && file.last_seq >= from;
    if (!isAsked || (epoch !== 0 && file.epoch !== epoch)) continue;
    for (const line of await folder.read(file)) {
      if (line.seq < from || line.seq > to) continue;
      const text = lineText(line);
      output.log(asked.plates === true ? text : withoutPlates(text));
    }
  }
  return 0;
}

function numberOf(name: string, told: string | undefined, usual: number): number {
  const value = told === undefined ? usual : Number(told);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ConfigError([`--${name}: write a whole number`]);
  return value;
}
