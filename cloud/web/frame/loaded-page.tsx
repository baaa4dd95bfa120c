import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { news } from "../connection.ts";
import { words } from "../words.ts";
import { frameWords } from "./frame-words.ts";
import type { FacilityPageProps, Page, WholePageProps } from "./page.ts";
import { PageHead } from "./page-head.tsx";

type Component = ComponentType<FacilityPageProps | WholePageProps>;

/** Pages that have been loaded once stay. */
const loaded = new Map<Page, Component>();

/** Shows a page, which is loaded when it is first looked at. */
export function LoadedPage({
  page,
  props,
}: {
  readonly page: Page;
  readonly props: FacilityPageProps | WholePageProps;
}) {
  const failed = useSignal<Page | undefined>(undefined);
  const arrived = useSignal<Page | undefined>(undefined);
  const isOffline = news.value === "offline";
  // What could not be fetched while nobody answered is fetched as soon as somebody does.
  useEffect(() => {
    if (loaded.has(page) || isOffline) return;
    failed.value = undefined;
    page.load().then(
      (component) => {
        loaded.set(page, component as Component);
        arrived.value = page;
      },
      () => (failed.value = page),
    );
  }, [page, isOffline]);
  void arrived.value;
  const Shown = loaded.get(page);
  if (Shown !== undefined) return <Shown {...props} />;
  return (
    <>
      <PageHead title={page.title} sentence={undefined} />
      {isOffline ? (
        <div class="banner tone-back-bad" role="alert">
          <StateMark tone="bad" />
          <p>{frameWords.offline}</p>
        </div>
      ) : failed.value === page ? (
        <div class="answered-not" role="alert">
          <p>
            <StateMark tone="bad" /> {words.broken} {words.brokenHint}
          </p>
          <button type="button" class="button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        </div>
      ) : (
        <span class="skeleton skeleton-table" />
      )}
    </>
  );
}
