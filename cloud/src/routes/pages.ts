import { Hono } from "hono";
import { problems, refuse } from "./problems.ts";

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  /** The name holds a hash of the content, so a browser may keep it for ever. */
  readonly isHashed: boolean;
}

/** The page's files by the path they are asked for: no path, however written, reaches a disk. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export function pageRoutes(files: PageFiles): Hono {
  const app = new Hono();
  app.get("*", (c) => {
    const file = files.get(c.req.path);
    if (file === undefined)
      return refuse(c.req.path === "/" ? problems.pageMissing : problems.noSuchPage);
    const headers = {
      etag: file.etag,
      "cache-control": file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    };
    if (c.req.header("if-none-match") === file.etag) return c.body(null, 304, headers);
    return c.body(file.bytes, 200, { ...headers, "content-type": file.type });
  });
  return app;
}
