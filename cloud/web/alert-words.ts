import { alertSentence } from "@gatehouse/shared/contracts/alerts/sentences";
import { language } from "./frame/language.ts";

/** What an alert of a type says, in the page's language; a type that nobody knows is told as words. */
export const alertText = (type: string): string => alertSentence(type, language);
