import type { AccuracyData, SpotCountRequest } from "@gatehouse/shared/contracts/accuracy";
import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { batch, computed, signal } from "@preact/signals";
import { askAccuracy, sendCount } from "./api.ts";
import { countWords } from "./count-words.ts";
import { facilityNow } from "./facility-time.ts";
import { levels } from "./model.ts";
import { newRequestId } from "./opening.ts";

export const methods = ["wrong-ones", "each", "total"] as const;
export type Method = (typeof methods)[number];

type Scope = SpotCountRequest["scope"];

/** What somebody found in one space, and when they looked. */
interface Mark {
  readonly occupied: boolean;
  /** ISO, in the facility's time. */
  readonly at: string;
}

/** How often it is asked how right the system is. */
const askEveryMs = 60_000;
/** The answer of a count stands beside its button for so long. */
export const saidForMs = 20_000;

/** How right the system is; undefined before the first answer. */
export const accuracy = signal<AccuracyData | undefined>(undefined);
export const isCounting = signal(false);
export const scope = signal<Scope | undefined>(undefined);
export const method = signal<Method>("wrong-ones");
export const marks = signal<ReadonlyMap<string, Mark>>(new Map());
export const total = signal<number | undefined>(undefined);
/** What came of the last count. */
export const lastSaid = signal<{ readonly sentence: string; readonly atMs: number } | undefined>(
  undefined,
);

let countId = newRequestId();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Where somebody may count: every zone, and what each camera sees. */
export const scopes = computed((): (Scope & { readonly name: string })[] => [
  ...levels.value.flatMap(({ zones }) =>
    zones.map(({ zoneId, name }) => ({ kind: "zone" as const, id: zoneId, name })),
  ),
  ...(accuracy.value?.cameras ?? []).map(({ camera_id: id }) => ({
    kind: "camera" as const,
    id,
    name: countWords.camera(id),
  })),
]);

/** The spaces to be walked past, in the facility's order. */
export const walked = computed((): readonly SpaceView[] => {
  const where = scope.value;
  const zones = levels.value.flatMap((level) => level.zones);
  for (const { version } of zones) void version.value;
  if (where === undefined) return [];
  if (where.kind === "zone") {
    return [...(zones.find(({ zoneId }) => zoneId === where.id)?.spaces ?? [])];
  }
  const own = accuracy.value?.cameras.find(({ camera_id: id }) => id === where.id);
  const ids = new Set(own?.space_ids);
  return zones.flatMap(({ spaces }) => spaces.filter(({ space_id: id }) => ids.has(id)));
});

/** Asks now, and again and again until `stopAsking`. */
export async function keepAsking(): Promise<void> {
  clearTimeout(timer);
  const told = await askAccuracy();
  if (told.kind === "ok") accuracy.value = told.value;
  clearTimeout(timer);
  timer = setTimeout(() => void keepAsking(), askEveryMs);
}

export const stopAsking = (): void => clearTimeout(timer);

export function beginCount(): void {
  batch(() => {
    scope.value ??= scopes.value[0];
    isCounting.value = true;
  });
}

export function choose(next: Scope): void {
  batch(() => {
    scope.value = next;
    startOver();
  });
}

export function startOver(): void {
  batch(() => {
    marks.value = new Map();
    total.value = undefined;
    countId = newRequestId();
  });
}

/** One tap on a space: on to what else it may truly be, and at last back to no word about it. */
export function tap({ space_id: id, status }: SpaceView): void {
  const shown = status === "free" || status === "occupied" ? status === "occupied" : undefined;
  const choices = [true, false].filter(
    (occupied) => method.peek() === "each" || occupied !== shown,
  );
  const now = marks.peek().get(id)?.occupied;
  const next = choices[now === undefined ? 0 : choices.indexOf(now) + 1];
  const changed = new Map(marks.peek());
  if (next === undefined) changed.delete(id);
  else changed.set(id, { occupied: next, at: new Date(facilityNow.peek()).toISOString() });
  marks.value = changed;
}

/** Whether there is anything to keep. */
export const isKeepable = computed(() => {
  if (walked.value.length === 0) return false;
  if (method.value === "total") return total.value !== undefined;
  return method.value === "wrong-ones" || marks.value.size > 0;
});

/** Tells the daemon; the same count, however often it is sent, counts once. @returns why it was not kept */
export async function keep(): Promise<string | undefined> {
  const where = scope.peek();
  if (where === undefined) return countWords.noSpaces;
  const { kind, id } = where;
  const answer = await sendCount({ count_id: countId, scope: { kind, id }, found: found() });
  if (answer.kind === "refused") return answer.problem.title;
  if (answer.kind !== "ok") return countWords.noAnswer;
  batch(() => {
    lastSaid.value = { sentence: answer.value.sentence, atMs: performance.now() };
    isCounting.value = false;
    startOver();
  });
  void keepAsking();
  return undefined;
}

function found(): SpotCountRequest["found"] {
  const how = method.peek();
  if (how === "total") return { method: how, occupied: total.peek() ?? 0 };
  const spaces = [...marks.peek()].map(([space_id, mark]) => ({ space_id, ...mark }));
  return { method: how, spaces };
}
