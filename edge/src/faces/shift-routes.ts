import { PrintRequest } from "@gatehouse/shared/contracts/documents";
import {
  CloseShiftRequest,
  CountShiftRequest,
  OpenShiftRequest,
  RelieveShiftRequest,
  ShiftMoveRequest,
} from "@gatehouse/shared/contracts/shifts";
import { isRefusal, refusal } from "../flows/desk.ts";
import type { DocumentsDesk } from "../flows/money/documents-desk.ts";
import type { ShiftActor } from "../flows/money/shifts.ts";
import type { ShiftsDesk } from "../flows/money/shifts-desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { pdfOrNothing, printerFault } from "./document-routes.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";

type ShiftRouteName = Extract<RouteName, `${string} /api/${"tills" | "shifts"}${string}`>;

const { asked, told } = askingWith({
  "unknown-till": 404,
  "unknown-shift": 404,
  "unknown-printer": 404,
  "not-your-shift": 403,
  "no-shift-key": 503,
  "bad-days": 400,
  "wrong-sum": 422,
});

/** @param isOperator whether somebody may sign in under this name */
export function shiftRoutes(
  desk: () => ShiftsDesk,
  documents: () => Pick<DocumentsDesk, "printReport" | "shownReport">,
  isOperator: (id: string) => boolean,
): Record<ShiftRouteName, Handler> {
  return {
    "GET /api/tills": (c) => c.json(desk().tills()),
    "POST /api/tills/:till_id/shift": (c) =>
      asked(c, OpenShiftRequest, (request) =>
        desk().open(c.req.param("till_id") ?? "", request, whoOf(c)),
      ),
    "GET /api/shifts": (c) => told(c, desk().list(c.req.query("from"), c.req.query("to"))),
    "GET /api/shifts/:shift_id/report": (c) => {
      const report = desk().report(idOf(c), whoOf(c));
      return c.req.query("format") !== "pdf" || isRefusal(report)
        ? told(c, report)
        : pdfOrNothing(c, documents().shownReport(report));
    },
    "POST /api/shifts/:shift_id/move": (c) =>
      asked(c, ShiftMoveRequest, (request) => desk().move(idOf(c), request, whoOf(c))),
    "POST /api/shifts/:shift_id/count": (c) =>
      asked(c, CountShiftRequest, (request) => desk().count(idOf(c), request, whoOf(c))),
    "POST /api/shifts/:shift_id/close": (c) =>
      asked(c, CloseShiftRequest, (request) => desk().close(idOf(c), request, whoOf(c))),
    "POST /api/shifts/:shift_id/print": (c) =>
      asked(c, PrintRequest, (request) => {
        const report = desk().report(idOf(c), whoOf(c));
        if (isRefusal(report)) return report;
        return documents().printReport(report, request, actorOf(loginOf(c)));
      }).catch(printerFault),
    "POST /api/shifts/:shift_id/relief": (c) =>
      asked(c, RelieveShiftRequest, (request) =>
        isOperator(request.next_operator)
          ? desk().relieve(idOf(c), request, whoOf(c))
          : refusal("unknown-operator", "Nobody of that name may sign in here."),
      ),
  };
}

const idOf = (context: KioskContext): string => context.req.param("shift_id") ?? "";

function whoOf(context: KioskContext): ShiftActor {
  const login = loginOf(context);
  return { actor: actorOf(login), isSupervisor: login.role === "supervisor" };
}
