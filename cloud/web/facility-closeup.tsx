import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { useEffect, useRef } from "preact/hooks";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { AlertList } from "./alert-list.tsx";
import { closeup, look, selectedId } from "./connection.ts";
import { Figures } from "./figures.tsx";
import { momentText } from "./format.ts";
import { facilityAddress } from "./frame/address.ts";
import { Money } from "./money.tsx";
import { DirectiveList, LedgerFacts } from "./ledger-facts.tsx";
import { LastLines, SetAsideLines } from "./line-tables.tsx";
import { isToldByAlerts, reasonText, toneOf } from "./standing.ts";
import { words } from "./words.ts";

/** One facility: what is wrong, what is happening, what has happened. */
export function FacilityCloseup() {
  const heading = useRef<HTMLElement>(null);
  const id = selectedId.value;
  // Whoever cannot see the page hears where it has gone.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  const close = closeup.value;
  return (
    <section class="closeup" ref={heading} tabIndex={-1} aria-busy={close.kind === "loading"}>
      <button type="button" class="link back" onClick={() => look(undefined)}>
        ← {words.backToAll}
      </button>
      {close.kind === "loading" && <CloseupSkeleton />}
      {close.kind === "refused" && <p class="empty">{words.noSuchFacility}</p>}
      {close.kind === "here" && <Detail detail={close.detail} />}
    </section>
  );
}

function Detail({ detail }: { readonly detail: FacilityDetail }) {
  const { summary, as_of } = detail;
  const reasons = summary.reasons.filter((reason) => !isToldByAlerts(reason));
  return (
    <>
      <header class="closeup-head">
        <h2>
          <StateMark tone={toneOf[summary.level]} />
          {summary.name}
        </h2>
        <p class="quiet">
          {words.level[summary.level]} · {words.asOf(momentText(as_of, summary.timezone))} ·{" "}
          {summary.timezone}
        </p>
        <p>
          <a href={facilityAddress(summary.facility_id, "overview")}>{words.allAboutIt}</a>
        </p>
        {reasons.length > 0 && (
          <ul class="reasons">
            {reasons.map((reason) => (
              <li key={reason.code}>
                <StateMark tone={toneOf[reason.level]} /> {reasonText(reason, as_of)}
              </li>
            ))}
          </ul>
        )}
      </header>
      <AlertList detail={detail} />
      <Figures detail={detail} />
      <Money detail={detail} />
      <LedgerFacts detail={detail} />
      <DirectiveList detail={detail} />
      <SetAsideLines detail={detail} />
      <LastLines detail={detail} />
    </>
  );
}

function CloseupSkeleton() {
  return (
    <>
      <span class="skeleton skeleton-sentence" />
      <span class="skeleton skeleton-figures" />
      <span class="skeleton skeleton-table" />
    </>
  );
}
