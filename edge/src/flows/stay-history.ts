import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { minorUnits } from "@gatehouse/shared/money";
import type { Instant } from "@gatehouse/shared/time";
import { creditedOf } from "../domain/money/billing.ts";
import type { EarlierStay } from "@gatehouse/shared/tariff/price";
import type { Reader } from "../store/book.ts";
import { listEndedOf, type Session } from "../store/sessions.ts";
import { findSpace } from "../store/spaces.ts";

/** A stay is followed through so many earlier ones at most. */
const earlierMost = 20;

/** What a plate did before this stay, latest first, where its tariff has rules for coming back. */
export function earlierStays(
  reader: Reader,
  { reentry }: Tariff,
  { vehicleLicense: plate, entryTime }: Session,
): EarlierStay[] | undefined {
  if (reentry === undefined || plate === null) return undefined;
  return listEndedOf(reader, plate, entryTime, earlierMost).map((stay) => ({
    entry: stay.entryTime as Instant,
    exit: stay.exitTime as Instant,
    paid: minorUnits(creditedOf(stay)),
  }));
}

/** What kind of space a vehicle stands in, where that is known. */
export const spaceTypeOf = (reader: Reader, { spaceId }: Session): SpaceType | undefined =>
  spaceId === null ? undefined : (findSpace(reader, spaceId)?.spaceType as SpaceType | undefined);
