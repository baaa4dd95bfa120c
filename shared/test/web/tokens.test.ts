import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(resolve(import.meta.dirname, "../../web/tokens.css"), "utf8");

/** Each colour's light and dark value. */
const colours = new Map(
  [...css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

const surfaces = ["surface-0", "surface-1", "surface-2", "surface-3"];
const states = ["ok", "warn", "bad", "unknown"];

/** [what is read, what it stands on, the least contrast] */
const pairs: [string, string, number][] = [
  ...surfaces.flatMap((surface) =>
    ["text-1", "text-2", "text-3", "accent", ...states].map((ink): [string, string, number] => [
      ink,
      surface,
      4.5,
    ]),
  ),
  // What the attendant acts on: AAA.
  ...["surface-0", "surface-1"].flatMap((surface) =>
    ["text-1", "text-2", "accent", ...states].map((ink): [string, string, number] => [
      ink,
      surface,
      7,
    ]),
  ),
  ["on-accent", "accent", 7],
  ...states.flatMap((state): [string, string, number][] => [
    ["text-1", `${state}-soft`, 7],
    [state, `${state}-soft`, 4.5],
  ]),
  // Edges of what can be pressed.
  ...["surface-0", "surface-1", "surface-2"].map((surface): [string, string, number] => [
    "edge",
    surface,
    3,
  ]),
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(pairs)("%s on %s has a contrast of at least %f", (ink, ground, least) => {
    expect(contrast(valueOf(ink, theme), valueOf(ground, theme))).toBeGreaterThanOrEqual(least);
  });
});

test("every colour has a light and a dark value", () => {
  const declared = [...css.matchAll(/--([a-z0-9-]+): [^;]*(?:#|light-dark)/g)].map(
    ([, name]) => name,
  );
  expect(declared.filter((name) => name !== undefined && !colours.has(name))).toEqual([]);
  expect(colours.size).toBeGreaterThan(15);
});

function valueOf(name: string, theme: "light" | "dark"): string {
  const colour = colours.get(name);
  if (colour === undefined) throw new Error(`no token --${name}`);
  return colour[theme];
}

/** WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
