import { mkdtemp, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type ModelCard, type ModelKind, ModelName, mostModelBytes } from "./card.ts";
import { type Arrived, fetchTo, isUrl, type NotArrived } from "./fetch.ts";
import { proveReadable } from "./proof.ts";
import { type KnownModel, type ModelPlaces, readRegistry } from "./registry.ts";

/** What somebody asks to be installed. */
export interface ModelWish {
  readonly name: string;
  /** A file or URL; left out: where the registry says that the project publishes it. */
  readonly from?: string | undefined;
  /** What only the person can say of a file that the registry does not know. */
  readonly licence?: string | undefined;
  readonly kind?: ModelKind | undefined;
  readonly classes?: readonly string[] | undefined;
  readonly input?: { readonly width: number; readonly height: number } | undefined;
}

export interface InstallRefusal {
  readonly kind: "refused";
  readonly reason:
    | NotArrived["reason"]
    | "bad-name"
    | "name-taken"
    | "unknown-model"
    | "known-by-another-name"
    | "licence-missing"
    | "kind-missing"
    | "not-the-file"
    | "unreadable";
  readonly detail: string;
}

export type Installation =
  | { readonly kind: "installed"; readonly file: string; readonly card: ModelCard }
  | InstallRefusal;

/**
 * Fetches a model, checks that it is the one meant and that the daemon can read it, and puts it in its place:
 * `NAME.onnx` with its card `NAME.json`. Whatever is refused leaves nothing behind.
 *
 * @throws Fault `disk-full`; Error of the file system where the data folder cannot be written
 */
export async function installModel(wish: ModelWish, places: ModelPlaces): Promise<Installation> {
  const plan = planOf(wish, places);
  if ("reason" in plan) return plan;
  await mkdir(places.installed, { recursive: true, mode: 0o700 });
  await removeLeftovers(places.installed);
  const folder = await mkdtemp(join(places.installed, leftover));
  try {
    return await installIn(folder, wish, plan, places);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Plan {
  readonly known: KnownModel | undefined;
  readonly from: string;
}

function planOf(wish: ModelWish, places: ModelPlaces): Plan | InstallRefusal {
  const { name } = wish;
  const bad = ModelName.safeParse(name);
  if (!bad.success)
    return refused("bad-name", `${name} is no name: write lower-case letters, digits and dashes`);
  const { shipped, known } = readRegistry(places);
  if (shipped.some((each) => each.name === name)) {
    return refused("name-taken", `${name} comes with the program: choose another name`);
  }
  const model = known.find((each) => each.name === name);
  const from = wish.from ?? model?.url;
  if (from === undefined) {
    return refused("unknown-model", `the registry knows no ${name}: name its file with --from`);
  }
  if (model !== undefined) return { known: model, from };
  if (wish.licence === undefined || wish.licence.trim() === "") {
    return refused(
      "licence-missing",
      `the registry knows no ${name}: say its licence with --licence`,
    );
  }
  if (wish.kind === undefined) {
    return refused("kind-missing", `the registry knows no ${name}: say what it is with --kind`);
  }
  return { known: undefined, from };
}

async function installIn(
  folder: string,
  wish: ModelWish,
  { known, from }: Plan,
  places: ModelPlaces,
): Promise<Installation> {
  const model = `${wish.name}.onnx`;
  const source = isUrl(from) ? from : resolve(from);
  const arrived = await fetchTo(join(folder, model), source, known?.bytes ?? mostModelBytes);
  if ("reason" in arrived) return refused(arrived.reason, arrived.detail);
  const stranger = strangerIn(wish, known, arrived, places);
  if (stranger !== undefined) return stranger;

  const card = cardOf(wish, known, arrived, source);
  const [modelFile, cardFile] = [join(folder, model), join(folder, `${wish.name}.json`)];
  await writeWhole(cardFile, card);
  const proof = await proveReadable(modelFile, card.kind);
  if (proof.kind === "unreadable") {
    return refused("unreadable", proof.detail.replaceAll(modelFile, model));
  }
  const proven = { ...card, family: proof.family };
  await writeWhole(cardFile, proven);

  // The card first: a model without its card counts as not installed, one of another card is not loaded.
  await rename(cardFile, join(places.installed, `${wish.name}.json`));
  const file = join(places.installed, model);
  await rename(modelFile, file);
  await syncFolder(places.installed);
  return { kind: "installed", file, card: proven };
}

/** A file that is not the one its name stands for. */
function strangerIn(
  { name }: ModelWish,
  known: KnownModel | undefined,
  { sha256 }: Arrived,
  places: ModelPlaces,
): InstallRefusal | undefined {
  if (known !== undefined) {
    if (sha256 === known.sha256) return undefined;
    return refused(
      "not-the-file",
      `this is not ${name}: its SHA-256 is ${sha256}, that of the registry ${known.sha256}; ` +
        "another file needs another name",
    );
  }
  const twin = readRegistry(places).known.find((each) => each.sha256 === sha256);
  if (twin === undefined) return undefined;
  const next = `npx gatehouse models install ${twin.name} --from FILE`;
  return refused("known-by-another-name", `this file is ${twin.name} (${twin.licence}): ${next}`);
}

function cardOf(
  wish: ModelWish,
  known: KnownModel | undefined,
  { sha256, bytes }: Arrived,
  source: string,
): ModelCard {
  const from = isUrl(source) ? withoutPassword(source) : basename(source);
  if (known !== undefined) return { ...known, source: from };
  const { name, kind = "detector", licence = "", classes, input } = wish;
  return {
    name,
    kind,
    licence: licence.trim(),
    ...(classes === undefined ? {} : { classes: [...classes] }),
    ...(input === undefined ? {} : { input }),
    sha256,
    bytes,
    source: from,
  };
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  parsed.username = "";
  parsed.password = "";
  return parsed.href;
}

async function writeWhole(file: string, card: ModelCard): Promise<void> {
  const handle = await open(file, "w", 0o644);
  await handle.writeFile(`${JSON.stringify(card, undefined, 2)}\n`);
  await handle.sync();
  await handle.close();
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}

const leftover = ".install-";
const leftoverAfterMs = 60 * 60_000;

/** An installation that was killed could not tidy up; one that runs beside this one is younger. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.startsWith(leftover)) continue;
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > leftoverAfterMs) await rm(path, { recursive: true, force: true });
  }
}

const refused = (reason: InstallRefusal["reason"], detail: string): InstallRefusal => ({
  kind: "refused",
  reason,
  detail,
});
