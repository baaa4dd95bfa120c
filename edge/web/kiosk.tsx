import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { Accuracy } from "./accuracy.tsx";
import { Alerts } from "./alerts.tsx";
import { news } from "./connection.ts";
import { DeskBar } from "./desk-bar.tsx";
import { HelpCalls } from "./help-calls.tsx";
import { Lanes } from "./lanes.tsx";
import { CountDialog } from "./count-dialog.tsx";
import { DaemonNewsBanner, OfficeBanner } from "./banners.tsx";
import { Notices } from "./notices.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { Places } from "./places.tsx";
import { ShownSheet } from "./shown-sheet.tsx";
import { Spaces } from "./spaces.tsx";
import { Takings } from "./takings.tsx";
import { TopBar } from "./top-bar.tsx";
import { WhyDialog } from "./why-dialog.tsx";

/** What is wrong, then what is happening, then what has happened. Old news are dimmed. */
export function Kiosk({ me }: { readonly me: Me }) {
  return (
    <div class={`kiosk news-${news.value}`}>
      <TopBar me={me} />
      <DaemonNewsBanner />
      <OfficeBanner />
      <main>
        <HelpCalls />
        <DeskBar />
        <Alerts />
        <Lanes />
        <div class="below">
          <Spaces />
          <div class="figures">
            <Places />
            <Takings />
            <Accuracy />
            <Notices />
          </div>
        </div>
      </main>
      <ShownSheet me={me} />
      <OpenDialog me={me} />
      <WhyDialog />
      <CountDialog />
    </div>
  );
}
