import type { Overview } from "@gatehouse/shared/contracts/office";
import { OfficeNewsBanner } from "./banner.tsx";
import { news, only, overview, selectedId } from "./connection.ts";
import { FacilityCloseup } from "./facility-closeup.tsx";
import { FacilityList } from "./facility-list.tsx";
import { momentText } from "./format.ts";
import { PageHead } from "./frame/page-head.tsx";
import { words } from "./words.ts";

/** Facilities lie in many zones; who looks at them sits in one. */
const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is wrong first: one sentence, then the facilities in the order in which they need someone. */
export function Office() {
  const told = overview.value;
  const isAlone = only.value !== undefined && only.value === selectedId.value;
  const isOld = news.value === "offline" || news.value === "stale" || news.value === "broken";
  return (
    <div class="office">
      <PageHead
        title={
          told === undefined
            ? words.office
            : `${words.office} · ${words.asOf(momentText(told.as_of, ownTimezone))}`
        }
        sentence={told === undefined ? undefined : sentenceOf(told)}
      />
      <OfficeNewsBanner />
      {told !== undefined && (
        <div
          class={[
            "facilities-and-closeup",
            selectedId.value === undefined ? "" : isAlone ? "is-alone" : "has-closeup",
            isOld ? "is-old" : "",
          ].join(" ")}
        >
          {totalOf(told) === 0 ? <NoFacilities /> : <FacilityList told={told} />}
          {selectedId.value !== undefined && <FacilityCloseup />}
        </div>
      )}
    </div>
  );
}

function NoFacilities() {
  return (
    <section class="empty">
      <p>{words.noFacilities}</p>
      <p class="quiet">{words.noFacilitiesHint}</p>
    </section>
  );
}

const totalOf = ({ counts }: Overview): number =>
  counts.fault + counts.attention + counts.unknown + counts.ok;

function sentenceOf(told: Overview): string {
  const { counts } = told;
  const total = totalOf(told);
  if (total === 0) return words.noFacilities;
  if (counts.fault > 0) return words.needSomeone(counts.fault, total);
  if (counts.attention > 0) return words.needAttention(counts.attention, total);
  if (counts.unknown > 0) return words.waitingFor(counts.unknown);
  return words.allWell(total);
}
