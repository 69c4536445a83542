package org.dl4jsnn.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A trained network, loaded from a compact model file, for inference by Java alone.
 *
 * <pre>
 * SpikingModel model = SpikingModel.load(Path.of("digits.snn"));
 * int digit = model.run(pixels).decision();
 * </pre>
 *
 * Every layer fires the spikes that the library's does, bit for bit; of encodings with noise those
 * of inference, which depend on the network's seed. Immutable; threads may share one.
 */
public final class SpikingModel {

  /** The longest body of a file that is read without another word: 1 GiB. */
  public static final long MOST_BYTES = 1L << 30;

  private final Network network;

  private SpikingModel(CompactModel model) {
    this.network = new Network(model, Kernels.chosen());
  }

  /**
   * Loads a model.
   *
   * @param file a file that {@code RuntimeExport} wrote
   * @return the model
   * @throws ModelFormatException if the file is damaged, of another kind or version, or larger than
   *     {@link #MOST_BYTES}
   * @throws IOException if it cannot be read
   */
  public static SpikingModel load(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      SpikingModel model = load(in);
      if (in.read() >= 0) {
        throw new ModelFormatException(
            Files.size(file),
            "the file must end after the model, got more bytes",
            "a damaged file");
      }
      return model;
    }
  }

  /**
   * Loads a model from a stream, which may go on after it.
   *
   * @param in what {@code RuntimeExport} wrote; not closed
   * @return the model
   * @throws ModelFormatException as {@link #load(Path)}
   * @throws IOException if it cannot be read
   */
  public static SpikingModel load(InputStream in) throws IOException {
    return load(in, MOST_BYTES);
  }

  /**
   * Loads a model from a stream of which no more than some bytes are believed.
   *
   * @param in what {@code RuntimeExport} wrote; not closed
   * @param mostBytes the longest body that is read, at most 2³¹ − 9
   * @return the model
   * @throws ModelFormatException as {@link #load(Path)}
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the limit breaks its rule
   */
  public static SpikingModel load(InputStream in, long mostBytes) throws IOException {
    if (mostBytes < 0 || mostBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the most bytes must be from 0 to " + (Integer.MAX_VALUE - 8) + ", got " + mostBytes);
    }
    CompactModel model = ModelReader.read(in, mostBytes);
    try {
      return new SpikingModel(model);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ModelReader.refused(CompactWriter.HEADER, "the network", e);
    }
  }

  /**
   * Runs a sample over a whole window, which touches no stream.
   *
   * @param features the sample in the order of arrays, [channels, height, width] or [n]; of frames
   *     [channels, T, height, width] or [n, T], any T
   * @return the answer
   * @throws IllegalArgumentException if there are more or fewer features, one is not finite, or a
   *     membrane potential leaves single precision
   */
  public Answer run(float... features) {
    return new Pass(network, StreamState.AT_REST, false).run(features);
  }

  /**
   * Begins a stream.
   *
   * @return a stream before its first step
   */
  public SpikingStream stream() {
    return new SpikingStream(network);
  }

  /**
   * The shape of a sample's features; of frames that of a step.
   *
   * @return the shape
   */
  public FeatureShape inputShape() {
    return network.model().encoding().features();
  }

  /**
   * Whether features have a time axis.
   *
   * @return true of frames and of delta coding, whose T is that of the features
   */
  public boolean hasTimeAxis() {
    return network.model().encoding().kind().hasTimeAxis();
  }

  /**
   * T.
   *
   * @return time steps of a window; 0 where features have a time axis
   */
  public int steps() {
    return network.model().encoding().steps();
  }

  /**
   * The layers and vertices.
   *
   * @return their names, in the order in which they run
   */
  public List<String> layers() {
    return network.model().parts().stream().map(CompactPart::name).toList();
  }

  @Override
  public String toString() {
    return "spiking model of " + inputShape() + " features, layers " + layers();
  }
}
