import { FacilityDetail, Overview } from "@gatehouse/shared/contracts/office";
import { type HeadOfficeLogin, Me, WaysIn } from "@gatehouse/shared/contracts/own-account";
import { Invitation, UsersPage, type UserView } from "@gatehouse/shared/contracts/people";
import { ask, nothing, type Contract, type Told } from "../../shared/web/ask.ts";

export const askOverview = (search: string): Promise<Told<Overview>> =>
  askOffice("GET", `/api/overview?search=${encodeURIComponent(search)}`, Overview);
export const askFacility = (id: string): Promise<Told<FacilityDetail>> =>
  askOffice("GET", `/api/facilities/${encodeURIComponent(id)}`, FacilityDetail);

export const askWaysIn = (): Promise<Told<WaysIn>> => askOffice("GET", "/api/login", WaysIn);
export const signIn = (login: HeadOfficeLogin): Promise<Told<undefined>> =>
  askOffice("POST", "/api/login", nothing, login);
export const acceptInvitation = (code: string, password: string): Promise<Told<undefined>> =>
  askOffice("POST", "/api/invitations/accept", nothing, { code, password });
export const askMe = (): Promise<Told<Me>> => askOffice("GET", "/api/me", Me);
export const askUsers = (search: string, after = ""): Promise<Told<UsersPage>> =>
  askOffice("GET", `/api/users?${new URLSearchParams({ search, after }).toString()}`, UsersPage);
export const makeUser = (asked: object): Promise<Told<Invitation>> =>
  askOffice("POST", "/api/users", Invitation, asked);
export const actOnUser = <T>(
  user: UserView,
  act: "invitation" | "activate" | "deactivate",
  contract: Contract<T>,
  asked: object,
): Promise<Told<T>> =>
  askOffice("POST", `/api/users/${user.organisation_id}/${user.user_id}/${act}`, contract, asked);
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
