package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.encode.DeltaTrains;
import org.dl4jsnn.internal.encode.DirectTrains;
import org.dl4jsnn.internal.encode.FrameTrains;
import org.dl4jsnn.internal.encode.LatencyTrains;
import org.dl4jsnn.internal.encode.PoissonTrains;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Turns features into the spikes that enter the network. */
final class FirstSpikes {

  private FirstSpikes() {}

  /**
   * The spikes of a piece of a stream.
   *
   * @param train the spikes
   * @param signals the memory of delta coding after it
   */
  record Encoded(SpikeTrain train, DeltaState signals) {}

  /**
   * The spikes of a sample, or of a piece of a stream.
   *
   * @param encoding the encoding
   * @param features the features; not kept
   * @param signals the memory of delta coding before it
   * @param firstStep the steps before it
   */
  static Encoded of(
      CompactEncoding encoding, float[] features, DeltaState signals, long firstStep) {
    requireCount(encoding, features);
    FeatureShape shape = encoding.coded();
    int steps = features.length / encoding.features().neurons();
    float[] x = features;
    if (encoding.population() != null) {
      x = encoding.population().of(features, features.length, shape.positions() * steps);
    }
    if (encoding.kind() == CompactEncoding.Kind.DELTA) {
      DeltaTrains.Piece piece = DeltaTrains.of(shape, x, 1, encoding.deltaThreshold(), signals);
      return new Encoded(piece.train(), piece.after());
    }
    return new Encoded(train(encoding, shape, x, steps, firstStep), signals);
  }

  private static SpikeTrain train(
      CompactEncoding encoding, FeatureShape shape, float[] x, int steps, long firstStep) {
    return switch (encoding.kind()) {
      case DIRECT -> DirectTrains.of(shape, x.clone(), encoding.steps(), encoding.gain());
      case POISSON ->
          PoissonTrains.of(
              shape,
              x,
              NoiseKey.inference(encoding.seed()),
              firstStep,
              encoding.steps(),
              encoding.gain());
      case LATENCY -> LatencyTrains.of(encoding.latency(), shape, x, firstStep, encoding.steps());
      case FRAMES, DELTA -> FrameTrains.of(shape, x, 1, steps);
    };
  }

  static void requireCount(CompactEncoding encoding, float[] features) {
    int neurons = encoding.features().neurons();
    boolean hasTime = encoding.kind().hasTimeAxis();
    boolean fits = hasTime ? features.length % neurons == 0 : features.length == neurons;
    Require.not(
        !fits || features.length == 0,
        "features must be %s%s (%s), got %s. Possible cause: another image size,"
            + " or several samples at once",
        neurons,
        hasTime ? " for every step" : "",
        encoding.features(),
        features.length);
  }
}
