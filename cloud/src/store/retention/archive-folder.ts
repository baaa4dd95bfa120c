import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import { ArchivedLine, ArchiveManifest } from "@gatehouse/shared/contracts/retention";
import { firstBroken } from "../../domain/retention/archived-lines.ts";

/** What a file of lines has beside what its lines say. */
export type ArchiveRange = Omit<ArchiveManifest, "format" | "sha256" | "bytes">;

/** A file is not what its manifest says, or is gone. */
export class ArchiveDamaged extends Error {
  override readonly name = "ArchiveDamaged";
}

/**
 * The folder of archived ledger lines: for each facility files of gzipped JSON lines, each named by the SHA-256 of its
 * bytes, and beside them manifests. Whoever has the folder can prove and read it without a database.
 */
export class ArchiveFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Writes lines so that they survive a power cut, then reads the file again from disk and checks every hash.
   *
   * @throws ArchiveDamaged when what was read is not what was written
   */
  async write(range: ArchiveRange, lines: readonly ArchivedLine[]): Promise<ArchiveManifest> {
    const text = lines.map((line) => `${canonicalJson(line as Json)}\n`).join("");
    const bytes = gzipSync(text);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const manifest: ArchiveManifest = { format: 1, ...range, sha256, bytes: bytes.length };
    await writeDurably(this.#fileOf(manifest), bytes);
    await this.read(manifest);
    const told = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeDurably(this.#manifestOf(manifest), Buffer.from(told));
    return manifest;
  }

  /**
   * The lines of a file, proved: its bytes, its numbers, its chain.
   *
   * @throws ArchiveDamaged saying what is wrong
   */
  async read(manifest: ArchiveManifest): Promise<ArchivedLine[]> {
    const { sha256, epoch, first_seq, last_seq, hash_before, last_hash } = manifest;
    const bytes = await readFile(this.#fileOf(manifest)).catch((error: NodeJS.ErrnoException) => {
      throw new ArchiveDamaged(
        `${sha256}: ${error.code === "ENOENT" ? "the file is gone" : error.message}`,
      );
    });
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new ArchiveDamaged(`${sha256}: the file's bytes were changed`);
    const lines = gunzipSync(bytes)
      .toString("utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => ArchivedLine.parse(JSON.parse(line)));
    const broken = firstBroken({ seq: first_seq - 1, hash: hash_before }, lines);
    if (broken !== undefined)
      throw new ArchiveDamaged(
        `${sha256}: line ${epoch}/${broken} does not follow the one before it`,
      );
    const last = lines.at(-1);
    if (last?.seq !== last_seq || last.hash !== last_hash)
      throw new ArchiveDamaged(`${sha256}: it does not end with line ${epoch}/${last_seq}`);
    return lines;
  }

  /** The facilities that have files here. */
  async facilities(): Promise<string[]> {
    if (!existsSync(this.path)) return [];
    const entries = await readdir(this.path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => decodeURIComponent(name))
      .toSorted();
  }

  /** A facility's manifests in the order of its ledger. @throws ArchiveDamaged where one is none */
  async manifests(facilityId: string): Promise<ArchiveManifest[]> {
    const folder = this.#folderOf(facilityId);
    if (!existsSync(folder)) return [];
    const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    const found = await Promise.all(names.map((name) => readManifest(join(folder, name))));
    return found.toSorted((a, b) => a.epoch - b.epoch || a.first_seq - b.first_seq);
  }

  /**
   * Deletes what was written of lines after a place and never came to count: the process died before the lines left the
   * database. They are all still there and are written again.
   */
  async removeAfter(facilityId: string, epoch: number, seq: number): Promise<void> {
    for (const manifest of await this.manifests(facilityId))
      if (manifest.epoch === epoch && manifest.first_seq > seq) await this.remove(manifest);
  }

  /** Deletes a file and its manifest; one that is gone already is as good. */
  async remove(
    manifest: Pick<ArchiveManifest, "facility_id" | "epoch" | "first_seq" | "last_seq" | "sha256">,
  ): Promise<void> {
    await rm(this.#manifestOf(manifest), { force: true });
    await rm(this.#fileOf(manifest), { force: true });
  }

  #folderOf(facilityId: string): string {
    return join(this.path, encodeURIComponent(facilityId));
  }

  #fileOf({ facility_id, sha256 }: Pick<ArchiveManifest, "facility_id" | "sha256">): string {
    return join(this.#folderOf(facility_id), sha256.slice(0, 2), `${sha256}.ndjson.gz`);
  }

  #manifestOf({
    facility_id,
    epoch,
    first_seq,
    last_seq,
  }: Pick<ArchiveManifest, "facility_id" | "epoch" | "first_seq" | "last_seq">): string {
    return join(this.#folderOf(facility_id), `${epoch}-${first_seq}-${last_seq}.json`);
  }
}

async function readManifest(file: string): Promise<ArchiveManifest> {
  try {
    return ArchiveManifest.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ArchiveDamaged(`${file}: it is no manifest: ${why}`);
  }
}

/** Whole under its name or not there at all, and on the disk before this resolves. Nobody else may read it. */
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.part`, "w", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
