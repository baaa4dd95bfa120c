import type { HtmlTagDescriptor, Plugin } from "vite";

/** What every page says of itself, in this order. */
const head: readonly HtmlTagDescriptor[] = [
  { tag: "meta", attrs: { charset: "utf-8" } },
  { tag: "meta", attrs: { name: "viewport", content: "width=device-width, initial-scale=1" } },
  { tag: "meta", attrs: { name: "color-scheme", content: "light dark" } },
  { tag: "link", attrs: { rel: "icon", href: "../../shared/web/icon.svg", type: "image/svg+xml" } },
];

const noScript: HtmlTagDescriptor = {
  tag: "noscript",
  children:
    "This page needs JavaScript. Diese Seite braucht JavaScript. Esta página necesita JavaScript.",
  injectTo: "body",
};

/** Gives each page what all pages have, so that a page's own file holds its title, its style and its script. */
export function commonHead(): Plugin {
  return {
    name: "gatehouse-common-head",
    // Before the build looks for files that a page names: the icon is one.
    transformIndexHtml: { order: "pre", handler: () => [...head, noScript] },
  };
}
