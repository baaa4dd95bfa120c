import { Unbroken } from "../../shared/web/unbroken.tsx";
import { news, overview, person } from "./connection.ts";
import { Office } from "./office.tsx";
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
  if (person.value === "nobody") return <SignIn />;
  if (overview.value === undefined && news.value !== "broken") return <OfficeSkeleton />;
  return <Office />;
}
