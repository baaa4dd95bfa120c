import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pageFilesOf, type PageFiles } from "@gatehouse/shared/page-files";

/** Reads the built page from its folder, once; dot files and links are left out. */
export const readPageFiles = (folder: string): PageFiles =>
  pageFilesOf(folder, filesIn(folder), (file) => readFileSync(file));

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
