/** What a reason code means, in German. */
const reasons: Readonly<Record<string, string>> = {
  transient: "es war ein Platz frei",
  permit: "das Kennzeichen hat ein gültiges Dauerparkrecht",
  "permit-unseen":
    "das Kennzeichen hat ein gültiges Dauerparkrecht, obwohl niemand die Einfahrt sah",
  "allow-listed": "das Kennzeichen steht auf der Erlaubt-Liste",
  "deny-listed": "das Kennzeichen steht auf der Sperrliste",
  "same-vehicle": "dasselbe Fahrzeug versuchte es noch einmal",
  "facility-full": "kein Platz war frei",
  "plate-unreadable": "das Kennzeichen war nicht lesbar",
  "plate-doubtful": "die Lesung war zu unsicher",
  "no-session": "zum Kennzeichen gab es keinen Parkvorgang",
  "several-sessions": "mehrere Parkvorgänge passen zum Kennzeichen",
  "lane-locked": "die Spur ist gesperrt",
  "rights-old": "die Zentrale schweigt seit Tagen",
  owes: "der Aufenthalt ist noch nicht bezahlt",
  ticket: "ein Ticket wurde gedruckt",
  "turned-away": "eine Person wies es ab",
  "ticket-not-printed": "das Ticket ließ sich nicht drucken",
  paid: "der Aufenthalt ist bezahlt",
  free: "der Aufenthalt kostet nichts",
  settled: "nichts ist offen",
  "within-grace": "es ist bezahlt und die Zeit zur Ausfahrt läuft noch",
  "backed-out": "das Fahrzeug kehrte um",
  "nobody-passed": "niemand fuhr durch die offene Schranke",
  superseded: "ein anderes Fahrzeug wurde vorher eingelassen",
  "never-passed": "das Fahrzeug wurde nie bei der Durchfahrt gesehen",
  "later-read": "eine spätere Lesung desselben Fahrzeugs war sicherer",
  "same-passage": "das Fahrzeug war gerade durchgefahren",
  visitor: "das Kennzeichen wird als Besuch erwartet",
  reservation: "für das Kennzeichen ist ein Platz reserviert",
  "facility-closed": "das Parkhaus ist geschlossen",
  "lane-closed": "die Spur ist geschlossen",
  "lane-full": "die Spur ist auf besetzt gestellt",
  "facility-closed-to-all": "das Parkhaus ist für alle geschlossen",
  "lane-closed-to-all": "die Spur ist für alle geschlossen",
  "permit-revoked": "das Dauerparkrecht ist entzogen",
  "permit-not-yet": "das Dauerparkrecht gilt noch nicht",
  "permit-expired": "das Dauerparkrecht ist abgelaufen",
  "permit-other-lane": "das Dauerparkrecht gilt an anderen Spuren",
  "permit-other-zone": "das Dauerparkrecht gilt in anderen Zonen",
  "permit-passback": "ein Fahrzeug mit diesem Dauerparkrecht ist schon drin",
  "permit-outside-window": "das Dauerparkrecht gilt zu dieser Stunde nicht",
  passback: "ein Fahrzeug mit diesem Dauerparkrecht ist schon drin",
  "outside-window": "das Dauerparkrecht gilt zu dieser Stunde nicht",
  "pool-full": "alle Plätze des Kontingents sind belegt",
  "pool-over-use": "im Kontingent sind mehr Fahrzeuge als Plätze",
  "pool-outside-window": "das Kontingent gilt zu dieser Stunde nicht",
  "visitor-ended": "der Besuch wird nicht mehr erwartet",
  "visitor-not-yet": "der Besuch wird später erwartet",
  "visitor-expired": "der Besuch wurde früher erwartet",
  "visitor-outside-window": "der Besuch wird zu anderen Stunden erwartet",
  "visitor-entries-used": "der Besuch kam schon so oft wie angekündigt",
  "reservation-not-yet": "die Reservierung beginnt später",
  "reservation-over": "die Reservierung ist vorbei",
};

/** A code that is not named is said as it stands. */
export function reasonInGerman(code: string): string {
  if (code.startsWith("by-hand:")) return `von Hand: ${spaced(code.slice("by-hand:".length))}`;
  if (code.startsWith("fail-open:"))
    return `die Spur öffnet bei dieser Störung: ${spaced(code.slice("fail-open:".length))}`;
  return reasons[code] ?? spaced(code);
}

const spaced = (text: string): string => text.replaceAll("-", " ");
