import { Component, type ComponentChildren } from "preact";
import { news, overview, person } from "./connection.ts";
import { Office } from "./office.tsx";
import { OfficeSkeleton } from "./skeleton.tsx";
import { SignIn } from "./sign-in.tsx";
import { words } from "./words.ts";

/** The page: who is here decides what is shown. */
export function App() {
  return (
    <Unbroken>
      <Screen />
    </Unbroken>
  );
}

function Screen() {
  if (person.value === "nobody") return <SignIn />;
  if (overview.value === undefined && news.value !== "broken") return <OfficeSkeleton />;
  return <Office />;
}

/** A page that stumbles says so and offers the way back; it never stands there half drawn. */
class Unbroken extends Component<{ children: ComponentChildren }, { error?: Error }> {
  override state: { error?: Error } = {};

  static override getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <main class="broken-page">
        <div role="alert">
          <h1>{words.pageBroken}</h1>
          <p>{this.state.error.message}</p>
        </div>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </main>
    );
  }
}
