import { canonicalJson } from "@gatehouse/shared/canonical";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { tariffInForce } from "../store/rights.ts";
import type { Book } from "../store/book.ts";
import { saveFacility } from "../store/spaces.ts";
import type { Instant } from "@gatehouse/shared/time";
import { layoutOf } from "../domain/layout.ts";
import { readNote, saveNote } from "../store/notes.ts";

const toldNote = "layout-told";

/** Keeps the facility's own row in step with its configuration, and tells head office a layout that has changed. */
export function registerFacility(
  book: Book,
  config: FacilityConfig,
  totalSpaces: number,
  now: Instant,
): void {
  const { id, name, location, operating_hours, timezone, currency } = config.facility;
  const tariff = tariffInForce(book, Number.MAX_SAFE_INTEGER as Instant);
  const layout = layoutOf(config);
  const told = canonicalJson(layout);
  book.write((tx) => {
    if (readNote(tx, toldNote) !== told) {
      saveNote(tx, toldNote, told);
      tx.append(now, { type: "layout-told", body: layout });
    }
    saveFacility(tx, {
      facilityId: id,
      facilityName: name,
      location: { ...location, timezone },
      totalSpaces,
      operatingHours: operating_hours,
      pricingRules: tariff === undefined ? { currency } : { ...tariff },
      facilityLayout: {
        zones: config.zones,
        lanes: config.lanes.map(({ id: lane, name: label, direction }) => ({
          id: lane,
          name: label,
          direction,
        })),
      },
      isActive: true,
    });
  });
}
