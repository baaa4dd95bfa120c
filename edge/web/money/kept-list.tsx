import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { ComponentChildren } from "preact";
import type { Told } from "../../../shared/web/ask.ts";

export interface KeptListProps {
  readonly me: Me;
  readonly told: Told<object> | undefined;
  readonly label: string;
  /** Said where there is none. */
  readonly none: string;
  /** How many there are. */
  readonly count: number;
  /** On the button with which a supervisor begins a new one. */
  readonly addText: string;
  readonly add: () => void;
  /** A row each. */
  readonly children: ComponentChildren;
}

/** The rows of what is kept, one of which is chosen, and for supervisors the way to another one. */
export function KeptList({ me, told, label, none, count, addText, add, children }: KeptListProps) {
  return (
    <>
      {told?.kind === "ok" && count === 0 && <p class="empty">{none}</p>}
      <ul class="scroll-list" role="radiogroup" aria-label={label}>
        {children}
      </ul>
      {me.role === "supervisor" && (
        <button type="button" class="button" onClick={add}>
          {addText}
        </button>
      )}
    </>
  );
}

/**
 * The act that is wanted, as long as it can be done.
 *
 * @param chosen what somebody has pressed, before the news that came meanwhile
 * @param first the act that needs nothing there
 */
export const wantedOf = <Act extends string>(
  chosen: Act | undefined,
  acts: readonly Act[],
  first: Act,
): Act | undefined =>
  chosen === first || (chosen !== undefined && acts.includes(chosen)) ? chosen : undefined;
