import { earlier, hours } from "@gatehouse/shared/time";
import { noon } from "../edge-ledger.ts";
import type { TestOffice } from "../head-office.ts";
import { tellPast, townFacility } from "../wire/town-history.ts";

const daysTold = 9;
const past = () => townFacility(0, earlier(noon, hours(24 * daysTold)), 0.25);

/** A facility with nine days of history up to noon, and one that has never told anything. */
export const populatedId = past().plan.facilityId;
export const emptyId = "harbour";

/** Tells the past of the one; the other keeps silent. */
export const tellPopulated = (office: TestOffice): Promise<void> =>
  tellPast(office, past(), 24 * daysTold);
