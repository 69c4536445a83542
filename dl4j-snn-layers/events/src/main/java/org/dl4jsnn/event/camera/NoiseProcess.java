package org.dl4jsnn.event.camera;

/** Noise events of one polarity: a Poisson process over the whole sensor. */
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
    // Infinite without noise; then the time of the first event is infinite too.
    meanWait = MICROSECONDS / (hertz * pixels);
    advance();
  }

  /** Time of the event in µs. */
  double time() {
    return time;
  }

  /** The pixel of the event. */
  int pixel() {
    return draws.index(counter + 1, pixels);
  }

  /** Moves to the next event. */
  void advance() {
    counter += 2;
    time += meanWait * draws.exponential(counter);
  }
}
