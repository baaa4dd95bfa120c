import type { Invitation, PlaceRef } from "@gatehouse/shared/contracts/people";
import type { Role } from "@gatehouse/shared/contracts/rights-at-office";
import { officeToken, type TestOffice } from "./head-office.ts";

const origin = "http://office.example";
export const password = "twelve dark owls";

/** A browser at head office's page: it keeps cookies and names its page. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #office: TestOffice;

  constructor(office: TestOffice) {
    this.#office = office;
  }

  async ask(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#office.request(`${origin}${path}`, {
      method,
      headers: {
        origin,
        host: "office.example",
        ...(cookie === "" ? {} : { cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  signIn(email: string, code?: string, secret = password): Promise<Response> {
    const asked = { email, password: secret, ...(code === undefined ? {} : { code }) };
    return this.ask("POST", "/api/login", asked);
  }

  /** What it reads. */
  async read<T>(path: string): Promise<T> {
    const response = await this.ask("GET", path);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** What became of something it did: the status and, if it was refused, why. */
  async act(path: string, body: unknown): Promise<string> {
    const response = await this.ask("POST", path, body);
    if (response.ok) return String(response.status);
    const { type } = (await response.json()) as { type: string };
    return `${response.status} ${type}`;
  }
}

let requests = 0;
/** Another one each time. */
export const requestId = (): string => `request-${(requests += 1)}`;

/** A tool with head office's first token. */
export const asOfficeToken = async (
  office: TestOffice,
  path: string,
  body: unknown,
): Promise<Response> =>
  office.request(path, {
    method: "POST",
    headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

export const emailOf = (name: string): string => `${name}@park.example`;

export interface Hired {
  readonly browser: TestBrowser;
  readonly organisationId: string;
  readonly userId: string;
  readonly path: string;
}

/** Somebody with these roles, invited with the first token, whose browser is signed in. */
export async function hire(
  office: TestOffice,
  name: string,
  assignments: readonly { readonly role: Role; readonly place: PlaceRef }[],
  organisationId = "main",
): Promise<Hired> {
  const made = await asOfficeToken(office, "/api/users", {
    request_id: requestId(),
    organisation_id: organisationId,
    email: emailOf(name),
    first_name: name,
    last_name: "Example",
    assignments,
  });
  if (made.status !== 201) throw new Error(`${made.status} ${await made.text()}`);
  const { code, user_id: userId } = (await made.json()) as Invitation;
  const browser = new TestBrowser(office);
  const accepted = await browser.ask("POST", "/api/invitations/accept", { code, password });
  if (accepted.status !== 204) throw new Error(`${accepted.status} ${await accepted.text()}`);
  return { browser, organisationId, userId, path: `/api/users/${organisationId}/${userId}` };
}

export const main: PlaceRef = { kind: "organisation", id: "main" };
export const facility = (id: string): PlaceRef => ({ kind: "facility", id });
export const organisation = (id: string): PlaceRef => ({ kind: "organisation", id });
