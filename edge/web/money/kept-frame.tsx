import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { ComponentChildren } from "preact";
import type { Told } from "../../../shared/web/ask.ts";
import { news } from "../connection.ts";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { paymentsWords } from "./payments-words.ts";
import type { Pressing } from "./pressing.ts";

/** What every part of the accounts is given. */
export interface KeptPartProps {
  readonly me: Me;
  readonly tabs: ComponentChildren;
  /** Which of the parts is shown. */
  readonly kinds: ComponentChildren;
}

export interface KeptFrameProps extends Omit<KeptPartProps, "me"> {
  readonly pressing: Pressing;
  readonly told: Told<object> | undefined;
  /** What Enter does, and what is missing for it; left out: there is nothing to press. */
  readonly act: { readonly text: string; readonly missing: string | undefined } | undefined;
  readonly send: () => void;
  readonly list: ComponentChildren;
  readonly details: ComponentChildren;
}

/** What is kept on the left, what can be done with one of it on the right. */
export function KeptFrame(props: KeptFrameProps) {
  const { pressing, told, act, send } = props;
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={props.tabs}
      isWide
      isBusy={pressing.isAsking.value}
      {...(act !== undefined && {
        submit: {
          text: act.text,
          isPossible: act.missing === undefined && news.value === "live",
          press: send,
        },
      })}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          {props.kinds}
          {props.list}
        </section>
        {props.details}
      </div>
      <Said
        trouble={pressing.trouble.value || troubleOf(told)}
        hint={pressing.said.value || (act?.missing ?? "\u00A0")}
      />
    </Sheet>
  );
}
