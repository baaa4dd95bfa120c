import { Component, type ComponentChildren } from "preact";

export interface UnbrokenProps {
  readonly children: ComponentChildren;
  readonly words: { readonly pageBroken: string; readonly reload: string };
  /** The page's own kind of great button. */
  readonly buttonClass: string;
}

/** A page that stumbles says so and offers the way back; it never stands there half drawn. */
export class Unbroken extends Component<UnbrokenProps, { error?: Error }> {
  override state: { error?: Error } = {};

  static override getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render() {
    const { children, words, buttonClass } = this.props;
    if (this.state.error === undefined) return children;
    return (
      <main class="broken-page">
        <div role="alert">
          <h1>{words.pageBroken}</h1>
          <p>{this.state.error.message}</p>
        </div>
        <button type="button" class={buttonClass} onClick={() => location.reload()}>
          {words.reload}
        </button>
      </main>
    );
  }
}
