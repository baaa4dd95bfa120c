import { useSignal } from "@preact/signals";
import { accountWords } from "./account-words.ts";
import { acceptInvitation } from "./api.ts";
import { welcome } from "./connection.ts";
import { goTo } from "./frame/address.ts";
import { Refusal, refusalText } from "./refusal.tsx";
import { SignInField } from "./sign-in-field.tsx";
import { words } from "./words.ts";

/** Whoever was invited chooses a password, and is signed in. */
export function AcceptInvitation({ code }: { readonly code: string }) {
  const password = useSignal("");
  const isShown = useSignal(false);
  const isAsking = useSignal(false);
  const refusal = useSignal("");

  const submit = async (): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const answer = await acceptInvitation(code, password.value);
    isAsking.value = false;
    if (answer.kind !== "ok") {
      refusal.value = refusalText(answer);
      return;
    }
    goTo("#");
    welcome();
  };

  return (
    <main class="sign-in">
      <header>
        <p class="brand">Gatehouse</p>
        <h1>{accountWords.choosePassword}</h1>
        <p class="quiet">{words.office}</p>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SignInField
          id="new-password"
          label={accountWords.newPassword}
          hint={accountWords.chooseHint}
          type={isShown.value ? "text" : "password"}
          autocomplete="new-password"
          value={password.value}
          isFirst
          onInput={(text) => {
            password.value = text;
            refusal.value = "";
          }}
        />
        <label class="tick">
          <input
            type="checkbox"
            checked={isShown.value}
            onChange={(event) => {
              isShown.value = event.currentTarget.checked;
            }}
          />
          {accountWords.showPassword}
        </label>
        <Refusal text={refusal.value} />
        <button type="submit" class="button primary" disabled={isAsking.value}>
          {accountWords.setPassword}
        </button>
      </form>
    </main>
  );
}
