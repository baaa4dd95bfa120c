import { useSignal } from "@preact/signals";
import { Invitation, type UserView } from "@gatehouse/shared/contracts/people";
import { nothing } from "../../shared/web/ask.ts";
import { actOnUser } from "./api.ts";
import { loadPeople, nameOf, newRequestId, personShown, showLink, take } from "./people-state.ts";
import { peopleWords } from "./people-words.ts";
import { userRoleWords } from "./user-role-words.ts";

type Act = "invitation" | "activate" | "deactivate";

const named: Readonly<Record<Act, string>> = {
  invitation: peopleWords.inviteAgain,
  activate: peopleWords.activate,
  deactivate: peopleWords.deactivate,
};

/** What can be done with an account; each asks why, because the audit keeps it. */
export function UserActs({ user }: { readonly user: UserView }) {
  const chosen = useSignal<Act | undefined>(undefined);
  const why = useSignal("");
  const acts: Act[] = user.is_active ? ["invitation", "deactivate"] : ["activate"];

  const submit = async (act: Act): Promise<void> => {
    const asked = { request_id: newRequestId(), why: why.value.trim() };
    if (act === "invitation") {
      const told = await actOnUser(user, act, Invitation, asked);
      take(told, ({ code, ends_at }) => showLink(nameOf(user), code, ends_at));
    } else take(await actOnUser(user, act, nothing, asked), () => {});
    chosen.value = undefined;
    why.value = "";
    void loadPeople();
  };

  const act = chosen.value;
  if (act === undefined)
    return (
      <>
        {acts.map((each) => (
          <button type="button" class="link" key={each} onClick={() => (chosen.value = each)}>
            {named[each]}
          </button>
        ))}
        <button type="button" class="link" onClick={() => (personShown.value = user.user_id)}>
          {userRoleWords.act}
        </button>
      </>
    );
  const label = peopleWords.why(nameOf(user), named[act]);
  return (
    <form
      class="why"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(act);
      }}
    >
      <input
        type="text"
        required
        maxlength={200}
        aria-label={label}
        placeholder={label}
        value={why}
        onInput={(event) => (why.value = event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {named[act]}
      </button>
      <button type="button" class="link" onClick={() => (chosen.value = undefined)}>
        {peopleWords.cancel}
      </button>
    </form>
  );
}
