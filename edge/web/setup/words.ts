import { tongueFor } from "../../../shared/web/tongue.ts";
import { english } from "./english.ts";
import { german } from "./german.ts";

export const { words, locale } = tongueFor([english, german], navigator.languages);
