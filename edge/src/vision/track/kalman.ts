/**
 * One coordinate that moves with a velocity of its own: a Kalman filter with two states.
 *
 * Centre x, centre y, width and height of a box are independent of each other in the usual eight-dimensional
 * model (Bewley et al., "Simple online and realtime tracking", 2016, section 3.2, without the coupling of scale
 * and ratio), so four of these are that filter, without a matrix.
 */
export class Coordinate {
  position: number;
  /** A second. */
  velocity = 0;
  #positionVariance: number;
  #covariance = 0;
  #velocityVariance: number;

  /** @param positionDeviation, velocityDeviation how far the first guess may be off (standard deviations) */
  constructor(position: number, positionDeviation: number, velocityDeviation: number) {
    this.position = position;
    this.#positionVariance = positionDeviation ** 2;
    this.#velocityVariance = velocityDeviation ** 2;
  }

  /**
   * @param dt seconds since the last call
   * @param acceleration how hard it may speed up or brake (standard deviation, a second squared)
   */
  predict(dt: number, acceleration: number): void {
    const jolt = acceleration ** 2;
    this.position += dt * this.velocity;
    this.#positionVariance +=
      dt * (2 * this.#covariance + dt * this.#velocityVariance) + (jolt * dt ** 4) / 4;
    this.#covariance += dt * this.#velocityVariance + (jolt * dt ** 3) / 2;
    this.#velocityVariance += jolt * dt ** 2;
  }

  /** @param deviation how far a measurement may be off (standard deviation) */
  correct(measured: number, deviation: number): void {
    const total = this.#positionVariance + deviation ** 2;
    const positionGain = this.#positionVariance / total;
    const velocityGain = this.#covariance / total;
    const surprise = measured - this.position;
    this.position += positionGain * surprise;
    this.velocity += velocityGain * surprise;
    this.#velocityVariance -= velocityGain * this.#covariance;
    this.#covariance *= 1 - positionGain;
    this.#positionVariance *= 1 - positionGain;
  }
}
