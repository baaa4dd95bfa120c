/** The button for a ticket at a lane. One that is pressed when it is first heard of is stuck: nobody has pressed it now. */
export class TicketButton {
  #pressed: boolean | undefined;
  #listener: () => void = () => {};

  /** One listener. */
  onPressed(listener: () => void): void {
    this.#listener = listener;
  }

  /**
   * @param pressed undefined: not known
   * @param isServing a press while the lane does not serve is nobody's
   */
  hear(pressed: boolean | undefined, isServing: boolean): void {
    const isNews = pressed === true && this.#pressed === false;
    this.#pressed = pressed;
    if (isNews && isServing) this.#listener();
  }
}
