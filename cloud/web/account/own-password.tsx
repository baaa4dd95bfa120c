import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { PageSection } from "../frame/page-section.tsx";
import { newRequestId } from "../people-state.ts";
import { OwnForm } from "./own-form.tsx";
import { ownWords as words } from "./own-words.ts";

/** Changes one's own password; a lost answer may be asked for again with the same password. */
export function OwnPassword({ email }: { readonly email: string }) {
  const isDone = useSignal(false);
  return (
    <PageSection title={words.password}>
      <OwnForm
        label={words.password}
        act={words.changePassword}
        send={(typed) =>
          ask("POST", "/api/me/password", nothing, {
            request_id: newRequestId(),
            password: typed("password"),
            new_password: typed("new_password"),
          })
        }
        onDone={() => (isDone.value = true)}
      >
        {/* So that a password manager knows whose password it keeps. */}
        <input type="hidden" autocomplete="username" value={email} />
        <label>
          {words.passwordNow}
          <input name="password" type="password" required autocomplete="current-password" />
        </label>
        <label>
          {words.passwordNew}
          <input
            name="new_password"
            type="password"
            required
            autocomplete="new-password"
            aria-describedby="new-password-hint"
          />
        </label>
        <p id="new-password-hint" class="quiet">
          {words.passwordHint}
        </p>
      </OwnForm>
      <output>{isDone.value ? words.passwordChanged : ""}</output>
    </PageSection>
  );
}
