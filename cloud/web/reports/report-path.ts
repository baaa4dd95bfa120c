import { queryOf } from "../frame/address.ts";

/** The address of one of a facility's reports: `revenue` with its days. */
export const reportPath = (
  facilityId: string,
  report: string,
  asked: Readonly<Record<string, string | undefined>> = {},
): string => `/v1/facilities/${encodeURIComponent(facilityId)}/reports/${report}${queryOf(asked)}`;
