/** What a reason code means, in Spanish. */
const reasons: Readonly<Record<string, string>> = {
  transient: "había una plaza libre",
  permit: "la matrícula tiene un abono válido",
  "permit-unseen": "la matrícula tiene un abono válido, aunque nadie la vio entrar",
  "allow-listed": "la matrícula está en la lista de permitidos",
  "deny-listed": "la matrícula está en la lista de denegados",
  "same-vehicle": "el mismo vehículo lo intentó otra vez",
  "facility-full": "no había plazas libres",
  "plate-unreadable": "no se pudo leer la matrícula",
  "plate-doubtful": "la lectura era demasiado dudosa",
  "no-session": "no se encontró estancia para la matrícula",
  "several-sessions": "varias estancias encajan con la matrícula",
  "lane-locked": "el carril está bloqueado",
  "rights-old": "la central lleva días sin responder",
  owes: "la estancia aún no está pagada",
  ticket: "se imprimió un tique",
  "turned-away": "una persona lo rechazó",
  "ticket-not-printed": "no se pudo imprimir el tique",
  paid: "la estancia está pagada",
  free: "la estancia no cuesta nada",
  settled: "no se debe nada",
  "within-grace": "está pagada y aún queda tiempo para salir",
  "backed-out": "el vehículo dio marcha atrás",
  "nobody-passed": "nadie pasó por la barrera abierta",
  superseded: "se dejó entrar antes a otro vehículo",
  "never-passed": "nunca se vio pasar al vehículo",
  "later-read": "una lectura posterior del mismo vehículo fue más segura",
  "same-passage": "el vehículo acababa de pasar",
  visitor: "se espera a la matrícula como visita",
  reservation: "hay una plaza reservada para la matrícula",
  "facility-closed": "el aparcamiento está cerrado",
  "lane-closed": "el carril está cerrado",
  "lane-full": "el carril está marcado como completo",
  "facility-closed-to-all": "el aparcamiento está cerrado para todos",
  "lane-closed-to-all": "el carril está cerrado para todos",
  "permit-revoked": "su abono está revocado",
  "permit-not-yet": "su abono aún no es válido",
  "permit-expired": "su abono ha caducado",
  "permit-other-lane": "su abono vale en otros carriles",
  "permit-other-zone": "su abono vale en otras zonas",
  "permit-passback": "ya hay dentro un vehículo con su abono",
  "permit-outside-window": "su abono no vale a esta hora",
  passback: "ya hay dentro un vehículo con su abono",
  "outside-window": "su abono no vale a esta hora",
  "pool-full": "todas las plazas de su grupo están ocupadas",
  "pool-over-use": "en su grupo hay más vehículos que plazas",
  "pool-outside-window": "su grupo no vale a esta hora",
  "visitor-ended": "ya no se espera a la visita",
  "visitor-not-yet": "se espera a la visita más tarde",
  "visitor-expired": "se esperaba a la visita antes",
  "visitor-outside-window": "se espera a la visita a otras horas",
  "visitor-entries-used": "la visita ya ha venido tantas veces como se anunció",
  "reservation-not-yet": "su reserva empieza más tarde",
  "reservation-over": "su reserva ha terminado",
};

/** A code that is not named is said as it stands. */
export function reasonInSpanish(code: string): string {
  if (code.startsWith("by-hand:")) return `a mano: ${spaced(code.slice("by-hand:".length))}`;
  if (code.startsWith("fail-open:"))
    return `el carril abre ante este fallo: ${spaced(code.slice("fail-open:".length))}`;
  return reasons[code] ?? spaced(code);
}

const spaced = (text: string): string => text.replaceAll("-", " ");
