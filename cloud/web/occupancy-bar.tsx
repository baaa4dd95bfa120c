import type { SpaceCounts } from "@gatehouse/shared/contracts/office";

/** How full a place is: occupied from the left, what is not known hatched behind it. The numbers stand beside it. */
export function OccupancyBar({ spaces }: { readonly spaces: SpaceCounts }) {
  const usable = spaces.free + spaces.occupied + spaces.unknown;
  const share = usable === 0 ? 0 : spaces.occupied / usable;
  const band = share > 0.8 ? "high" : share >= 0.5 ? "middle" : "low";
  const percent = (count: number): number => (usable === 0 ? 0 : (count / usable) * 100);
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width="100" height="8" />
      <rect class={`bar-${band}`} width={percent(spaces.occupied)} height="8" />
      <rect
        class="bar-unknown"
        x={percent(spaces.occupied)}
        width={percent(spaces.unknown)}
        height="8"
      />
    </svg>
  );
}
