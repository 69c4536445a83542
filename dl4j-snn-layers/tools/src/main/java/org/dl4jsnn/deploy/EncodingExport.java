package org.dl4jsnn.deploy;

import org.dl4jsnn.encode.DeltaEncoder;
import org.dl4jsnn.encode.DirectEncoder;
import org.dl4jsnn.encode.FrameEncoder;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.encode.PoissonEncoder;
import org.dl4jsnn.encode.PopulationEncoder;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.encode.TuningCurves;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.spike.FeatureShape;

/** Encoders in a compact model. */
final class EncodingExport {

  private static final int POLARITIES = 2;

  private EncodingExport() {}

  /**
   * The code of an encoder.
   *
   * @param shape the shape of the first spikes
   * @param seed the seed of the encoding layer's noise
   * @throws IllegalArgumentException if the runtime has no such encoder
   */
  static CompactEncoding of(SpikeEncoder encoder, FeatureShape shape, long seed) {
    if (!(encoder instanceof PopulationEncoder population)) {
      return plain(encoder, shape, seed);
    }
    CompactEncoding coded = plain(population.encoder(), shape, seed);
    TuningCurves curves = population.curves();
    return new CompactEncoding(
        coded.kind(),
        withChannels(coded.features(), coded.features().channels() / curves.neurons()),
        coded.steps(),
        coded.gain(),
        coded.seed(),
        coded.latency(),
        coded.deltaThreshold(),
        new TunedResponses(curves.neurons(), curves.min(), curves.max(), curves.overlap()));
  }

  private static CompactEncoding plain(SpikeEncoder encoder, FeatureShape shape, long seed) {
    if (encoder instanceof PoissonEncoder poisson) {
      return CompactEncoding.of(
          CompactEncoding.Kind.POISSON, shape, poisson.steps(), poisson.gain(), seed);
    }
    if (encoder instanceof DirectEncoder direct) {
      return CompactEncoding.of(
          CompactEncoding.Kind.DIRECT, shape, direct.steps(), direct.gain(), 0);
    }
    if (encoder instanceof FrameEncoder) {
      return CompactEncoding.of(CompactEncoding.Kind.FRAMES, shape, 0, 1, 0);
    }
    if (encoder instanceof LatencyEncoder latency) {
      return new CompactEncoding(
          CompactEncoding.Kind.LATENCY,
          shape,
          latency.steps(),
          latency.code().gain(),
          0,
          latency.code(),
          0,
          null);
    }
    if (encoder instanceof DeltaEncoder delta) {
      return new CompactEncoding(
          CompactEncoding.Kind.DELTA,
          withChannels(shape, shape.channels() / POLARITIES),
          0,
          1,
          0,
          null,
          delta.threshold(),
          null);
    }
    throw new IllegalArgumentException(
        "the runtime has the encodings poisson, direct, frames, latency, delta and population, got "
            + encoder);
  }

  private static FeatureShape withChannels(FeatureShape shape, int channels) {
    return new FeatureShape(channels, shape.height(), shape.width(), shape.spatial());
  }
}
