package org.dl4jsnn.runtime;

import java.io.IOException;
import java.io.InputStream;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.EncodingWriter;
import org.dl4jsnn.internal.compact.SealedBody;
import org.dl4jsnn.internal.encode.LatencyCode;
import org.dl4jsnn.internal.encode.LatencyTiming;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.spike.FeatureShape;

/** Reads a model file: header and checksum, then the encoding, then each part. */
final class ModelReader {

  private static final int MOST_PARTS = 10_000;
  private static final SealedReader SEAL =
      new SealedReader(
          "model",
          CompactWriter.MAGIC,
          CompactWriter.VERSION,
          "a file of another kind; RuntimeExport turns a network's zip file into a model");

  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @param in the file
   * @param mostBytes the longest body accepted
   * @param toEnd whether nothing may follow the model
   */
  static CompactModel read(InputStream in, long mostBytes, boolean toEnd) throws IOException {
    byte[] header = in.readNBytes(SealedBody.HEADER);
    byte[] body = in.readNBytes(SEAL.length(header, mostBytes));
    ModelBytes bytes = SEAL.checked(header, body);
    CompactModel model = model(bytes);
    bytes.requireEnd();
    if (toEnd && in.read() >= 0) {
      throw new ModelFormatException(
          bytes.offset(), "the file must end after the model, got more bytes", "a damaged file");
    }
    return model;
  }

  private static CompactModel model(ModelBytes bytes) throws IOException {
    long at = bytes.offset();
    CompactModel.Builder model;
    try {
      model = new CompactModel.Builder(EncodingReader.read(bytes));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refused(at, "encoding", e);
    }
    int parts = bytes.number("the number of parts", 1, MOST_PARTS);
    for (int i = 0; i < parts; i++) {
      at = bytes.offset();
      try {
        model.add(PartReader.read(bytes, model));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw refused(at, "part " + (i + 1), e);
      }
    }
    return model.build();
  }

  /** The exception for parts that do not fit together. */
  static ModelFormatException refused(long at, String what, RuntimeException e) {
    ModelFormatException failure =
        ModelBytes.failure(at, what + " must be a valid one, got one whose " + e.getMessage());
    failure.initCause(e);
    return failure;
  }

  /** Reads how features become spikes. Invalid numbers throw an IllegalArgumentException. */
  private static final class EncodingReader {

    private EncodingReader() {}

    static CompactEncoding read(ModelBytes bytes) throws ModelFormatException {
      CompactEncoding.Kind[] kinds = CompactEncoding.Kind.values();
      long at = bytes.offset();
      int number = bytes.small("encoding", 0, EncodingWriter.POPULATION + kinds.length - 1);
      boolean hasPopulation = number >= EncodingWriter.POPULATION;
      int code = number - (hasPopulation ? EncodingWriter.POPULATION : 0);
      if (code >= kinds.length) {
        throw ModelBytes.failure(
            at,
            "encoding must be from 0 to " + (kinds.length - 1) + ", or 16 above, got " + number);
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
}
