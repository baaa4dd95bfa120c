import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { type Command, InvalidArgumentError, Option } from "commander";
import { modelKinds } from "../vision/models/card.ts";
import { installModel, type InstallRefusal, type ModelWish } from "../vision/models/install.ts";
import { type ListedModel, listModels } from "../vision/models/list.ts";
import { modelPlaces, type ModelPlaces } from "../vision/models/registry.ts";
import { verifyModels } from "../vision/models/verify.ts";

/** What a `models` command found out: its exit code, one line, and the whole for a program. */
export type ModelsAnswer =
  | Answer<"models-list", { readonly models: readonly ListedModel[] }>
  | Answer<"models-verify", { readonly signed: boolean; readonly models: readonly VerifiedModel[] }>
  | Answer<
      "models-install",
      {
        readonly name: string;
        readonly file: string;
        readonly licence: string;
        readonly family: string | null;
      }
    >
  | Answer<"refused", { readonly reason: string; readonly hint: string | null }>;

interface Answer<About extends string, Data> {
  readonly about: About;
  readonly exit_code: number;
  readonly verdict: string;
  readonly data: Data;
}

interface VerifiedModel {
  readonly name: string;
  readonly place: "shipped" | "installed";
  readonly ok: boolean;
  readonly trouble: string | null;
}

/** 0 done, 2 refused or a failed check, 3 fault. */
const exitCodes = { done: 0, refused: 2, fault: 3 } as const;

/**
 * Adds `models list|verify|install` to the command line. They work on the data folder themselves: no daemon has to
 * run.
 *
 * @param folderOf the data folder that a command names
 * @param tell prints the answer
 */
export function addModelCommands(
  program: Command,
  folderOf: (command: Command) => string,
  tell: (command: Command, answer: ModelsAnswer) => void,
): void {
  const models = program
    .command("models")
    .description("the networks that see vehicles, spaces and plates");
  models
    .command("list")
    .description("what comes with the program, what is installed, what can be")
    .action((_options, command: Command) => tell(command, answerList(placesOf(folderOf(command)))));
  models
    .command("verify")
    .description(
      "reads every model and compares it with its checksum, and the registry with its signature",
    )
    .action((_options, command: Command) =>
      tell(command, answerVerify(placesOf(folderOf(command)))),
    );
  models
    .command("install <name>")
    .description("fetches a model, checks it, and puts it where cameras find it by its name")
    .option("--from <file|url>", "where it is; a known model's project by default")
    .option("--licence <text>", "its licence, for a file that the registry does not know")
    .addOption(new Option("--kind <kind>", "what such a file is").choices(modelKinds))
    .option(
      "--classes <names>",
      "its classes in order, with commas between; COCO's by default",
      toClasses,
    )
    .option(
      "--input <width>x<height>",
      "the size to run it at, where the file leaves it open",
      toSize,
    )
    .action(async (name: string, options: Omit<ModelWish, "name">, command: Command) =>
      tell(command, await answerInstall({ name, ...options }, placesOf(folderOf(command)))),
    );
}

/** The daemon's own folder, or the one that `npm start` lays out, where the daemon's lies in `edge`. */
function placesOf(data: string): ModelPlaces {
  const below = join(data, "edge");
  return modelPlaces(resolve(existsSync(below) ? below : data));
}

function answerList(places: ModelPlaces): ModelsAnswer {
  const models = listModels(places);
  const usable = models.filter(({ state }) => state !== "available").length;
  const verdict = `${usable} models can be used, ${models.length - usable} more can be installed.`;
  return { about: "models-list", exit_code: exitCodes.done, verdict, data: { models } };
}

function answerVerify(places: ModelPlaces): ModelsAnswer {
  const { isSigned, findings } = verifyModels(places);
  const bad = findings.filter(({ trouble }) => trouble !== "");
  const names = bad.map(({ name }) => name).join(", ");
  const whole =
    bad.length === 0 ? `All ${findings.length} models are whole` : `Not as it was: ${names}`;
  const signed = isSigned ? "the registry is signed by us" : "the registry is not as we signed it";
  return {
    about: "models-verify",
    exit_code: bad.length === 0 && isSigned ? exitCodes.done : exitCodes.refused,
    verdict: `${whole}; ${signed}.`,
    data: {
      signed: isSigned,
      models: findings.map(({ name, place, trouble }) => ({
        name,
        place,
        ok: trouble === "",
        trouble: trouble === "" ? null : trouble,
      })),
    },
  };
}

async function answerInstall(wish: ModelWish, places: ModelPlaces): Promise<ModelsAnswer> {
  try {
    const outcome = await installModel(wish, places);
    if (outcome.kind === "refused") return refusal(outcome, wish);
    const { file, card } = outcome;
    return {
      about: "models-install",
      exit_code: exitCodes.done,
      verdict: `${card.name} is installed (${card.licence}).`,
      data: { name: card.name, file, licence: card.licence, family: card.family ?? null },
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { message, code: reason, hint } = error;
    return {
      about: "refused",
      exit_code: exitCodes.fault,
      verdict: message,
      data: { reason, hint },
    };
  }
}

function refusal({ reason, detail }: InstallRefusal, { kind }: ModelWish): ModelsAnswer {
  const isFault = reason === "unreachable";
  const hint = hints[reason] ?? (kind === "detector" ? detectorHint : null);
  return {
    about: "refused",
    exit_code: isFault ? exitCodes.fault : exitCodes.refused,
    verdict: `Nothing is installed: ${detail}`,
    data: { reason, hint },
  };
}

const detectorHint =
  "A detector has to be of the DETR, YOLOX or YOLOv8 family; --classes and --input say what the file does not.";

const hints: Partial<Record<InstallRefusal["reason"], string>> = {
  unreachable: "Next: fetch the file on another machine and install it with --from FILE.",
  "unknown-model": "Next: npx gatehouse models list shows the names that are known.",
  "licence-missing": "A model without a licence may not be used; its project says which it has.",
  "kind-missing": `One of ${modelKinds.join(", ")}.`,
};

function toClasses(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes(""))
    throw new InvalidArgumentError("write names with commas between: car,van,bus");
  return names;
}

function toSize(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{2,4})x(\d{2,4})$/.exec(text) ?? [];
  if (width === undefined || height === undefined)
    throw new InvalidArgumentError("write WIDTHxHEIGHT: 640x640");
  return { width: Number(width), height: Number(height) };
}
