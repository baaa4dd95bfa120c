/** A site of one lane: a Waveshare relay board and an ET-2260 with its contacts, both on loopback sockets. */
export const siteYaml = (ports: { readonly relays: number; readonly contacts: number }): string => `
facility: { id: bench, name: Bench, timezone: Europe/Berlin, currency: EUR }
http:
  kiosk: { port: 0 }
  cameras: { port: 0 }
mqtt: { port: 0 }
zones:
  - { id: a, name: Ground floor, level: "0", spaces: [{ numbers: A001-A010 }] }
wires:
  relays: { kind: rtu-over-tcp, host: 127.0.0.1, port: ${ports.relays} }
  contacts: { kind: modbus-tcp, host: 127.0.0.1, port: ${ports.contacts} }
lanes:
  - id: entry-1
    name: Entry 1
    direction: entry
    gate: { profile: waveshare-8ch, wire: relays, relay: 1, barrier: came, travel_s: 1 }
    inputs: { kind: modbus, profile: icpdas-et2260, wire: contacts, arming: 0, safety: 1, limit_open: 2 }
    readers: [{ id: cam-1, format: hikvision }]
`;
