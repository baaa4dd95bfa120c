import type { FacilityPageProps } from "../frame/page.ts";
import { InsideList } from "./inside-list.tsx";
import { SessionList } from "./session-list.tsx";
import { listOf } from "./session-lists.ts";

/** Who is inside, who has left, and any session by what one knows of it (requirements A10, A11). */
export function SessionsPage(props: FacilityPageProps) {
  const list = listOf(props.question);
  return list === "active" ? <InsideList {...props} /> : <SessionList list={list} {...props} />;
}
