import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { countText, moneyText, unknown } from "./format.ts";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { OccupancyBar } from "./occupancy-bar.tsx";
import { words } from "./words.ts";

/** What is happening there now, in three figures and its zones. */
export function Figures({ detail }: { readonly detail: FacilityDetail }) {
  const { spaces, today, sessions_open, currency } = detail.summary;
  const total = spaces.free + spaces.occupied + spaces.unknown + spaces.out_of_service;
  const asides = [
    spaces.unknown > 0 ? words.spacesUnknown(countText(spaces.unknown)) : "",
    spaces.out_of_service > 0 ? words.spacesOut(countText(spaces.out_of_service)) : "",
  ].filter((aside) => aside !== "");
  return (
    <section>
      <h3>{words.now}</h3>
      <dl class="figures">
        <Figure
          label={words.spacesFree}
          value={total === 0 ? unknown : countText(spaces.free)}
          of={total === 0 ? words.noSpaces : [`/ ${countText(total)}`, ...asides].join(" · ")}
        />
        <Figure
          label={words.carsInside}
          value={countText(sessions_open)}
          of={words.inAndOut(countText(today.entries), countText(today.exits))}
        />
        <Figure
          label={words.takingsToday}
          value={moneyText(today.captured_minor, currency)}
          of={words.payments(countText(today.payments), today.payments === 1)}
        />
      </dl>
      {detail.zones.length > 0 && <Zones zones={detail.zones} />}
    </section>
  );
}

function Figure({
  label,
  value,
  of,
}: {
  readonly label: string;
  readonly value: string;
  readonly of: string;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span class="figure">
          <LiveValue text={value} />
        </span>
        <span class="quiet">{of}</span>
      </dd>
    </div>
  );
}

function Zones({ zones }: { readonly zones: FacilityDetail["zones"] }) {
  return (
    <table>
      <caption class="visually-hidden">{words.zones}</caption>
      <thead>
        <tr>
          <th>{words.zone}</th>
          <th class="number">{words.free}</th>
          <th>{words.occupied}</th>
        </tr>
      </thead>
      <tbody>
        {zones.map(({ zone_id, name, level, spaces }) => (
          <tr key={`${level} ${zone_id}`}>
            <th scope="row">
              {name} <small>{words.onLevel(level)}</small>
            </th>
            <td class="number">
              <LiveValue text={countText(spaces.free)} />
            </td>
            <td class="bar-cell">
              <OccupancyBar spaces={spaces} />
              <span class="number">{countText(spaces.occupied)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
