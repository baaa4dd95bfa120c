import type { ComponentChildren } from "preact";
import { news } from "../connection.ts";
import { FoundSessions, useSessionFinder } from "../session-finder.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown, shown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { paymentsWords } from "./payments-words.ts";

/** A driver who pays before going to the car: found by a part of the plate. */
export function StaysTab({ tabs }: { readonly tabs: ComponentChildren }) {
  const finder = useSessionFinder();
  const { session } = finder;
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={tabs}
      isWide
      submit={{
        text:
          session === undefined
            ? paymentsWords.take
            : `${paymentsWords.take}: ${session.plate ?? paymentsWords.noPlate}`,
        isPossible: session !== undefined && news.value === "live",
        press: () => {
          if (session === undefined) return;
          const owing = { purpose: "stay", subjectId: session.session_id } as const;
          shown.value = { kind: "pay", owing: { ...owing, title: session.plate ?? "" } };
        },
      }}
      onClose={hideShown}
    >
      <FoundSessions finder={finder} group="stay" label={paymentsWords.tabs.stays} />
      <Said
        trouble={troubleOf(finder.told)}
        {...(finder.hint !== undefined && { hint: finder.hint })}
      />
    </Sheet>
  );
}
