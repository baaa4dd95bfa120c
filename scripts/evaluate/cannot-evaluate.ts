/** The task cannot be done with what was named; the message says what is wrong. */
export class CannotEvaluate extends Error {}
