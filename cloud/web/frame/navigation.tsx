import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { leave } from "../connection.ts";
import { mayI } from "../own-rights.ts";
import { words } from "../words.ts";
import { address, closeupAddress, facilityAddress, wholeAddress } from "./address.ts";
import { FacilitySwitcher } from "./facility-switcher.tsx";
import { frameWords } from "./frame-words.ts";
import { chooseLanguage, language, languages, type Language } from "./language.ts";
import { type FacilityAt, type Page, type PageGroup, pageGroups } from "./page.ts";

/** What can be looked at: on a desk a column, on a phone a menu. Only what whoever is signed in may see. */
export function Navigation({
  pages,
  page,
  facilityId,
  facility,
}: {
  readonly pages: readonly Page[];
  readonly page: Page | undefined;
  readonly facilityId: string | undefined;
  readonly facility: FacilityAt | undefined;
}) {
  const isOpen = useSignal(false);
  const at = address.value;
  const list = useRef<HTMLDivElement>(null);
  const seen = pages.filter((each) => each.isHidden !== true && mayI(each.right));
  useEffect(() => {
    isOpen.value = false;
  }, [at]);
  // The page that is open stands in sight, however many there are.
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [page, seen.length]);
  const ofFacility = facilityId === undefined ? [] : seen.filter((each) => isOf(each, "facility"));
  const ofAll = seen.filter((each) => isOf(each, "whole"));
  return (
    <div class={isOpen.value ? "navigation is-open" : "navigation"}>
      <div class="navigation-head">
        <a class="brand" href={closeupAddress()}>
          Gatehouse
        </a>
        <button
          type="button"
          class="button menu"
          aria-expanded={isOpen.value}
          aria-controls="navigation"
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          {isOpen.value ? frameWords.closeMenu : frameWords.menu}
        </button>
      </div>
      <nav id="navigation" aria-label={frameWords.navigation}>
        <FacilitySwitcher facilityId={facilityId} facility={facility} page={page} />
        <div class="navigation-pages" ref={list}>
          <Groups
            pages={ofFacility}
            here={page}
            addressOf={({ part }) => facilityAddress(facilityId ?? "", part)}
          />
          <Groups
            pages={ofAll}
            here={page}
            addressOf={({ part }) => (part === "" ? closeupAddress() : wholeAddress(part))}
            isFlat={facilityId !== undefined}
          />
          <div class="navigation-foot">
            <LanguageChoice />
            <button type="button" class="link" onClick={() => void leave()}>
              {words.signOut}
            </button>
          </div>
        </div>
      </nav>
    </div>
  );
}

const isOf = ({ scope }: Page, wanted: Page["scope"]): boolean => scope === wanted;

/** Pages below the names of their groups, or, where those are a facility's, without. */
function Groups({
  pages,
  here,
  addressOf,
  isFlat = false,
}: {
  readonly pages: readonly Page[];
  readonly here: Page | undefined;
  readonly addressOf: (page: Page) => string;
  readonly isFlat?: boolean;
}) {
  const links = (some: readonly Page[]) => (
    <ul>
      {some.map((each) => (
        <li key={each.part}>
          <a href={addressOf(each)} aria-current={each === here ? "page" : undefined}>
            {each.title}
          </a>
        </li>
      ))}
    </ul>
  );
  if (pages.length === 0) return null;
  if (isFlat) return <section class="navigation-whole">{links(pages)}</section>;
  return (
    <>
      {pageGroups.map((group: PageGroup) => {
        const some = pages.filter((each) => each.group === group);
        if (some.length === 0) return null;
        return (
          <section key={group}>
            <h2>{frameWords.group[group]}</h2>
            {links(some)}
          </section>
        );
      })}
    </>
  );
}

function LanguageChoice() {
  return (
    <select
      aria-label={frameWords.languageLabel}
      value={language}
      onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
    >
      {Object.entries(languages).map(([code, name]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
