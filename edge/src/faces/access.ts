import { mostPictureCharacters } from "@gatehouse/shared/contracts/tracking";

export const roles = ["attendant", "supervisor", "technician"] as const;
export type Role = (typeof roles)[number];

/**
 * Who may use a route. `anyone` needs no login; `machine` is a process on this computer (a metrics collector)
 * or one of the roles named.
 */
export interface Access {
  readonly anyone?: true;
  readonly machine?: true;
  /** The camera that the address names (`camera_id`), with its own token, or one of the roles named. */
  readonly camera?: true;
  /** Who comes with a bearer token of their own, which the route itself looks at; a login is none. */
  readonly bearer?: true;
  readonly roles: readonly Role[];
  /** Largest body of a request, in bytes; missing: that of a small form. */
  readonly bodyMax?: number;
}

const setup = ["supervisor", "technician"] as const;
/** Who takes money; a technician does not. */
const till = ["attendant", "supervisor"] as const;
const manager = ["supervisor"] as const;
/** Two thousand spaces that somebody walked past. */
const countMax = 256 * 1024;
/** A thousand spaces take about 100 KB. */
const drawingMax = 2 * 1024 * 1024;
/** A picture file larger than this is no camera's. */
const pictureMax = 16 * 1024 * 1024;
/** A vision worker's message: its picture, and half a megabyte of vehicles and spaces. */
const frameMax = mostPictureCharacters + 512 * 1024;

/**
 * Every route of the kiosk and who may use it. A route that is not written here does not exist: the face makes
 * its routes from this table.
 */
