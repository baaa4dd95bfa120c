import type { FacilityPage } from "../frame/page.ts";
import { sessionWords } from "./session-words.ts";
import { storyWords } from "./story-words.ts";

/** Sessions as lists, and one of them whole. */
export const sessionPages: readonly FacilityPage[] = [
  {
    part: "sessions",
    title: sessionWords.name,
    group: "traffic",
    right: "see-sessions",
    scope: "facility",
    load: () => import("./sessions-page.tsx").then(({ SessionsPage }) => SessionsPage),
  },
  {
    part: "session",
    title: storyWords.name,
    group: "traffic",
    right: "see-sessions",
    scope: "facility",
    isHidden: true,
    load: () => import("./story-page.tsx").then(({ StoryPage }) => StoryPage),
  },
];
