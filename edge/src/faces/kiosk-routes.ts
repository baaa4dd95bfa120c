import { SpotCountRequest } from "@gatehouse/shared/contracts/accuracy";
import type { DevicesData } from "@gatehouse/shared/contracts/control";
import {
  LoginRequest,
  OpenRequest,
  type KioskState,
  type Me,
  type Welcome,
} from "@gatehouse/shared/contracts/kiosk";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf, milliseconds, minutes } from "@gatehouse/shared/time";
import { refuse } from "@gatehouse/shared/refusal";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Desk, FacilityStatus } from "../flows/desk.ts";
import type { RouteName } from "./access.ts";
import { accountRoutes } from "./account-routes.ts";
import { accessListRoutes } from "./access-list-routes.ts";
import { booksRoutes } from "./books-routes.ts";
import { cameraRoutes } from "./camera-routes.ts";
import { deviceView } from "./device-views.ts";
import { documentRoutes } from "./document-routes.ts";
import { driverRoutes } from "./driver-routes.ts";
import type { HandOpenings } from "./hand-openings.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { laneRoutes } from "./lane-routes.ts";
import { loginLife, type Login, type Logins } from "./logins.ts";
import type { Metrics } from "./metrics.ts";
import { moneyRoutes } from "./money-routes.ts";
import { parkingTicketRoutes } from "./parking-ticket-routes.ts";
import { plateRoutes } from "./plate-routes.ts";
import { readRoutes } from "./read-routes.ts";
import { problems } from "./problems.ts";
import { recent } from "./recent.ts";
import { registryRoutes } from "./registry-routes.ts";
import { readBody } from "./request-body.ts";
import { placeOf, type SignIn } from "./sign-in.ts";
import { shiftRoutes } from "./shift-routes.ts";
import { spaceRoutes } from "./space-routes.ts";
import { trackingRoutes } from "./tracking-routes.ts";
import { violationRoutes } from "./violation-routes.ts";
import { validationRoutes } from "./validation-routes.ts";
import type { Viewers } from "./viewers.ts";

export const loginCookie = "gatehouse_login";

/** What people without a login may ask is worked out this often at most; real time. */
const anyoneMayAskEvery = milliseconds(250);
const namesHoldFor = minutes(1);

export interface RouteDeps {
  readonly desk: Desk;
  readonly clock: Clock;
  /** Virtual seconds a real second. */
  readonly rate: number;
  readonly signIn: SignIn;
  readonly logins: Logins;
  readonly handOpenings: HandOpenings;
  readonly viewers: Viewers;
  readonly metrics: Metrics;
}

/** Routes that are WebSockets. */
export type LiveRoute = "GET /api/live" | "GET /api/signs/:sign_id/live" | "GET /ws/tracking/live";
/** A page whose address names what it shows. */
export type PageRoute = "GET /sign/:sign_id" | "GET /validate/:merchant_id";

/** What each route of the access table answers, but for the live ones. */
export function kioskRoutes(
  deps: RouteDeps,
): Record<Exclude<RouteName, LiveRoute | PageRoute>, Handler> {
  const { desk, clock, rate, metrics } = deps;
  const status = recent(clock, milliseconds(anyoneMayAskEvery * rate), () => desk.status());
  const facility = recent(clock, milliseconds(namesHoldFor * rate), () => desk.state().facility);
  return {
    "GET /healthz": (c) => health(c, status(), 200),
    "GET /readyz": (c) => health(c, status(), 503),
    "GET /metrics": async (c) =>
      c.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
    "GET /api/welcome": (c) => c.json(welcome(facility(), deps.signIn)),
    "POST /api/login": (c) => login(c, deps),
    "POST /api/logout": (c) => logout(c, deps),
    "GET /api/me": (c) => c.json(meOf(loginOf(c))),
    "GET /api/state": (c) => c.json(desk.state()),
    "POST /api/lanes/:lane_id/open": (c) => openLane(c, deps),
    "POST /api/alerts/:alert_id/acknowledge": (c) =>
      desk.acknowledgeAlert(param(c, "alert_id"), actorOf(loginOf(c)))
        ? c.body(null, 204)
        : refuse(problems.noSuchAlert),
    "POST /api/alerts/:alert_id/resolve": (c) =>
      desk.resolveAlert(param(c, "alert_id"), actorOf(loginOf(c)))
        ? c.body(null, 204)
        : refuse(problems.noSuchAlert),
    "GET /api/why/:id": (c) => {
      const answer = desk.why(param(c, "id"));
      return answer === undefined ? refuse(problems.noSuchFact) : c.json(answer);
    },
    "GET /api/devices": (c) =>
      c.json({
        now: isoOf(deps.clock.now()),
        devices: desk.devices().map(deviceView),
      } satisfies DevicesData),
    "GET /api/accuracy": (c) => c.json(desk.accuracy.report()),
    "POST /api/spot-counts": (c) => countSpots(c, deps),
    ...laneRoutes(desk.laneOrders),
    ...registryRoutes(desk.registry, clock),
    ...accessListRoutes(() => desk.access),
    "GET /api/signs/:sign_id": (c) => {
      const view = desk.signs.view(param(c, "sign_id"));
      return view === undefined ? refuse(problems.noSuchSign) : c.json(view);
    },
    ...cameraRoutes({ cameras: desk.cameras, clock }),
    ...parkingTicketRoutes(() => desk.parkingTickets),
    ...booksRoutes(() => desk.books),
    ...documentRoutes(() => desk.documents),
    ...shiftRoutes(
      () => desk.shifts,
      () => desk.documents,
      (name) => deps.signIn.operators().some(({ operator }) => operator === name),
    ),
    ...plateRoutes(() => desk.plates),
    ...spaceRoutes(() => desk.places),
    ...moneyRoutes(() => desk.money),
    ...accountRoutes(() => desk.accounts),
    ...validationRoutes({ desk: () => desk.money, clock, rate }),
    ...driverRoutes({ desk: () => desk.drivers, clock, rate }),
    ...readRoutes(() => desk.readPictures),
    ...trackingRoutes(() => desk.tracking),
    ...violationRoutes(() => desk.violations),
  };
}

