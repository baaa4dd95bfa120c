import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Told } from "../../shared/web/ask.ts";
import { news } from "./connection.ts";
import { laneWords } from "./lane-words.ts";
import { ReasonField } from "./reason-field.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

/** One act that needs nothing but a reason. */
export function ReasonSheet(props: {
  readonly id: string;
  readonly title: string;
  /** What it means. */
  readonly text: string;
  readonly usual: readonly string[];
  readonly ways?: ComponentChildren;
  readonly act: string;
  send(reason: string): Promise<Told<{ readonly sentence: string }>>;
  done?(sentence: string): void;
}) {
  const reason = useSignal("");
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const press = async (): Promise<void> => {
    isAsking.value = true;
    const told = await props.send(reason.value.trim());
    isAsking.value = false;
    trouble.value = troubleOf(told);
    if (told.kind !== "ok") return;
    props.done?.(told.value.sentence);
    hideShown();
  };
  const isWhy = reason.value.trim() !== "";
  return (
    <Sheet
      id={props.id}
      title={props.title}
      isWide={props.ways !== undefined}
      isBusy={isAsking.value}
      submit={{
        text: props.act,
        isPossible: isWhy && news.value === "live",
        press: () => void press(),
      }}
      onClose={hideShown}
    >
      {props.ways}
      <p>{props.text}</p>
      <ReasonField reason={reason} usual={props.usual} />
      <Said trouble={trouble.value} hint={isWhy ? "\u00A0" : laneWords.sayWhy} />
    </Sheet>
  );
}
