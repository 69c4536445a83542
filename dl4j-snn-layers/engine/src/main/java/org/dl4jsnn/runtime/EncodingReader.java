package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.EncodingWriter;
import org.dl4jsnn.internal.encode.LatencyCode;
import org.dl4jsnn.internal.encode.LatencyTiming;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.spike.FeatureShape;

/** Reads how features become spikes. Invalid numbers throw an IllegalArgumentException. */
final class EncodingReader {

  private EncodingReader() {}

  static CompactEncoding read(ModelBytes bytes) throws ModelFormatException {
    CompactEncoding.Kind[] kinds = CompactEncoding.Kind.values();
    long at = bytes.offset();
    int number = bytes.small("encoding", 0, EncodingWriter.POPULATION + kinds.length - 1);
    boolean hasPopulation = number >= EncodingWriter.POPULATION;
    int code = number - (hasPopulation ? EncodingWriter.POPULATION : 0);
    if (code >= kinds.length) {
      throw ModelBytes.failure(
          at, "encoding must be from 0 to " + (kinds.length - 1) + ", or 16 above, got " + number);
    }
    CompactEncoding.Kind kind = kinds[code];
    FeatureShape features = shape(bytes);
    int steps = bytes.number("steps", 0, Integer.MAX_VALUE);
    double gain = bytes.real("gain");
    long seed = bytes.whole("seed");
    return new CompactEncoding(
        kind,
        features,
        steps,
        gain,
        seed,
        kind == CompactEncoding.Kind.LATENCY ? latency(bytes, gain) : null,
        kind == CompactEncoding.Kind.DELTA ? bytes.real("threshold of delta coding") : 0,
        hasPopulation ? population(bytes) : null);
  }

  private static FeatureShape shape(ModelBytes bytes) throws ModelFormatException {
    boolean spatial = bytes.flag("whether features have rows and columns");
    int most = CompactModel.MOST_NEURONS;
    int channels = bytes.number("channels", 1, most);
    int height = bytes.number("height", 1, spatial ? most : 1);
    int width = bytes.number("width", 1, spatial ? most : 1);
    return new FeatureShape(channels, height, width, spatial);
  }

  private static LatencyCode latency(ModelBytes bytes, double gain) throws ModelFormatException {
    int span = bytes.number("span", 1, Integer.MAX_VALUE);
    LatencyTiming timing = bytes.constant("timing", LatencyTiming.values());
    double threshold = bytes.real("threshold of latency coding");
    return new LatencyCode(span, timing, gain, threshold, bytes.real("time constants"));
  }

  private static TunedResponses population(ModelBytes bytes) throws ModelFormatException {
    int neurons = bytes.number("neurons of a feature", 1, CompactModel.MOST_NEURONS);
    double min = bytes.real("min");
    double max = bytes.real("max");
    return new TunedResponses(neurons, min, max, bytes.real("overlap"));
  }
}
