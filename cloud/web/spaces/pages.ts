import type { FacilityPage } from "../frame/page.ts";
import { dayWords } from "./day-words.ts";
import { dwellWords } from "./dwell-words.ts";
import { flowWords } from "./flow-words.ts";
import { slotsWords } from "./slots-words.ts";
import { utilisationWords } from "./utilisation-words.ts";

const page = (part: string, title: string, load: FacilityPage["load"]): FacilityPage => ({
  part,
  title,
  group: "traffic",
  right: "see-reports",
  scope: "facility",
  load,
});

/** How spaces are used, one day by hours, how long vehicles stay and where they move. */
export const spacePages: readonly FacilityPage[] = [
  page("day", dayWords.name, () => import("./day-page.tsx").then(({ DayPage }) => DayPage)),
  page("spaces", slotsWords.name, () =>
    import("./spaces-page.tsx").then(({ SpacesPage }) => SpacesPage),
  ),
  page("utilisation", utilisationWords.name, () =>
    import("./utilisation-page.tsx").then(({ UtilisationPage }) => UtilisationPage),
  ),
  page("dwell", dwellWords.name, () =>
    import("./dwell-page.tsx").then(({ DwellPage }) => DwellPage),
  ),
  page("flow", flowWords.name, () => import("./flow-page.tsx").then(({ FlowPage }) => FlowPage)),
];
