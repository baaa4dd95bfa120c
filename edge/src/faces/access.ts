export const roles = ["attendant", "supervisor", "technician"] as const;
export type Role = (typeof roles)[number];

/**
 * Who may use a route. `anyone` needs no login; `machine` is a process on this computer (a metrics collector)
 * or one of the roles named.
 */
export interface Access {
  readonly anyone?: true;
  readonly machine?: true;
  readonly roles: readonly Role[];
}

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
  "POST /api/alerts/:alert_id/resolve": { roles },
  "GET /api/why/:id": { roles },
  "GET /api/devices": { roles: ["supervisor", "technician"] },
} as const satisfies Record<string, Access>;

export type RouteName = keyof typeof accessTable;
