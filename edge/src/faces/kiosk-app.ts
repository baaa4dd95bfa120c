import type { PageFiles } from "@gatehouse/shared/page-files";
import type { Log } from "@gatehouse/shared/ports/log";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie } from "hono/cookie";
import { isToken, tokenIn } from "@gatehouse/shared/bearer-token";
import { Fault } from "@gatehouse/shared/fault";
import { refuse } from "@gatehouse/shared/refusal";
import { accessTable, type Access, type RouteName } from "./access.ts";
import { cameraIn, type Handler, type KioskContext, type KioskEnv } from "./kiosk-context.ts";
import { answerError, kioskRoutes, loginCookie, type RouteDeps } from "./kiosk-routes.ts";
import { liveRoutes, type LiveRoutesDeps } from "./live-routes.ts";
import { problems } from "./problems.ts";
import { bodyMax } from "./request-body.ts";
import { isThisMachine } from "./sign-in.ts";

export interface AppDeps extends RouteDeps, LiveRoutesDeps {
  readonly log: Log;
  /** Camera id → SHA-256 (hex) of its token. */
  readonly cameraTokens: Readonly<Record<string, string>>;
  readonly files: PageFiles;
}

/** Our own files and nothing else: no inline script or style, no frame around the page, nobody told of it. */
const pageHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
};

const livePaths: ReadonlySet<string> = new Set([
  "/api/live",
  "/api/signs/:sign_id/live",
  "/ws/tracking/live",
]);

/** Makes the kiosk's routes from the access table: what is not in it does not exist. */
export function kioskApp(deps: AppDeps): Hono<KioskEnv> {
  const app = new Hono<KioskEnv>();
  const handlers: Record<RouteName, Handler | MiddlewareHandler> = {
    ...kioskRoutes(deps),
    ...liveRoutes(deps),
    "GET /sign/:sign_id": (c: KioskContext) => signPage(deps, c),
    // The same page for every merchant: whose it is, its token tells.
    "GET /validate/:merchant_id": (c: KioskContext) => pageFile(deps, c, "/validate.html"),
  };
  app.use(counted(deps));
  for (const [route, access] of Object.entries(accessTable)) {
    const [method = "", path = ""] = route.split(" ");
    const [maySend, handler] = [bodyLimitOf(access), handlers[route as RouteName]];
    app.on(method, path, guard(deps, method, path, access), maySend, handler);
  }
  for (const [path, methods] of methodsByPath()) {
    app.all(path, () => refuse(wrongMethod(methods), { allow: methods.join(", ") }));
  }
  app.get("*", (c) => pageFile(deps, c));
  app.notFound(() => refuse(problems.noSuchPage));
  // A request that finds a bug must not stop the gates: it is told, counted, and everything goes on.
  app.onError((error) => {
    if (!(error instanceof Fault)) {
      deps.metrics.count("bugs");
      deps.log.error("kiosk bug", { error });
    }
    return answerError(error);
  });
  return app;
}

/** Every answer carries the page's headers; refusals are counted. */
function counted({ metrics }: AppDeps): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(pageHeaders)) context.res.headers.set(name, value);
    if (!context.res.headers.has("cache-control"))
      context.res.headers.set("cache-control", "no-store");
    if (context.res.status >= 400) metrics.count("refused_requests");
  };
}

/** Who asks, and from where: in this order, so that a foreign page learns nothing about logins. */
function guard(
  deps: AppDeps,
  method: string,
  path: string,
  access: Access,
): MiddlewareHandler<KioskEnv> {
  const actsOnBehalf = method !== "GET" || livePaths.has(path);
  return async (context, next) => {
    if (access.camera === true && context.req.header("authorization") !== undefined) {
      // No page of a browser sends this by itself: what comes with a token comes on nobody's behalf.
      if (isItsToken(deps, context)) return next();
      deps.metrics.count("wrong_camera_tokens");
      return refuse(problems.wrongToken);
    }
    // No page sends such a token by itself either; whose it is the route finds out.
    if (access.bearer === true) return next();
    if (actsOnBehalf && !isOwnOrigin(context)) {
      deps.metrics.count("foreign_origins");
      return refuse(problems.foreignOrigin);
    }
    const login = deps.logins.find(getCookie(context, loginCookie));
    if (login !== undefined) context.set("login", login);
    if (access.anyone === true) return next();
    if (access.machine === true && isLocalProcess(context)) return next();
    if (login === undefined) return refuse(problems.notSignedIn);
    if (!access.roles.includes(login.role)) return refuse(problems.notAllowed);
    return next();
  };
}

function isItsToken({ cameraTokens }: AppDeps, context: KioskContext): boolean {
  const camera = cameraIn(context) ?? "";
  const sha256 = Object.hasOwn(cameraTokens, camera) ? cameraTokens[camera] : undefined;
  return isToken(tokenIn(context.req.header("authorization")) ?? "", sha256);
}

/** After the guard: what a stranger sends is not read. */
function bodyLimitOf({ bodyMax: maxSize = bodyMax }: Access): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: () => refuse(problems.tooLarge(maxSize)) });
}

/** The browser names the page that asks; only a page of this very host may act. */
function isOwnOrigin(context: KioskContext): boolean {
  const origin = context.req.header("origin");
  const host = context.req.header("host");
  const site = context.req.header("sec-fetch-site");
  if (origin === undefined || host === undefined) return false;
  if (site !== undefined && site !== "same-origin") return false;
  return URL.parse(origin)?.host === host.toLowerCase();
}

/** A proxy on this machine speaks for others, so what it forwards is not local. */
function isLocalProcess(context: KioskContext): boolean {
  const isForwarded = ["forwarded", "x-forwarded-for", "via"].some(
    (header) => context.req.header(header) !== undefined,
  );
  return !isForwarded && isThisMachine(context.env.incoming.socket.remoteAddress);
}

/** One page shows every display; its address says which. */
function signPage(deps: AppDeps, context: KioskContext): Response {
  const isSign = deps.desk.signs.view(context.req.param("sign_id") ?? "") !== undefined;
  return isSign ? pageFile(deps, context, "/sign.html") : refuse(problems.noSuchSign);
}

function pageFile({ files }: AppDeps, context: KioskContext, path = context.req.path): Response {
  if (files.size === 0 && path === "/") return refuse(problems.pageMissing);
  const file = files.get(path);
  if (file === undefined) return refuse(problems.noSuchPage);
  const headers = {
    "content-type": file.type,
    "cache-control": file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    etag: file.etag,
  };
  const isKnown = context.req.header("if-none-match") === file.etag;
  return new Response(isKnown ? null : file.bytes, { status: isKnown ? 304 : 200, headers });
}

function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const route of Object.keys(accessTable)) {
    const [method = "", path = ""] = route.split(" ");
    methods.set(path, [
      ...(methods.get(path) ?? []),
      ...(method === "GET" ? ["GET", "HEAD"] : [method]),
    ]);
  }
  return methods;
}

const wrongMethod = (methods: readonly string[]) => ({
  type: "wrong-method",
  title: `This address answers ${methods.join(" and ")} only.`,
  status: 405,
});
