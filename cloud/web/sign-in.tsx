import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { HeadOfficeLogin } from "@gatehouse/shared/contracts/own-account";
import { accountWords } from "./account-words.ts";
import { askWaysIn, signIn } from "./api.ts";
import { farewell, welcome } from "./connection.ts";
import { Refusal, refusalText } from "./refusal.tsx";
import { SignInField } from "./sign-in-field.tsx";
import { words } from "./words.ts";

/**
 * Opens head office with an e-mail address and a password, and with a code where a second factor is in force. Before
 * there is an admin it asks for head office's first token instead.
 */
export function SignIn() {
  const way = useSignal<"looking" | "password" | "token">("looking");
  const takesToken = useSignal(false);
  const email = useSignal("");
  const secret = useSignal("");
  const code = useSignal<string | undefined>(undefined);
  const isAsking = useSignal(false);
  const refusal = useSignal("");
  const why = farewell.value;

  useEffect(() => {
    void askWaysIn().then((told) => {
      takesToken.value = told.kind === "ok" && told.value.takes_token;
      way.value = takesToken.value ? "token" : "password";
    });
  }, []);

  const submit = async (): Promise<void> => {
    if (isAsking.value || secret.value.trim() === "") return;
    isAsking.value = true;
    const answer = await signIn(loginOf(way.value, email.value, secret.value, code.value));
    isAsking.value = false;
    if (answer.kind === "ok") return welcome();
    if (answer.kind === "refused" && answer.problem.type === "code-needed") code.value = "";
    else refusal.value = refusalText(answer);
  };
  const typed = (text: string, into: { value: string | undefined }): void => {
    into.value = text;
    refusal.value = "";
  };
  const change = (to: "password" | "token"): void => {
    way.value = to;
    secret.value = "";
    code.value = undefined;
    refusal.value = "";
  };

  return (
    <main class="sign-in">
      <header>
        <p class="brand">Gatehouse</p>
        <h1>{words.office}</h1>
        <p class="quiet">
          {why === "ended"
            ? accountWords.loginEnded
            : why === "signed-out"
              ? accountWords.signedOut
              : "\u00A0"}
        </p>
      </header>
      {way.value !== "looking" && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {way.value === "token" ? (
            <>
              {/* A password keeper wants to know whose secret it keeps. */}
              <input
                type="text"
                name="username"
                autocomplete="username"
                value="head-office"
                hidden
              />
              <SignInField
                id="token"
                label={accountWords.token}
                hint={accountWords.tokenHint}
                type="password"
                autocomplete="current-password"
                value={secret.value}
                onInput={(text) => typed(text, secret)}
              />
            </>
          ) : (
            <>
              <SignInField
                id="email"
                label={accountWords.email}
                type="email"
                autocomplete="username"
                value={email.value}
                onInput={(text) => typed(text, email)}
              />
              <SignInField
                id="password"
                label={accountWords.password}
                type="password"
                autocomplete="current-password"
                value={secret.value}
                onInput={(text) => typed(text, secret)}
              />
              {code.value !== undefined && (
                <SignInField
                  id="code"
                  label={accountWords.code}
                  hint={accountWords.codeHint}
                  type="text"
                  autocomplete="one-time-code"
                  value={code.value}
                  isFirst
                  onInput={(text) => typed(text, code)}
                />
              )}
            </>
          )}
          <Refusal text={refusal.value} />
          <button type="submit" class="button primary" disabled={isAsking.value}>
            {accountWords.signIn}
          </button>
          {takesToken.value && (
            <button
              type="button"
              class="link"
              onClick={() => change(way.value === "token" ? "password" : "token")}
            >
              {way.value === "token" ? accountWords.withPassword : accountWords.withToken}
            </button>
          )}
        </form>
      )}
    </main>
  );
}

function loginOf(
  way: "looking" | "password" | "token",
  email: string,
  secret: string,
  code: string | undefined,
): HeadOfficeLogin {
  if (way === "token") return { token: secret.trim() };
  const typed = (code ?? "").trim();
  return { email: email.trim(), password: secret, ...(typed === "" ? {} : { code: typed }) };
}
