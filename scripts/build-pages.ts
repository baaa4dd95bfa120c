import { existsSync, globSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import preact from "@preact/preset-vite";
import { build } from "vite";
import { commonHead } from "./common-head.ts";

const root = resolve(import.meta.dirname, "..");

/** Each app's pages are the `.html` files of its folder; they are built into its `dist`. */
const apps = ["edge/web", "cloud/web"];

/** What every page is made of besides its own folder. */
const commonSources = ["shared/src", "shared/web", "scripts/common-head.ts", "package-lock.json"];

/** Builds the web pages, or those of the apps named, that are missing or older than their sources. */
export async function buildPages(wanted: readonly string[] = apps): Promise<void> {
  for (const app of wanted) {
    if (pagesOf(app).length > 0 && isStale(app)) await buildApp(app);
  }
}

async function buildApp(app: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, app),
    logLevel: "warn",
    plugins: [preact(), commonHead()],
    build: { outDir: "dist", emptyOutDir: true, rolldownOptions: { input: pagesOf(app) } },
  });
  writeFileSync(stampOf(app), "");
}

function isStale(app: string): boolean {
  const stamp = stampOf(app);
  return !existsSync(stamp) || newest([app, ...commonSources]) >= statSync(stamp).mtimeMs;
}

/** @returns when the youngest of the files in these folders was changed */
function newest(places: readonly string[]): number {
  const files = places.flatMap((place) => [
    place,
    ...globSync(`${place}/**`, {
      cwd: root,
      exclude: (name) => name === "dist" || name.endsWith("/dist"),
    }),
  ]);
  const times = files.map((file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs);
  return Math.max(0, ...times.filter((time) => time !== undefined));
}

function pagesOf(app: string): string[] {
  return globSync("*.html", { cwd: join(root, app) }).map((page) => join(root, app, page));
}

/** Written last, so that a build that was cut short is done again. */
function stampOf(app: string): string {
  return join(root, app, "dist/.built");
}
