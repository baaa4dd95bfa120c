import { askPage } from "../frame/address.ts";
import { Choices } from "../frame/choices.tsx";
import { type SessionList, sessionLists } from "./session-lists.ts";
import { sessionWords as words } from "./session-words.ts";

/** Chooses which sessions are listed. */
export function ListChoice({ list }: { readonly list: SessionList }) {
  return (
    <Choices
      label={words.lists}
      values={sessionLists}
      chosen={list}
      text={(each) => words.list[each]}
      onChoose={(each) => askPage({ list: each })}
    />
  );
}
