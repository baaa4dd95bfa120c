import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { AskedSheet } from "./asked-sheet.tsx";
import { DevicesSheet } from "./devices-sheet.tsx";
import { ModeSheet } from "./mode-sheet.tsx";
import { MoneySheet } from "./money/money-sheet.tsx";
import { PaySheet } from "./money/pay-sheet.tsx";
import { ShiftSheet } from "./money/shift-sheet.tsx";
import { OrdersSheet } from "./orders-sheet.tsx";
import { ReviewsSheet } from "./reviews-sheet.tsx";
import { RightsSheet } from "./rights-sheet.tsx";
import { shown } from "./showing.ts";
import { SpaceSheet } from "./space-sheet.tsx";

/** The sheet that lies over the page, if one does. */
export function ShownSheet({ me }: { readonly me: Me }) {
  const now = shown.value;
  switch (now?.kind) {
    case undefined:
      return null;
    case "orders":
      return <OrdersSheet key={now.laneId} laneId={now.laneId} />;
    case "asked":
      return <AskedSheet key={now.laneId} laneId={now.laneId} />;
    case "space":
      return <SpaceSheet key={now.spaceId} spaceId={now.spaceId} />;
    case "mode":
      return <ModeSheet mode={now.mode} />;
    case "reviews":
      return <ReviewsSheet />;
    case "rights":
      return <RightsSheet me={me} />;
    case "devices":
      return <DevicesSheet me={me} />;
    case "pay":
      return <PaySheet key={now.owing.subjectId} owing={now.owing} />;
    case "money":
      return <MoneySheet me={me} first={now.tab} />;
    case "shift":
      return <ShiftSheet me={me} />;
  }
}
