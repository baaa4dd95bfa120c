import { FacilityDetail, Overview } from "@gatehouse/shared/contracts/office";
import { ask, nothing, type Contract, type Told } from "../../shared/web/ask.ts";

export const askOverview = (search: string): Promise<Told<Overview>> =>
  askOffice("GET", `/api/overview?search=${encodeURIComponent(search)}`, Overview);
export const askFacility = (id: string): Promise<Told<FacilityDetail>> =>
  askOffice("GET", `/api/facilities/${encodeURIComponent(id)}`, FacilityDetail);

export const signIn = (token: string): Promise<Told<undefined>> =>
  askOffice("POST", "/api/login", nothing, { token });
export const signOut = (): Promise<Told<undefined>> => askOffice("POST", "/api/logout", nothing);
export const resolveAlert = (facilityId: string, alertId: string): Promise<Told<undefined>> =>
  askOffice(
    "POST",
    `/api/facilities/${encodeURIComponent(facilityId)}/alerts/${encodeURIComponent(alertId)}/resolve`,
    nothing,
  );

/** Head office that cannot answer now, because its database is away, is as good as not there. */
async function askOffice<T>(
  method: "GET" | "POST",
  path: string,
  contract: Contract<T>,
  body?: object,
): Promise<Told<T>> {
  const told = await ask(method, path, contract, body);
  const isAway = told.kind === "refused" && told.problem.status >= 500;
  return isAway ? { kind: "unreachable" } : told;
}
