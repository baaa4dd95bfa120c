import { FacilityDetail, type FacilitySummary } from "@gatehouse/shared/contracts/office";
import { useEffect, useRef } from "preact/hooks";
import { Unbroken } from "../../../shared/web/unbroken.tsx";
import { only, overview, selectedId } from "../connection.ts";
import { mayI, whoAmI } from "../own-rights.ts";
import { words } from "../words.ts";
import { address, closeupAddress, facilityAddress, goTo } from "./address.ts";
import { Answered } from "./answered.tsx";
import { type Answer, useAnswer } from "./answer.ts";
import { FacilityChoice } from "./facility-choice.tsx";
import { frameWords } from "./frame-words.ts";
import { Navigation } from "./navigation.tsx";
import type { FacilityAt, Page } from "./page.ts";
import { PageHead } from "./page-head.tsx";
import { LoadedPage } from "./loaded-page.tsx";

/** The frame around every page: what can be looked at on the left, the page that the address names beside it. */
export function Shell({ pages }: { readonly pages: readonly Page[] }) {
  const at = address.value;
  const facilityId = at.kind === "facility" ? at.facilityId : selectedId.value;
  const { facility, answer } = useFacility(facilityId);
  const page = pageAt(pages);
  const content = useRef<HTMLElement>(null);
  const place = at.kind === "facilities" ? "" : `${facilityId ?? ""} ${page?.part ?? ""}`;
  useTitle(page, facility);
  useArrival(content, place);
  return (
    <div class="shell">
      <a
        class="to-content"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {frameWords.toContent}
      </a>
      <Navigation pages={pages} page={page} facilityId={facilityId} facility={facility} />
      <Unbroken key={place} words={words} buttonClass="button primary">
        <main id="content" ref={content} tabIndex={-1}>
          <Content page={page} facility={facility} answer={answer} />
        </main>
      </Unbroken>
    </div>
  );
}

function Content({
  page,
  facility,
  answer,
}: {
  readonly page: Page | undefined;
  readonly facility: FacilityAt | undefined;
  /** Of the question what is known of the facility. */
  readonly answer: Answer<FacilityDetail>;
}) {
  const at = address.value;
  const question = at.kind === "facility" || at.kind === "whole" ? at.question : {};
  if (page === undefined)
    return <Nothing title={frameWords.noSuchPage} hint={frameWords.noSuchPageHint} />;
  if (whoAmI.value !== undefined && !mayI(page.right))
    return <Nothing title={frameWords.notAllowed} hint={frameWords.notAllowedHint} />;
  if (page.scope === "whole") return <LoadedPage page={page} props={{ question }} />;
  if (at.kind !== "facility") return <WhichFacility page={page} />;
  if (facility !== undefined)
    return <LoadedPage key={facility.facilityId} page={page} props={{ facility, question }} />;
  return (
    <>
      <PageHead title={page.title} sentence={undefined} />
      <Answered answer={answer}>{() => null}</Answered>
    </>
  );
}

/** The page that the address names; the name of a facility's page without a facility is that page still. */
function pageAt(pages: readonly Page[]): Page | undefined {
  const at = address.value;
  if (at.kind === "invitation") return undefined;
  const part = at.kind === "facilities" ? "" : at.part;
  const named = pages.filter((page) => page.part === part);
  if (at.kind === "facility") return named.find(({ scope }) => scope === "facility");
  return named.find(({ scope }) => scope === "whole") ?? named[0];
}

/** What is known of a facility; `facility` is undefined while it is asked for, and where there is none. */
function useFacility(facilityId: string | undefined): {
  readonly facility: FacilityAt | undefined;
  readonly answer: Answer<FacilityDetail>;
} {
  const listed = overview.value?.facilities.find(({ facility_id }) => facility_id === facilityId);
  const isAsked = facilityId !== undefined && listed === undefined;
  const answer = useAnswer(
    isAsked ? `/api/facilities/${encodeURIComponent(facilityId)}` : undefined,
    FacilityDetail,
    "minute",
  );
  const asked = answer.value?.summary;
  const known = listed ?? (asked?.facility_id === facilityId ? asked : undefined);
  return { facility: known === undefined ? undefined : placeOf(known), answer };
}

const placeOf = (summary: FacilitySummary): FacilityAt => ({
  facilityId: summary.facility_id,
  name: summary.name,
  timezone: summary.timezone,
  currency: summary.currency,
  today: summary.today.day,
});

/** A link that names a page of a facility, but no facility: where there is one alone, that is meant. */
function WhichFacility({ page }: { readonly page: Page }) {
  const { part } = page;
  const alone = only.value;
  useEffect(() => {
    if (alone !== undefined) goTo(facilityAddress(alone, part), "replace");
  }, [alone, part]);
  return (
    <>
      <PageHead title={page.title} sentence={frameWords.whichFacility(page.title)} />
      <FacilityChoice part={part} />
    </>
  );
}

const Nothing = ({ title, hint }: { readonly title: string; readonly hint: string }) => (
  <PageHead title={title} sentence={hint}>
    <p>
      <a href={closeupAddress()}>{words.backToAll}</a>
    </p>
  </PageHead>
);

function useTitle(page: Page | undefined, facility: FacilityAt | undefined): void {
  useEffect(() => {
    document.title = [
      ...(page === undefined || page.part === "" ? [] : [page.title]),
      ...(facility === undefined ? [words.office] : [facility.name]),
      "Gatehouse",
    ].join(" · ");
  });
}

/** Whoever goes to another page begins at its top, and hears where they are. */
function useArrival(content: { readonly current: HTMLElement | null }, place: string): void {
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [place]);
}
