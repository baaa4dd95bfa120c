import { useSignal } from "@preact/signals";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { signIn } from "./api.ts";
import { farewell, welcome } from "./connection.ts";
import { durationText } from "../../shared/web/duration.ts";
import { words } from "./words.ts";

/** One secret opens head office. */
export function SignIn() {
  const token = useSignal("");
  const isAsking = useSignal(false);
  const refusal = useSignal("");
  const why = farewell.value;

  const submit = async (): Promise<void> => {
    if (isAsking.value || token.value.trim() === "") return;
    isAsking.value = true;
    const answer = await signIn(token.value.trim());
    isAsking.value = false;
    if (answer.kind === "ok") return welcome();
    refusal.value = refusalText(answer);
  };

  return (
    <main class="sign-in">
      <header>
        <p class="brand">Gatehouse</p>
        <h1>{words.office}</h1>
        <p class="quiet">
          {why === "ended" ? words.loginEnded : why === "signed-out" ? words.signedOut : "\u00A0"}
        </p>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {/* A password keeper wants to know whose secret it keeps. */}
        <input type="text" name="username" autocomplete="username" value="head-office" hidden />
        <label for="token">{words.token}</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck={false}
          required
          value={token}
          aria-describedby="token-hint token-refusal"
          onInput={(event) => {
            token.value = event.currentTarget.value;
            refusal.value = "";
          }}
        />
        <p id="token-hint" class="quiet">
          {words.tokenHint}
        </p>
        <p id="token-refusal" class="refusal tone-bad" role="alert">
          {refusal.value !== "" && <StateMark tone="bad" />} {refusal}
        </p>
        <button type="submit" class="button primary" disabled={isAsking.value}>
          {words.signIn}
        </button>
      </form>
    </main>
  );
}

function refusalText(answer: Exclude<Awaited<ReturnType<typeof signIn>>, { kind: "ok" }>): string {
  if (answer.kind === "unreachable") return words.offline;
  if (answer.kind === "broken") return words.broken;
  const { problem, retryAfterMs } = answer;
  if (problem.type === "too-many-tries") return words.waitFor(durationText(retryAfterMs));
  return problem.type === "wrong-token" ? words.wrongToken : problem.title;
}
