package org.dl4jsnn.event.camera;

/** Events of noise of one polarity: a Poisson process over the whole sensor. */
final class NoiseProcess {

  private static final double MICROSECONDS = 1e6;

  private final RandomDraws draws;
  private final int pixels;
  private final double meanWait;
  private double time;
  private long counter;

  NoiseProcess(double hertz, int pixels, RandomDraws draws) {
    this.draws = draws;
    this.pixels = pixels;
    // Infinite without noise, and so is the time of the first event.
    meanWait = MICROSECONDS / (hertz * pixels);
    advance();
  }

  /** Time of the event in µs. */
  double time() {
    return time;
  }

  /** Where the event is. */
  int pixel() {
    return draws.index(counter + 1, pixels);
  }

  /** Goes to the next event. */
  void advance() {
    counter += 2;
    time += meanWait * draws.exponential(counter);
  }
}
