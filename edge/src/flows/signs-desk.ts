import type { SignView } from "@gatehouse/shared/contracts/sign-config";

/** What the faces may know of displays that are pages. */
export interface SignsDesk {
  /** @returns undefined when no such page is a display */
  view(signId: string): SignView | undefined;
  /** Called at each new message, while somebody looks. @returns ends it */
  onShow(signId: string, listener: (view: SignView) => void): () => void;
}
