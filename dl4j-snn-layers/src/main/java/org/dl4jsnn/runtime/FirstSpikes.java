package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.DirectTrains;
import org.dl4jsnn.internal.encode.FrameTrains;
import org.dl4jsnn.internal.encode.PoissonTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.SpikeTrain;

/** Turns features into the spikes that enter the network. */
final class FirstSpikes {

  private FirstSpikes() {}

  /**
   * The spikes of a sample, or of a piece of a stream.
   *
   * @param encoding how
   * @param features the features; not kept
   * @param firstStep the step of the stream that they begin with
   */
  static SpikeTrain of(CompactEncoding encoding, float[] features, long firstStep) {
    int neurons = encoding.shape().neurons();
    boolean frames = encoding.kind() == CompactEncoding.Kind.FRAMES;
    if (features.length != neurons
        && !(frames && features.length > 0 && features.length % neurons == 0)) {
      throw new IllegalArgumentException(
          "features must be "
              + neurons
              + (frames ? " for every step" : "")
              + " ("
              + encoding.shape()
              + "), got "
              + features.length
              + ". Possible cause: another picture size, or several samples at once");
    }
    return switch (encoding.kind()) {
      case DIRECT ->
          DirectTrains.of(encoding.shape(), features.clone(), encoding.steps(), encoding.gain());
      case POISSON ->
          PoissonTrains.of(
              encoding.shape(),
              features,
              NoiseKey.inference(encoding.seed()),
              firstStep,
              encoding.steps(),
              encoding.gain());
      case FRAMES -> FrameTrains.of(encoding.shape(), features, 1, features.length / neurons);
    };
  }
}
