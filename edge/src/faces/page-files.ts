import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";

/** A built page is a few files; anything beyond is not one. */
const filesMax = 500;
const bytesMax = 32 * 1024 * 1024;

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  /** The name holds a hash of the content, so a browser may keep it for ever. */
  readonly isHashed: boolean;
}

/**
 * Reads a built page into memory, once. Requests then only look a name up among these files, so no path, however
 * written, reaches the disk. Dot files, links and files of unknown kind are left out.
 *
 * @returns the files by the path they are asked for, "/" being index.html; empty when the page is not built
 * @throws RangeError when the folder holds far more than a page
 */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  let bytesLeft = bytesMax;
  for (const path of filesIn(folder)) {
    const type = mediaTypes[extname(path)];
    if (type === undefined) continue;
    const bytes = new Uint8Array(readFileSync(join(folder, path)));
    bytesLeft -= bytes.length;
    if (bytesLeft < 0 || files.size >= filesMax) {
      throw new RangeError(
        `${folder} holds more than a page: ${filesMax} files, ${bytesMax} bytes`,
      );
    }
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    files.set(`/${path}`, { bytes, type, etag, isHashed: path.startsWith("assets/") });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
