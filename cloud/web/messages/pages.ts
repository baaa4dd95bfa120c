import type { Page } from "../frame/page.ts";
import { messageWords } from "./message-words.ts";

/** Whom the organisation tells of what, and what was sent. */
export const messagePages: readonly Page[] = [
  {
    part: "messages",
    title: messageWords.name,
    group: "rules",
    right: "set-notifications",
    scope: "whole",
    load: () => import("./messages-page.tsx").then(({ MessagesPage }) => MessagesPage),
  },
  {
    part: "deliveries",
    title: messageWords.deliveries,
    group: "rules",
    right: "set-notifications",
    scope: "whole",
    load: () => import("./deliveries-page.tsx").then(({ DeliveriesPage }) => DeliveriesPage),
  },
];
