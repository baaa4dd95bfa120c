import type { FacilitySummary, Overview } from "@gatehouse/shared/contracts/office";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { look, search, searchFor, selectedId } from "./connection.ts";
import { ageText, countText, moneyText, momentText, unknown } from "./format.ts";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { OccupancyBar } from "./occupancy-bar.tsx";
import { reasonText, toneOf } from "./standing.ts";
import { words } from "./words.ts";

/** So few are seen at a glance; a search would only be in the way. */
const glanceMax = 8;

export function FacilityList({ told }: { readonly told: Overview }) {
  const { facilities, found, counts, as_of } = told;
  const total = counts.fault + counts.attention + counts.unknown + counts.ok;
  return (
    <section class="list" aria-label={words.facilities}>
      {(total > glanceMax || search.value !== "") && (
        <input
          type="search"
          class="search"
          placeholder={words.search}
          aria-label={words.search}
          value={search}
          onInput={(event) => searchFor(event.currentTarget.value)}
        />
      )}
      {facilities.length === 0 ? (
        <p class="empty">{words.nothingFound(search.value)}</p>
      ) : (
        <>
          <div class="row row-head" aria-hidden="true">
            <span>{words.facilities}</span>
            <span>{words.heard}</span>
            <span>{words.free}</span>
            <span class="number">{words.takingsToday}</span>
            <span class="number">{words.ledgerLines}</span>
          </div>
          <ul class="rows">
            {facilities.map((facility) => (
              <li key={facility.facility_id}>
                <FacilityRow facility={facility} asOf={as_of} />
              </li>
            ))}
          </ul>
        </>
      )}
      {found > facilities.length && (
        <p class="quiet">{words.moreFound(countText(found - facilities.length))}</p>
      )}
    </section>
  );
}

function FacilityRow({
  facility,
  asOf,
}: {
  readonly facility: FacilitySummary;
  readonly asOf: string;
}) {
  const { facility_id, name, level, reasons, heard_at, timezone, spaces, ledger, today } = facility;
  const total = spaces.free + spaces.occupied + spaces.unknown + spaces.out_of_service;
  const isSelected = selectedId.value === facility_id;
  const [first] = reasons;
  return (
    <a
      class={`row level-${level}`}
      href={`#${encodeURIComponent(facility_id)}`}
      aria-current={isSelected ? "true" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        look(facility_id);
      }}
    >
      <span class="who">
        <span class="name">
          <StateMark tone={toneOf[level]} />
          <span class="visually-hidden">{words.level[level]}: </span>
          <strong>{name}</strong>
        </span>
        <span class="reason">{first === undefined ? words.well : reasonText(first, asOf)}</span>
      </span>
      <Cell label={words.heard}>
        <span title={heard_at === null ? undefined : momentText(heard_at, timezone)}>
          {heard_at === null ? words.never : words.ago(ageText(heard_at, asOf))}
        </span>
      </Cell>
      <Cell label={words.free} class="cell-free">
        {total === 0 ? (
          unknown
        ) : (
          <>
            <LiveValue text={words.freeOf(countText(spaces.free), countText(total))} />
            <OccupancyBar spaces={spaces} />
          </>
        )}
      </Cell>
      <Cell label={words.takingsToday} class="number">
        <LiveValue text={moneyText(today.captured_minor, facility.currency)} />
      </Cell>
      <Cell label={words.ledgerLines} class="number">
        <LiveValue text={ledger.epoch === 0 ? unknown : countText(ledger.acked)} />
        {ledger.written !== null && ledger.written > ledger.acked && (
          <small>+{countText(ledger.written - ledger.acked)}</small>
        )}
      </Cell>
    </a>
  );
}

function Cell({
  label,
  class: name = "",
  children,
}: {
  readonly label: string;
  readonly class?: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <span class={`cell ${name}`}>
      <span class="cell-label">{label}</span>
      <span class="cell-value">{children}</span>
    </span>
  );
}
