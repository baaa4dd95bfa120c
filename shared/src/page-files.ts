import { createHash } from "node:crypto";
import { extname, join } from "node:path";

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

/** A page's files by the path they are asked for: no path, however written, reaches a disk. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Takes a built page into memory. Files of unknown kind are left out, unread.
 *
 * @param paths of its files from the folder, with `/`
 * @param read gives a file's bytes
 * @returns the files by the path they are asked for, "/" being index.html and "/setup" setup.html; empty when the
 *   page is not built
 * @throws RangeError when the folder holds far more than a page
 */
export function pageFilesOf(
  folder: string,
  paths: readonly string[],
  read: (file: string) => Uint8Array,
): PageFiles {
  const files = new Map<string, PageFile>();
  let bytesLeft = bytesMax;
  for (const path of paths) {
    const type = mediaTypes[extname(path)];
    if (type === undefined) continue;
    const bytes = new Uint8Array(read(join(folder, path)));
    bytesLeft -= bytes.length;
    if (bytesLeft < 0 || files.size >= filesMax) {
      throw new RangeError(
        `${folder} holds more than a page: ${filesMax} files, ${bytesMax} bytes`,
      );
    }
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    const file = { bytes, type, etag, isHashed: path.startsWith("assets/") };
    files.set(`/${path}`, file);
    if (path.endsWith(".html")) files.set(addressOf(path), file);
  }
  return files;
}

const addressOf = (page: string): string =>
  page === "index.html" ? "/" : `/${page.slice(0, -".html".length)}`;
