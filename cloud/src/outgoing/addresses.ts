import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/*
 * An organisation writes down where it is told; that must never be a way into the network in which head office itself
 * stands. What a name means is looked at where the connection is made, so that no later answer of a name server counts.
 */

const inner = new BlockList();
const v4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const;
const v6 = [
  ["::", 127],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const;
for (const [net, prefix] of v4) inner.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of v6) inner.addSubnet(net, prefix, "ipv6");

/** Whether an address is one of this machine, of a private network, or no host's at all (RFC 6890). */
export function isInner(address: string): boolean {
  const family = isIP(address);
  return family === 0 || inner.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** The host of an address of the web as a bare IP address; undefined where it is a name. */
export function literalOf(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? undefined : bare;
}

/** A name that leads into an inner network. */
export class InnerAddress extends Error {
  override readonly name = "InnerAddress";
}

/** Looks up a name, and refuses it where any of its addresses is an inner one. */
export const outerLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, "", 0);
    const refused = addresses.some(({ address }) => isInner(address));
    const [first] = addresses;
    if (refused || first === undefined)
      return done(new InnerAddress(`${hostname} is no address of the internet`), "", 0);
    if (options.all === true) return done(null, addresses);
    return done(null, first.address, first.family);
  });
};
