import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { useComputed } from "@preact/signals";
import { countText } from "./format.ts";
import { counts, levels, type LevelModel } from "./model.ts";
import { kindMarks } from "./kind-marks.ts";
import { numberedMax } from "./plan-layout.ts";
import { ZonePlan } from "./zone-plan.tsx";
import { words } from "./words.ts";

/** Every space, level by level, in tidy rows. */
export function Spaces() {
  const all = levels.value;
  const total = all
    .flatMap(({ zones }) => zones)
    .reduce((sum, { spaces }) => sum + spaces.length, 0);
  const longest = useComputed(() => longestNumber(levels.value)).value;
  if (total === 0) {
    return (
      <section class="spaces">
        <h2>{words.spaces}</h2>
        <p class="empty">{words.noSpaces}</p>
      </section>
    );
  }
  return (
    <section class="spaces" aria-label={words.spaces}>
      {all.map(({ level, zones }) => (
        <section key={level} class="level">
          <h2>
            {words.level(level)} <LevelFree zones={zones.map(({ zoneId }) => zoneId)} />
          </h2>
          <div class="zones">
            {zones.map((zone) => (
              <ZonePlan key={zone.zoneId} zone={zone} total={total} longest={longest} />
            ))}
          </div>
        </section>
      ))}
      <Legend isNumbered={total <= numberedMax} />
    </section>
  );
}

function LevelFree({ zones }: { readonly zones: readonly string[] }) {
  const own = counts.value?.zones.filter(({ zone_id }) => zones.includes(zone_id)) ?? [];
  const free = own.reduce((sum, zone) => sum + zone.free, 0);
  const total = own.reduce((sum, zone) => sum + zone.total, 0);
  return <span class="quiet">{words.freeOf(countText(free), countText(total))}</span>;
}

/** The shapes and marks that occur here, and no others. */
function Legend({ isNumbered }: { readonly isNumbered: boolean }) {
  const { states, kinds } = occurring(levels.value);
  return (
    <ul class="legend">
      {shapes
        .filter((status) => states.has(status))
        .map((status) => (
          <li key={status}>
            <span class={`swatch swatch-${status}`} /> {words.status[status]}
          </li>
        ))}
      {!isNumbered && kinds.size > 0 && (
        <li>
          <span class="swatch swatch-special" /> {words.specialKind}
        </li>
      )}
      {isNumbered &&
        [...kinds].map((kind) => (
          <li key={kind}>
            <svg viewBox="-8 -8 16 16" aria-hidden="true">
              {(kindMarks[kind] ?? []).map((mark) => (
                <path key={mark} d={mark} />
              ))}
            </svg>{" "}
            {words.types[kind] ?? kind}
          </li>
        ))}
    </ul>
  );
}

const shapes: readonly SpaceView["status"][] = ["free", "occupied", "unknown", "out-of-service"];

function occurring(all: readonly LevelModel[]) {
  const states = new Set<SpaceView["status"]>(["free", "occupied"]);
  const kinds = new Set<string>();
  for (const { spaces, version } of all.flatMap(({ zones }) => zones)) {
    void version.value;
    for (const { status, space_type: kind } of spaces) {
      states.add(status);
      if (kind !== "standard") kinds.add(kind);
    }
  }
  return { states, kinds };
}

function longestNumber(all: readonly LevelModel[]): number {
  const numbers = all.flatMap(({ zones }) => zones.flatMap(({ spaces }) => spaces));
  return numbers.reduce((longest, { number }) => Math.max(longest, number.length), 0);
}
