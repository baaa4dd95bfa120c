import { parseArgs } from "node:util";
import { CodeMade } from "@gatehouse/shared/contracts/enrolment";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { ConfigError, readConfig } from "./config.ts";

const usage = `gatehouse-cloud enrol FACILITY [--name NAME] [--timezone ZONE] [--currency EUR] [--hours N]
                      [--data DIR] [--url http://127.0.0.1:4703] [--request ID]

Makes a facility known to the head office that runs at --url, and a code with which its box joins, once and
within --hours (24). The code is shown this once. The same --request again ends the code before it.

GATEHOUSE_API_TOKEN  a token of yours with the right enrol-facilities; where it is missing head office's first token is
                     shown, which opens it until there is an admin`;

/**
 * `gatehouse-cloud enrol`: asks the running head office, with a token of whoever asks, or its own first one.
 *
 * @param newId makes the id of the request where none is given
 * @returns what to print
 * @throws ConfigError when the arguments are wrong or head office refuses, with what to do
 */
export async function enrolFacility(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  newId: () => string,
): Promise<string> {
  const { values, facilityId } = readArgs(args);
  const dataArgs = values.data === undefined ? [] : ["--data", values.data];
  const { tokens } = readConfig(dataArgs, env);
  const base = (values.url ?? "http://127.0.0.1:4703").replace(/\/+$/, "");
  const token = env["GATEHOUSE_API_TOKEN"] ?? tokens.office;
  const { timezone, currency, hours } = values;
  const order = {
    request_id: values.request ?? newId(),
    facility_id: facilityId,
    name: values.name ?? facilityId,
    ...(timezone === undefined ? {} : { timezone }),
    ...(currency === undefined ? {} : { currency }),
    ...(hours === undefined ? {} : { hours: Number(hours) }),
  };
  const { code, expires_at } = await ask(`${base}/api/facilities`, token, order);
  return `${code}\n\nUntil ${expires_at}, once: gatehouse cloud join ${base} ${code}`;
}

function readArgs(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = {
    name: text,
    timezone: text,
    currency: text,
    hours: text,
    data: text,
    url: text,
    request: text,
  };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const [facilityId, ...rest] = positionals;
    if (facilityId !== undefined && rest.length === 0) return { values, facilityId };
  } catch (error) {
    throw new ConfigError([error instanceof Error ? error.message : String(error), usage]);
  }
  throw new ConfigError(["name one facility, as facility.id in its configuration", usage]);
}

async function ask(url: string, token: string, order: object): Promise<CodeMade> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify(order);
  const response = await fetch(url, { method: "POST", headers, body }).catch((error: unknown) => {
    throw new ConfigError([
      `no head office answers at ${url}: start it, or name its address with --url`,
      error instanceof Error ? error.message : String(error),
    ]);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.status === 201) return CodeMade.parse(answer);
  const { title, hint, errors = [] } = Problem.safeParse(answer).data ?? {};
  const complaints = errors.map(({ path, message }) => `${path}: ${message}`);
  const said = [title ?? `HTTP ${response.status}`, hint, ...complaints];
  throw new ConfigError(said.filter((each) => each !== undefined));
}