/** A daemon that answers lives, whatever is broken around it; it is ready while nothing is at fault. */
function health(
  context: KioskContext,
  { level, verdict }: FacilityStatus,
  whenFaulty: 200 | 503,
): Response {
  return context.json({ status: level, verdict }, level === "fault" ? whenFaulty : 200);
}

function welcome({ name, timezone }: KioskState["facility"], signIn: SignIn): Welcome {
  return { facility: { name, timezone }, operators: signIn.operators() };
}

async function login(context: KioskContext, deps: RouteDeps): Promise<Response> {
  const { signIn, logins, viewers, metrics } = deps;
  const asked = await readBody(context.req, LoginRequest);
  if (asked.kind === "problem") return refuse(asked.problem);

  const answer = await signIn.try(asked.body, placeOf(context.env.incoming.socket.remoteAddress));
  if (answer.kind === "busy") return refuse(problems.busy, { "retry-after": "1" });
  if (answer.kind === "locked") {
    metrics.count("lockouts");
    return refuse(problems.lockedOut, { "retry-after": String(Math.ceil(answer.wait / 1000)) });
  }
  if (answer.kind === "wrong") {
    metrics.count("wrong_pins");
    return refuse(problems.wrongPin);
  }

  metrics.count("logins");
  const { token, ended } = logins.begin(answer.me);
  for (const loginId of ended) viewers.endLogin(loginId);
  setCookie(context, loginCookie, token, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    maxAge: loginLife / 1000,
  });
  return context.json(answer.me);
}

function logout(context: KioskContext, { logins, viewers }: RouteDeps): Response {
  const ended = logins.end(getCookie(context, loginCookie));
  if (ended !== undefined) viewers.endLogin(ended);
  deleteCookie(context, loginCookie, { httpOnly: true, sameSite: "Strict", path: "/" });
  return context.body(null, 204);
}

async function openLane(context: KioskContext, deps: RouteDeps): Promise<Response> {
  const asked = await readBody(context.req, OpenRequest);
  if (asked.kind === "problem") return refuse(asked.problem);
  const { request_id: requestId, reason, note, session_id: sessionId } = asked.body;

  const login = loginOf(context);
  if (!deps.handOpenings.admit(login.operator, requestId)) {
    deps.metrics.count("hand_openings_limited");
    return refuse(problems.tooManyOpenings, { "retry-after": "60" });
  }
  const answer = await deps.desk.openByHand({
    laneId: param(context, "lane_id"),
    requestId,
    reason,
    ...(note === undefined ? {} : { note }),
    ...(sessionId === undefined ? {} : { sessionId }),
    actor: actorOf(login),
  });
  if ("kind" in answer) return refuse({ type: answer.reason, title: answer.sentence, status: 409 });
  return context.json(answer);
}

async function countSpots(context: KioskContext, { desk }: RouteDeps): Promise<Response> {
  const asked = await readBody(context.req, SpotCountRequest);
  if (asked.kind === "problem") return refuse(asked.problem);
  const answer = desk.accuracy.count(asked.body, actorOf(loginOf(context)));
  if ("kind" in answer) return refuse({ type: answer.reason, title: answer.sentence, status: 409 });
  return context.json(answer);
}

/** A fault is the world's and says what to do; anything else is a bug, and says only that. */
export function answerError(error: unknown): Response {
  if (!(error instanceof Fault)) return refuse(problems.broken);
  return refuse({ type: error.code, title: error.message, status: 503, hint: error.hint });
}

const param = (context: KioskContext, name: string): string => context.req.param(name) ?? "";

const meOf = ({ operator, name, role }: Login): Me => ({ operator, name, role });
