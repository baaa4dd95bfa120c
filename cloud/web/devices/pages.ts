import type { FacilityPage } from "../frame/page.ts";
import { devicePageWords } from "./device-page-words.ts";

/** A facility's devices, one of them closely, and the work on them. */
export const devicePages: readonly FacilityPage[] = [
  {
    part: "devices",
    title: devicePageWords.name,
    group: "devices",
    right: "see-facilities",
    scope: "facility",
    load: () => import("./devices-page.tsx").then(({ DevicesPage }) => DevicesPage),
  },
  {
    part: "device",
    title: devicePageWords.one,
    group: "devices",
    right: "see-facilities",
    scope: "facility",
    isHidden: true,
    load: () => import("./device-page.tsx").then(({ DevicePage }) => DevicePage),
  },
  {
    part: "maintenance",
    title: devicePageWords.maintenance,
    group: "devices",
    right: "see-facilities",
    scope: "facility",
    load: () => import("./maintenance-page.tsx").then(({ MaintenancePage }) => MaintenancePage),
  },
];
