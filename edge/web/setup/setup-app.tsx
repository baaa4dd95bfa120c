import { Unbroken } from "../../../shared/web/unbroken.tsx";
import { leave, news, person } from "../connection.ts";
import { SignIn } from "../sign-in.tsx";
import { words as kioskWords } from "../words.ts";
import { SetupPage } from "./setup-page.tsx";
import { words } from "./words.ts";

/** The page: who is here decides what is shown. */
export function SetupApp() {
  return (
    <Unbroken words={kioskWords} buttonClass="button act primary">
      <Screen />
    </Unbroken>
  );
}

function Screen() {
  switch (person.value.kind) {
    case "looking":
      return <Waiting />;
    case "nobody":
      return <SignIn why={person.value.why} />;
    case "signed-in": {
      const { me } = person.value;
      if (me.role === "attendant") return <NotForYou />;
      return news.value === "loading" ? <Waiting /> : <SetupPage me={me} />;
    }
  }
}

/** The page before its first news: everything in its place, nothing said yet. */
function Waiting() {
  return (
    <div class="setup" aria-busy="true">
      <header class="setup-bar">
        <span class="skeleton skeleton-title" />
      </header>
      <main class="setup-body">
        <span class="skeleton" />
        <span class="stage skeleton" />
        <span class="skeleton" />
      </main>
    </div>
  );
}

function NotForYou() {
  return (
    <main class="broken-page">
      <h1>{words.notForYou}</h1>
      <p>{words.notForYouHint}</p>
      <p>
        <a class="link" href="/">
          ‹ {words.toKiosk}
        </a>
        <button type="button" class="link" onClick={() => void leave()}>
          {kioskWords.signOut}
        </button>
      </p>
    </main>
  );
}
