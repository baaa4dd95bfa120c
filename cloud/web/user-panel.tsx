import "./account/account.css";
import type { UserView } from "@gatehouse/shared/contracts/people";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../shared/web/ask.ts";
import { OwnForm } from "./account/own-form.tsx";
import { PageSection } from "./frame/page-section.tsx";
import { loadPeople, nameOf, newRequestId } from "./people-state.ts";
import { peopleWords } from "./people-words.ts";
import { type PostUser, Why } from "./user-change.tsx";
import { userRoleWords as words } from "./user-role-words.ts";
import { UserRoles } from "./user-roles.tsx";

/** One person whole: their roles, what they are called, and the way to sign them out. */
export function UserPanel({
  user,
  onClose,
}: {
  readonly user: UserView;
  readonly onClose: () => void;
}) {
  const base = `/api/users/${user.organisation_id}/${user.user_id}`;
  const post: PostUser = (path, asked) =>
    ask("POST", `${base}${path}`, nothing, { request_id: newRequestId(), ...asked });
  return (
    <section class="user-panel" aria-label={nameOf(user)}>
      <header>
        <h2>{nameOf(user)}</h2>
        <button type="button" class="link" onClick={onClose}>
          {words.close}
        </button>
      </header>
      <UserRoles user={user} post={post} />
      <Details user={user} post={post} />
      <SignOut post={post} />
    </section>
  );
}

interface PartProps {
  readonly post: PostUser;
}

function Details({ user, post }: PartProps & { readonly user: UserView }) {
  return (
    <PageSection title={words.details}>
      <OwnForm
        label={words.details}
        act={words.save}
        send={(typed) =>
          post("", {
            first_name: typed("first_name"),
            last_name: typed("last_name"),
            email: typed("email"),
            phone_number: typed("phone_number").trim() || null,
            why: typed("why"),
          })
        }
        onDone={() => void loadPeople()}
      >
        <label>
          {peopleWords.firstName}
          <input name="first_name" required maxlength={100} defaultValue={user.first_name} />
        </label>
        <label>
          {peopleWords.lastName}
          <input name="last_name" required maxlength={100} defaultValue={user.last_name} />
        </label>
        <label>
          {peopleWords.email}
          <input name="email" type="email" required maxlength={200} defaultValue={user.email} />
        </label>
        <label>
          {words.phone}
          <input name="phone_number" maxlength={31} defaultValue={user.phone_number ?? ""} />
        </label>
        <Why />
      </OwnForm>
    </PageSection>
  );
}

function SignOut({ post }: PartProps) {
  const isDone = useSignal(false);
  return (
    <PageSection title={words.signOut}>
      <p class="quiet">{words.signOutHint}</p>
      <OwnForm
        label={words.signOut}
        act={words.signOut}
        send={(typed) => post("/sign-out", { why: typed("why") })}
        onDone={() => (isDone.value = true)}
      >
        <Why />
      </OwnForm>
      <output>{isDone.value ? words.signedOut : ""}</output>
    </PageSection>
  );
}
