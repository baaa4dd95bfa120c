/**
 * The places where the machine's own time and chance may be touched. Everywhere else they are arguments
 * (`Clock`, `Random`), so that a test can live a day in seconds and repeat it exactly.
 */
const ownTimeAndChance: readonly RegExp[] = [
  /^shared\/src\/paced-clock\.ts$/,
  /^edge\/src\/adapters\/system-random\.ts$/,
  /^edge\/src\/adapters\/(wire|mqtt|cloud|online)\//,
  /^edge\/src\/vision\//,
  /^cloud\/src\/main(-office-key)?\.ts$/,
  /^cloud\/src\/store\//,
  /^firmware-sim\/src\/(wire\/|main\.ts$)/,
  /^firmware-sim\/src\/virtual-clock\.ts$/,
  /^(edge|cloud|shared)\/web\//,
];

export function mayTouchTime(file: string): boolean {
  return ownTimeAndChance.some((place) => place.test(file));
}

/** A bare use of one of these reaches for the machine's time. */
export const bannedGlobals: ReadonlySet<string> = new Set([
  "setTimeout",
  "setInterval",
  "setImmediate",
]);

/** Objects of which only some properties are harmless; any other use could smuggle the banned one out. */
export const guardedGlobals: ReadonlyMap<string, (property: string) => boolean> = new Map([
  ["Date", (property: string) => property === "parse" || property === "UTC"],
  ["Math", (property: string) => property !== "random"],
  ["crypto", (property: string) => property === "subtle"],
  ["performance", () => false],
  ["AbortSignal", (property: string) => property !== "timeout"],
  ["process", (property: string) => property !== "hrtime" && property !== "uptime"],
]);

/** The global object under all its names: what it hands out is judged like the name alone. */
export const globalObjects: ReadonlySet<string> = new Set([
  "globalThis",
  "global",
  "self",
  "window",
]);

const randomFromCrypto = new Set([
  "randomUUID",
  "randomUUIDv7",
  "randomBytes",
  "randomInt",
  "randomFill",
  "randomFillSync",
  "getRandomValues",
  "webcrypto",
  "default",
]);

/** Modules whose exports are time or chance: whole, or the names listed. */
export const bannedModules: ReadonlyMap<string, "whole" | ReadonlySet<string>> = new Map<
  string,
  "whole" | ReadonlySet<string>
>([
  ["timers", "whole"],
  ["timers/promises", "whole"],
  ["perf_hooks", "whole"],
  ["crypto", randomFromCrypto],
]);