export const accessTable = {
  "GET /healthz": { anyone: true, roles },
  "GET /readyz": { anyone: true, roles },
  "GET /metrics": { machine: true, roles: ["supervisor", "technician"] },
  "GET /api/welcome": { anyone: true, roles },
  "POST /api/login": { anyone: true, roles },
  "POST /api/logout": { anyone: true, roles },
  "GET /api/me": { roles },
  "GET /api/state": { roles },
  "GET /api/live": { roles },
  "POST /api/lanes/:lane_id/open": { roles },
  "GET /api/lanes/:lane_id/candidates": { roles },
  "POST /api/lanes/:lane_id/choose": { roles },
  "POST /api/lanes/:lane_id/call": { roles },
  "POST /api/lanes/:lane_id/issue-ticket": { roles },
  "POST /api/lanes/:lane_id/lost-ticket": { roles },
  "POST /api/lanes/:lane_id/ticket": { roles },
  "POST /api/lanes/:lane_id/reprint": { roles },
  "GET /api/sessions": { roles },
  "POST /api/sessions/:session_id/plate": { roles },
  "GET /api/spaces/:space_id/vehicle": { roles },
  "POST /api/spaces/:space_id/vehicle": { roles },
  "POST /api/spaces/:space_id/vehicle/end": { roles },
  "GET /api/reviews": { roles },
  "POST /api/reviews/:review_id": { roles },
  "POST /api/mode": { roles },
  "POST /api/lanes/:lane_id/mode": { roles },
  "POST /api/lanes/:lane_id/order": { roles },
  "POST /api/lanes/:lane_id/direction": { roles },
  "GET /api/lanes/:lane_id/transitions": { roles },
  "POST /api/alerts/:alert_id/acknowledge": { roles },
  "POST /api/alerts/:alert_id/resolve": { roles },
  "GET /api/why/:id": { roles },
  "GET /api/rights/lists": { roles },
  "POST /api/rights/lists": { roles: setup },
  "POST /api/rights/lists/end": { roles: setup },
  "GET /api/rights/visitors": { roles },
  "POST /api/rights/visitors": { roles },
  "POST /api/rights/visitors/:visitor_id": { roles },
  "POST /api/rights/visitors/:visitor_id/end": { roles },
  "GET /api/rights/permits": { roles },
  "POST /api/rights/neutral": { roles: setup },
  "GET /api/money/due": { roles },
  "POST /api/money/cash": { roles: till },
  "POST /api/money/card": { roles: till },
  "POST /api/money/nil": { roles: till },
  "POST /api/money/stored-value": { roles: till },
  "POST /api/money/change-out": { roles: till },
  "GET /api/money/payments": { roles },
  "POST /api/money/payments/:payment_id/decide": { roles: manager },
  "GET /api/money/refunds": { roles },
  "POST /api/money/refunds": { roles: till },
  "POST /api/money/refunds/:refund_id": { roles: manager },
  "POST /api/money/debt-note": { roles: till },
  "GET /api/money/debts": { roles },
  "POST /api/money/debts/:session_id/write-off": { roles: manager },
  "GET /api/money/merchants": { roles },
  "POST /api/money/merchants": { roles: manager },
  "GET /api/money/validations": { roles },
  "POST /api/money/validations": { roles: till },
  "POST /api/money/validations/redeem": { roles: till },
  "POST /api/money/validations/:validation_id/revoke": { roles: till },
  "GET /validate/:merchant_id": { anyone: true, roles },
  "GET /api/validate": { bearer: true, roles: [] },
  "POST /api/validate": { bearer: true, roles: [] },
  "POST /api/validate/code": { bearer: true, roles: [] },
  "GET /api/pay": { anyone: true, roles },
  "POST /api/pay/due": { anyone: true, roles },
  "POST /api/pay/code": { anyone: true, roles },
  "POST /api/pay/offer": { anyone: true, roles },
  "GET /api/pay/payments/:request_id": { anyone: true, roles },
  "GET /api/money/accounts": { roles },
  "POST /api/money/accounts": { roles: manager },
  "GET /api/money/accounts/:account_id/statement": { roles: till },
  "POST /api/money/accounts/:account_id/close": { roles: manager },
  "POST /api/money/accounts/:account_id/load": { roles: manager },
  "GET /api/money/subscriptions": { roles },
  "POST /api/money/subscriptions": { roles: manager },
  "POST /api/money/subscriptions/:subscription_id/act": { roles: manager },
  "POST /api/money/online": { roles: till },
  "GET /api/money/balance": { roles: setup },
  "GET /api/violations": { roles },
  "GET /api/violations/:violation_id": { roles },
  "POST /api/violations/:violation_id/review": { roles: till },
  "POST /api/violations/:violation_id/waive": { roles: manager },
  "POST /api/violations/:violation_id/dispute": { roles: till },
  "POST /api/violations/:violation_id/decide": { roles: manager },
  "GET /api/reads/:reader_id/:read_id/picture": { roles },
  "GET /api/accuracy": { roles },
  "POST /api/spot-counts": { roles, bodyMax: countMax },
  "GET /api/devices": { roles: ["supervisor", "technician"] },
  "GET /api/registry": { roles: setup },
  "GET /api/registry/:device_id": { roles: setup },
  "POST /api/registry/:device_id": { roles: ["technician"] },
  "GET /api/tickets": { roles },
  "POST /api/tickets": { roles },
  "POST /api/tickets/:ticket_id": { roles: setup },
  "GET /api/cameras": { roles: setup },
  "GET /api/cameras/:camera_id/view": { roles: setup },
  "PUT /api/cameras/:camera_id/view": { roles: setup, bodyMax: drawingMax },
  "GET /api/cameras/:camera_id/picture": { roles: setup },
  "POST /api/cameras/:camera_id/examine": { roles: setup, bodyMax: pictureMax },
  "POST /api/cameras/:camera_id/calibrate": { roles: setup, bodyMax: pictureMax },
  "GET /api/cameras/:camera_id/calibration": { roles: setup },
  "POST /api/process-tracking-data": { camera: true, roles: ["technician"], bodyMax: frameMax },
  "GET /api/parking-sessions": { roles },
  "GET /api/analytics/occupancy/:camera_id": { camera: true, roles },
  "GET /api/analytics/space-utilization/:camera_id": { camera: true, roles },
  "GET /api/analytics/hourly-occupancy/:camera_id": { camera: true, roles },
  "GET /api/analytics/daily-report/:camera_id": { camera: true, roles },
  "GET /api/analytics/dwell/:camera_id": { camera: true, roles },
  "GET /api/tills": { roles: till },
  "POST /api/tills/:till_id/shift": { roles: till },
  "GET /api/shifts": { roles: manager },
  "GET /api/shifts/:shift_id/report": { roles: till },
  "POST /api/shifts/:shift_id/move": { roles: till },
  "POST /api/shifts/:shift_id/count": { roles: till },
  "POST /api/shifts/:shift_id/close": { roles: till },
  "POST /api/shifts/:shift_id/relief": { roles: till },
  "POST /api/shifts/:shift_id/print": { roles: till },
  "GET /api/books/export": { roles: manager },
  "GET /api/documents": { roles: till },
  "GET /api/documents/:document_id": { roles: till },
  "POST /api/documents/:document_id/print": { roles: till },
  "POST /api/documents/invoice": { roles: till },
  "GET /receipt/:token": { anyone: true, roles },
  "GET /receipt.css": { anyone: true, roles },
  "GET /sign/:sign_id": { anyone: true, roles },
  "GET /api/signs/:sign_id": { anyone: true, roles },
  "GET /api/signs/:sign_id/live": { anyone: true, roles },
  "GET /ws/tracking/live": { camera: true, roles },
} as const satisfies Record<string, Access>;

export type RouteName = keyof typeof accessTable;
