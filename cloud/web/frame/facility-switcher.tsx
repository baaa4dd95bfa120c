import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { address } from "./address.ts";
import { FacilityChoice } from "./facility-choice.tsx";
import { frameWords as words } from "./frame-words.ts";
import type { FacilityAt, Page } from "./page.ts";

/** Where one goes in a facility that is chosen where no page of a facility is open. */
const firstPart = "overview";

/** Says which facility the page is about, and leads to the same page of another. */
export function FacilitySwitcher({
  facilityId,
  facility,
  page,
}: {
  readonly facilityId: string | undefined;
  readonly facility: FacilityAt | undefined;
  readonly page: Page | undefined;
}) {
  const isOpen = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const at = address.value;
  useEffect(() => {
    isOpen.value = false;
  }, [at]);
  useEffect(() => {
    const pressed = (event: PointerEvent): void => {
      const isInside = event.target instanceof Node && place.current?.contains(event.target);
      if (isInside !== true) isOpen.value = false;
    };
    const typed = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || !isOpen.value) return;
      isOpen.value = false;
      button.current?.focus();
    };
    document.addEventListener("pointerdown", pressed);
    document.addEventListener("keydown", typed);
    return () => {
      document.removeEventListener("pointerdown", pressed);
      document.removeEventListener("keydown", typed);
    };
  }, []);
  return (
    <div class="switcher" ref={place}>
      <button
        type="button"
        class="button"
        ref={button}
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <span class="switcher-name">{facility?.name ?? facilityId ?? words.chooseFacility}</span>
        <span aria-hidden="true">▾</span>
        {facilityId !== undefined && <span class="visually-hidden">, {words.otherFacility}</span>}
      </button>
      {isOpen.value && (
        <div class="switcher-choice">
          <FacilityChoice
            part={page?.scope === "facility" ? page.part : firstPart}
            here={facilityId}
            isFocused
          />
        </div>
      )}
    </div>
  );
}
