import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { tariffInForce } from "../store/rights.ts";
import type { Book } from "../store/book.ts";
import { saveFacility } from "../store/spaces.ts";
import type { Instant } from "@gatehouse/shared/time";

/** Keeps the facility's own row in step with its configuration. */
export function registerFacility(book: Book, config: FacilityConfig, totalSpaces: number): void {
  const { id, name, location, operating_hours, timezone, currency } = config.facility;
  const tariff = tariffInForce(book, Number.MAX_SAFE_INTEGER as Instant);
  book.write((tx) =>
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
    }),
  );
}
