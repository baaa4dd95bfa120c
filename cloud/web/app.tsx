import { Unbroken } from "../../shared/web/unbroken.tsx";
import { AcceptInvitation } from "./accept-invitation.tsx";
import { leave, news, overview, person } from "./connection.ts";
import { address } from "./frame/address.ts";
import { Shell } from "./frame/shell.tsx";
import { pages } from "./pages.ts";
import { OfficeSkeleton } from "./skeleton.tsx";
import { SignIn } from "./sign-in.tsx";
import { words } from "./words.ts";

/** The page: who is here decides what is shown. */
export function App() {
  return (
    <Unbroken words={words} buttonClass="button primary">
      <Screen />
    </Unbroken>
  );
}

function Screen() {
  const at = address.value;
  if (at.kind === "invitation") return <AcceptInvitation code={at.code} />;
  if (person.value === "nobody") return <SignIn />;
  if (person.value === "without-role") return <WithoutRole />;
  if (overview.value === undefined && news.value !== "broken") return <OfficeSkeleton />;
  return <Shell pages={pages} />;
}

/** Somebody is signed in who may see nothing here. */
function WithoutRole() {
  return (
    <main class="sign-in">
      <header>
        <p class="brand">Gatehouse</p>
        <h1>{words.noRole}</h1>
        <p class="quiet">{words.noRoleHint}</p>
      </header>
      <button type="button" class="button" onClick={() => void leave()}>
        {words.signOut}
      </button>
    </main>
  );
}
