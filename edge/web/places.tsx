import type { KioskState } from "@gatehouse/shared/contracts/kiosk";
import { useEffect, useRef } from "preact/hooks";
import { countText, percentText } from "./format.ts";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { counts, sessions } from "./model.ts";
import { words } from "./words.ts";

type ZoneCount = KioskState["counts"]["zones"][number];

/** How many places are free: in the whole house, then zone by zone. */
export function Places() {
  const now = counts.value;
  if (now === undefined) return null;
  const inside = sessions.value;
  return (
    <section class="places">
      <h2>{words.places}</h2>
      <p class="big-figure">
        <LiveValue text={now.total === 0 ? "–" : countText(now.free)} />
        <span class="of">
          / {countText(now.total)}
          {now.unknown > 0 && <small>{words.unknownCount(countText(now.unknown))}</small>}
        </span>
      </p>
      {now.zones.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.zone}</th>
              <th scope="col" class="number">
                {words.free}
              </th>
              <th scope="col">{words.occupiedShare}</th>
            </tr>
          </thead>
          <tbody>
            {now.zones.map((zone) => (
              <ZoneRow key={zone.zone_id} zone={zone} />
            ))}
          </tbody>
        </table>
      )}
      {inside !== undefined && (
        <p class="inside">
          {words.carsInside} <strong>{countText(inside.open)}</strong>
          {inside.pending > 0 && <span> · {words.onTheWay(countText(inside.pending))}</span>}
        </p>
      )}
    </section>
  );
}

function ZoneRow({ zone }: { readonly zone: ZoneCount }) {
  const share = zone.total === 0 ? 0 : zone.occupied / zone.total;
  return (
    <tr>
      <th scope="row">
        {zone.name} {!zone.name.includes(zone.level) && <small>{zone.level}</small>}
      </th>
      <td class="number">
        <LiveValue text={countText(zone.free)} />
      </td>
      <td>
        <Bar share={share} isKnown={zone.total > 0 && zone.unknown < zone.total} />
      </td>
    </tr>
  );
}

/** Below half, up to four fifths, above: by colour, by pattern, and by number. */
const bandOf = (share: number): string => (share < 0.5 ? "low" : share <= 0.8 ? "middle" : "high");

function Bar({ share, isKnown }: { readonly share: number; readonly isKnown: boolean }) {
  const fill = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // Set here and not in the markup: the page's policy allows no inline style.
    if (fill.current !== null) fill.current.style.inlineSize = `${share * 100}%`;
  }, [share]);
  return (
    <span class="bar-row">
      <span class="bar">
        <span ref={fill} class={`bar-fill band-${bandOf(share)}`} />
      </span>
      <span class="number">{isKnown ? percentText(share) : "–"}</span>
    </span>
  );
}
