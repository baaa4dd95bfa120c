import { CalibrateRequest } from "@gatehouse/shared/contracts/camera-setup";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { refuse } from "@gatehouse/shared/refusal";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";
import type { CameraDesk, SetupRefusal } from "../flows/camera/desk.ts";
import type { RouteName } from "./access.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { problems } from "./problems.ts";
import { readBody } from "./request-body.ts";

type CameraRoute = Extract<RouteName, `${string} /api/cameras${string}`>;

export interface CameraRouteDeps {
  readonly cameras: CameraDesk | undefined;
  readonly clock: Clock;
}

const statuses: Readonly<Record<SetupRefusal["reason"], number>> = {
  "no-such-camera": 404,
  "drawing-flawed": 422,
  "someone-else-saved": 412,
  "picture-gone": 404,
  "picture-refused": 422,
  "camera-unusable": 409,
  "camera-busy": 409,
};

/** What the setup page asks: drawings, pictures, calibrations. */
export function cameraRoutes(deps: CameraRouteDeps): Record<CameraRoute, Handler> {
  const { cameras, clock } = deps;
  return {
    "GET /api/cameras": (c) => c.json({ now: isoOf(clock.now()), cameras: cameras?.cards() ?? [] }),
    "GET /api/cameras/:camera_id/view": (c) => {
      const drawing = cameras?.drawingOf(cameraOf(c)) ?? noCameras;
      if ("kind" in drawing) return refused(drawing);
      return c.json(drawing, 200, { etag: `"${drawing.tag}"` });
    },
    "PUT /api/cameras/:camera_id/view": (c) => saveView(c, deps),
    "GET /api/cameras/:camera_id/picture": async (c) => {
      const picture = await (cameras?.picture(cameraOf(c), c.req.query("tag")) ?? noCameras);
      if ("kind" in picture) return refused(picture);
      const headers = { "content-type": "image/jpeg", etag: `"${picture.tag}"` };
      return c.body(Uint8Array.from(picture.bytes), 200, headers);
    },
    "POST /api/cameras/:camera_id/examine": (c) => examine(c, deps),
    "POST /api/cameras/:camera_id/calibrate": (c) => calibrate(c, deps),
    "GET /api/cameras/:camera_id/calibration": (c) => {
      const state = cameras?.calibration(cameraOf(c)) ?? noCameras;
      return "kind" in state ? refused(state) : c.json(state);
    },
  };
}

async function saveView(context: KioskContext, { cameras }: CameraRouteDeps): Promise<Response> {
  if (cameras === undefined) return refused(noCameras);
  const tag = /^"([^"]+)"$/.exec(context.req.header("if-match") ?? "")?.[1];
  if (tag === undefined) return refuse(problems.noIfMatch);
  const asked = await readBody(context.req, CameraView);
  if (asked.kind === "problem") return refuse(asked.problem);
  const actor = actorOf(loginOf(context));
  const kept = cameras.saveView(cameraOf(context), asked.body, tag, actor);
  if ("kind" in kept) return refused(kept);
  return context.json(kept, 200, { etag: `"${kept.tag}"` });
}

/** Without a body: the camera's next picture. */
async function examine(context: KioskContext, { cameras }: CameraRouteDeps): Promise<Response> {
  if (cameras === undefined) return refused(noCameras);
  const bytes = new Uint8Array(await context.req.arrayBuffer());
  if (bytes.length > 0 && !isPicture(context)) return refuse(problems.notAPicture);
  const done = await cameras.examine(cameraOf(context), bytes.length === 0 ? undefined : bytes);
  return "kind" in done ? refused(done) : context.json(done);
}

async function calibrate(context: KioskContext, { cameras }: CameraRouteDeps): Promise<Response> {
  if (cameras === undefined) return refused(noCameras);
  const [cameraId, actor] = [cameraOf(context), actorOf(loginOf(context))];
  if (isPicture(context)) {
    const picture = new Uint8Array(await context.req.arrayBuffer());
    return begun(context, await cameras.calibrate(cameraId, { by: "sent", picture }, actor));
  }
  const asked = await readBody(context.req, CalibrateRequest);
  if (asked.kind === "problem") return refuse(asked.problem);
  return begun(context, await cameras.calibrate(cameraId, asked.body, actor));
}

const begun = (
  context: KioskContext,
  state: Awaited<ReturnType<CameraDesk["calibrate"]>>,
): Response => ("kind" in state ? refused(state) : context.json(state, 202));

const refused = ({ reason, sentence, hint, errors }: SetupRefusal): Response =>
  refuse({
    type: reason,
    title: sentence,
    status: statuses[reason],
    ...(hint === undefined ? {} : { hint }),
    ...(errors === undefined ? {} : { errors: [...errors] }),
  });

const noCameras: SetupRefusal = {
  kind: "refused",
  reason: "no-such-camera",
  sentence: "No camera is configured here.",
};

const isPicture = (context: KioskContext): boolean =>
  /^image\/(jpeg|png) *(;|$)/i.test(context.req.header("content-type") ?? "");

const cameraOf = (context: KioskContext): string => context.req.param("camera_id") ?? "";
