import { buildPages } from "./build-pages.ts";

/** The pages are built once, before files that run at the same time find them too old at the same time. */
export default (): Promise<void> => buildPages();
