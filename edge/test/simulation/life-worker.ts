import { live, type LifeStory } from "./life.ts";
import { OfficeBuilding } from "./simulated-office.ts";
import type { Climate } from "./weather.ts";

/** What a worker is asked, and what it answers. */
export interface LifeOrder {
  readonly seed: number;
  readonly days: number;
  readonly climate: Climate;
  readonly isImpatient: boolean;
  readonly keepIn?: string;
}
export type LifeAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "story"; readonly story: LifeStory }
  | { readonly kind: "broken"; readonly reason: string };

const tell = (answer: LifeAnswer): void => void process.send?.(answer);

const building = new OfficeBuilding(process.argv[2] ?? "");
let turn: Promise<void> = Promise.resolve();

process.on("message", (order: LifeOrder) => {
  turn = turn.then(async () => {
    try {
      tell({ kind: "story", story: await live({ ...order, building }) });
    } catch (error) {
      tell({ kind: "broken", reason: reasonOf(error) });
    }
  });
});
process.once("disconnect", () => {
  void building.stop().finally(() => process.exit());
});

try {
  await building.start();
  tell({ kind: "ready" });
} catch (error) {
  tell({ kind: "broken", reason: reasonOf(error) });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
