import { tongueFor } from "../../../shared/web/tongue.ts";

const english = {
  language: "en",
  free: "free",
  loading: "One moment",
  old: (seconds: number) => `No news for ${seconds} s`,
  missing: "This display is not set up",
  ways: { ahead: "straight ahead", right: "to the right", back: "back", left: "to the left" },
};

const german: typeof english = {
  language: "de",
  free: "frei",
  loading: "Einen Moment",
  old: (seconds) => `Keine Meldung seit ${seconds} s`,
  missing: "Diese Anzeige ist nicht eingerichtet",
  ways: { ahead: "geradeaus", right: "nach rechts", back: "zurück", left: "nach links" },
};

export const { words } = tongueFor([english, german], navigator.languages);
