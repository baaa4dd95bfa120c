import { Unbroken } from "../../shared/web/unbroken.tsx";
import { news, person } from "./connection.ts";
import { Kiosk } from "./kiosk.tsx";
import { KioskSkeleton } from "./skeleton.tsx";
import { SignIn } from "./sign-in.tsx";
import { words } from "./words.ts";

/** The page: who is here decides what is shown. */
export function App() {
  return (
    <Unbroken words={words} buttonClass="button act primary">
      <Screen />
    </Unbroken>
  );
}

function Screen() {
  switch (person.value.kind) {
    case "looking":
      return <KioskSkeleton />;
    case "nobody":
      return <SignIn why={person.value.why} />;
    case "signed-in":
      return news.value === "loading" ? <KioskSkeleton /> : <Kiosk me={person.value.me} />;
  }
}
