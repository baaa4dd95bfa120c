import { Component, type ComponentChildren } from "preact";
import { news, person } from "./connection.ts";
import { Kiosk } from "./kiosk.tsx";
import { KioskSkeleton } from "./skeleton.tsx";
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
  switch (person.value.kind) {
    case "looking":
      return <KioskSkeleton />;
    case "nobody":
      return <SignIn why={person.value.why} />;
    case "signed-in":
      return news.value === "loading" ? <KioskSkeleton /> : <Kiosk me={person.value.me} />;
  }
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
        <button type="button" class="button act primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </main>
    );
  }
}
