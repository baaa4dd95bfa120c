import type { PageFiles } from "@gatehouse/shared/page-files";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { OfficeKey } from "./domain/people/office-key.ts";
import { alertRoutes } from "./routes/alerts/alerts.ts";
import { callbackRoutes } from "./routes/callbacks.ts";
import { checkDeclared } from "./routes/declared-access.ts";
import { deviceRoutes } from "./routes/devices/devices.ts";
import { enrolmentRoutes } from "./routes/enrolment.ts";
import type { RequestSums } from "./domain/request-sums.ts";
import { healthRoutes } from "./routes/health.ts";
import { liveRoutes, type OnChange } from "./routes/live.ts";
import { notifyRoutes } from "./routes/notify/notify.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { openDataRoutes } from "./routes/open-data.ts";
import { OfficeDoor } from "./routes/office-door.ts";
import { officeRoutes } from "./routes/office.ts";
import { outlookRoutes } from "./routes/outlook/outlook.ts";
import { auditRoutes } from "./routes/people/audit.ts";
import { OfficeToken } from "./routes/people/office-token.ts";
import { organisationRoutes } from "./routes/people/organisations.ts";
import { ownAccountRoutes } from "./routes/people/own-account.ts";
import { ownTokenRoutes } from "./routes/people/own-tokens.ts";
import { Passwords } from "./routes/people/passwords.ts";
import type { PeoplePorts } from "./routes/people/people-ports.ts";
import { signInRoutes } from "./routes/people/sign-in.ts";
import { userRoutes } from "./routes/people/users.ts";
import { pageRoutes } from "./routes/pages.ts";
import { problems } from "./routes/problems.ts";
import { RequestMeter } from "./routes/request-meter.ts";
import { receiptRoutes } from "./routes/receipts.ts";
import { reportRoutes } from "./routes/reports/reports.ts";
import { ruleRoutes } from "./routes/rules/rules.ts";
import { uplinkRoutes } from "./routes/uplink.ts";
import { apiIndexRoutes } from "./routes/v1/api-index.ts";
import { type Answered, showingAnswers } from "./routes/v1/checked-answers.ts";
import { entityTags } from "./routes/v1/etag.ts";
import { listRoutes } from "./routes/v1/list-routes.ts";
import { mirrorPageRoutes } from "./routes/v1/mirror.ts";
import { otherMethodRoutes } from "./routes/v1/other-methods.ts";
import { traceOf, tracing } from "./routes/v1/trace.ts";
import { V1Desk } from "./routes/v1/v1-desk.ts";
import { violationRoutes } from "./routes/violations/violations.ts";
import { codeOf, type Database, isUnavailable } from "./store/database.ts";

export interface AppPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Head office's first token; `stays`: it opens head office also when there is an admin. */
  readonly firstToken: { readonly text: string; readonly stays: boolean };
  readonly key: OfficeKey;
  readonly pages: PageFiles;
  /** Whether there is a server for mail. */
  readonly canMail: boolean;
  readonly onChange: OnChange;
  /** Into which requests are counted. */
  readonly sums: RequestSums;
  readonly addressOf: (c: Context) => string;
  /** Sees every answer of the API; what it throws becomes the answer. */
  readonly onAnswer?: ((answered: Answered) => void) | undefined;
}

/** Every route of head office. Without a network: `app.request(...)` is the whole of it. */
export function buildApp(ports: AppPorts): Hono {
  const app = new Hono();
  const officeToken = new OfficeToken(ports.database, ports.clock, ports.firstToken);
  const door = new OfficeDoor({ ...ports, officeToken });
  const passwords = new Passwords(() => ports.random.id());
  const v1 = new V1Desk({ ...ports, door });
  const people: PeoplePorts = { ...ports, door, officeToken, passwords };

  const meter = new RequestMeter(ports.clock, ports.sums);
  app.use(meter.measured);
  app.use(tracing(ports.clock, ports.addressOf));
  app.use(secureHeaders(security));
  for (const facts of ["/api/*", "/v1/*"])
    app.use(facts, async (c, next) => {
      await next();
      if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
    });
  app.use("/v1/*", entityTags);
  if (ports.onAnswer !== undefined) app.use("/v1/*", showingAnswers(ports.onAnswer));
  app.route("/", healthRoutes(ports.database));
  app.route("/", uplinkRoutes(ports));
  app.route("/", callbackRoutes(ports));
  app.route("/", signInRoutes(people));
  app.route("/", ownAccountRoutes(people));
  app.route("/", ownTokenRoutes(people));
  app.route("/", userRoutes(people));
  app.route("/", organisationRoutes(people));
  app.route("/", auditRoutes(people));
  app.route("/", officeRoutes({ ...ports, door }));
  app.route("/", alertRoutes({ ...ports, door }));
  app.route("/", notifyRoutes({ ...ports, door }));
  app.route("/", deviceRoutes({ ...ports, door }));
  app.route("/", violationRoutes({ ...ports, door }));
  app.route("/", reportRoutes({ ...ports, door, v1 }));
  app.route("/", outlookRoutes({ ...ports, door, v1 }));
  app.route("/", ruleRoutes({ ...ports, door, v1 }));
  app.route("/", enrolmentRoutes({ ...ports, door }));
  app.route("/", liveRoutes({ ...ports, door }));
  app.route("/", receiptRoutes(ports));
  app.route("/", listRoutes({ ...ports, v1 }));
  app.route("/", openDataRoutes({ ...ports, door, v1 }));
  app.route("/", metricsRoutes({ ...ports, door, meter, v1 }));
  app.route("/", apiIndexRoutes(v1, app));
  mirrorPageRoutes(app, v1);
  app.route("/", otherMethodRoutes(app));
  app.route("/", pageRoutes(ports.pages));

  checkDeclared(app);

  app.notFound(() => refuse(problems.noSuchPage));
  app.onError((error, c) => {
    const trace = traceOf(c);
    if (isUnavailable(error)) {
      ports.log.warn("database-away", { code: codeOf(error), trace });
      return refuse(problems.databaseAway, { "retry-after": "2" });
    }
    // A zero character, which an address can hold and PostgreSQL cannot.
    if (codeOf(error) === "22021") return refuse(problems.notStorable);
    // A database's message may quote a row, and a log never holds a plate.
    const code = codeOf(error);
    ports.log.error("request-broke", {
      ...(code === "" ? { reason: error.message } : { code }),
      trace,
    });
    return refuse(problems.broken);
  });
  return app;
}

const security = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
  xFrameOptions: "DENY",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginResourcePolicy: "same-origin",
  // Head office may stand behind plain HTTP on one machine; who ends TLS sets this.
  strictTransportSecurity: false,
} satisfies Parameters<typeof secureHeaders>[0];
