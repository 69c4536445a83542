package org.dl4jsnn.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A trained network, loaded from a compact model file, for inference in pure Java.
 *
 * <pre>{@code
 * SpikingModel model = SpikingModel.load(Path.of("digits.snn"));
 * int digit = model.run(pixels).decision();
 * }</pre>
 *
 * Every layer fires the same spikes as in the library, bit for bit; encodings with noise use
 * inference noise, which depends on the network's seed. Immutable; threads may share a model.
 */
public final class SpikingModel {

  /** The longest body read by default: 1 GiB. */
  public static final long MOST_BYTES = 1L << 30;

  private final Network network;

  private SpikingModel(Network network) {
    this.network = network;
  }

  /**
   * Loads a model.
   *
   * @param file a file written by {@code RuntimeExport}
   * @return the model
   * @throws ModelFormatException if the file is damaged, of another kind or version, or larger than
   *     {@link #MOST_BYTES}
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the system property {@value Kernels#PROPERTY} names kernels
   *     that there are not
   */
  public static SpikingModel load(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder, but a file is needed");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return load(in, MOST_BYTES, true);
    }
  }

  /**
   * Loads a model from a stream, which may continue after it.
   *
   * @param in the output of {@code RuntimeExport}; not closed
   * @return the model
   * @throws ModelFormatException as {@link #load(Path)}
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException as {@link #load(Path)}
   */
  public static SpikingModel load(InputStream in) throws IOException {
    return load(in, MOST_BYTES);
  }

  /**
   * Loads a model from a stream, with a limit on its length.
   *
   * @param in the output of {@code RuntimeExport}; not closed
   * @param mostBytes the longest body accepted, at most 2³¹ − 9
   * @return the model
   * @throws ModelFormatException as {@link #load(Path)}
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the limit is out of range, or as {@link #load(Path)}
   */
  public static SpikingModel load(InputStream in, long mostBytes) throws IOException {
    Require.not(
        mostBytes < 0 || mostBytes > Integer.MAX_VALUE - 8,
        "the most bytes must be from 0 to %s, got %s",
        Integer.MAX_VALUE - 8,
        mostBytes);
    return load(in, mostBytes, false);
  }

  private static SpikingModel load(InputStream in, long mostBytes, boolean toEnd)
      throws IOException {
    KernelProvider kernels = Kernels.chosen();
    CompactModel model = ModelReader.read(in, mostBytes, toEnd);
    try {
      return new SpikingModel(new Network(model, kernels));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ModelReader.refused(CompactWriter.HEADER, "the network", e);
    }
  }

  /**
   * Runs a sample over a whole window; streams are not affected.
   *
   * @param features the sample in array order, [channels, height, width] or [n]; for frames
   *     [channels, T, height, width] or [n, T], with any T
   * @return the answer
   * @throws IllegalArgumentException if the number of features is wrong, a feature is not finite, a
   *     membrane potential exceeds single precision, or the window would take more than half of the
   *     heap
   */
  public Answer run(float... features) {
    return new Pass(network, SavedStream.AT_REST, false).run(features);
  }

  /**
   * Runs a sample until its answer is sure, at most over a whole window. The answer is that of a
   * window which ends there: the spikes are the first steps of those of {@link #run(float...)}, bit
   * for bit, and {@link Answer#steps} tells how many.
   *
   * @param exit when an answer is sure; of a course of membranes the mean of its outputs over the
   *     steps so far is judged
   * @param features as for {@link #run(float...)}
   * @return the answer
   * @throws IllegalArgumentException as {@link #run(float...)}, if the policy needs probabilities
   *     and the outputs are none, or if a layer waits for the end of the window
   */
  public Answer run(EarlyExit exit, float... features) {
    if (Require.given("exit", exit).equals(EarlyExit.never())) {
      return run(features);
    }
    network.refuseWaiting("a model that answers early");
    return new EarlyPass(network, SavedStream.AT_REST, exit).run(features);
  }

  /**
   * A sample that runs one step at a time, for whoever looks inside: spikes and membranes after
   * each step. It takes longer than {@link #run(float...)}.
   *
   * @param features as for {@link #run(float...)}
   * @return the run before its first step
   * @throws IllegalArgumentException as {@link #run(float...)}, and if a layer waits for the end of
   *     the window
   */
  public StepByStep stepByStep(float... features) {
    network.refuseWaiting("a model that runs step by step");
    return new StepByStep(network, features);
  }

  /**
   * {@return a new stream before its first step}
   *
   * @throws IllegalArgumentException if a layer waits for the end of a window
   */
  public SpikingStream stream() {
    network.refuseWaiting("a model of streams");
    return new SpikingStream(network);
  }

  /** {@return an empty buffer for the events of a step of a stream} */
  public StepEvents newEvents() {
    return new StepEvents(inputShape());
  }

  /** {@return the shape of a sample's features; for frames, of one step} */
  public FeatureShape inputShape() {
    return network.model().encoding().features();
  }

  /**
   * {@return whether features have a time axis; true for frames and delta coding, whose T is that
   * of the features}
   */
  public boolean hasTimeAxis() {
    return network.model().encoding().kind().hasTimeAxis();
  }

  /** {@return T, the time steps of a window; 0 if features have a time axis} */
  public int steps() {
    return network.model().encoding().steps();
  }

  /**
   * {@return the same network over windows of another length; a latency code keeps its span}
   *
   * @param steps T, from 1 to 16,777,216
   * @throws IllegalArgumentException if T is out of range, if features have a time axis, which
   *     bring their own, or if a layer waits for the end of a window, whose currents grow with T
   */
  public SpikingModel withSteps(int steps) {
    CompactModel model = network.model();
    Require.not(
        hasTimeAxis(), "features must have no time axis for T to be set, got T = %s", steps);
    if (steps != steps()) {
      network.refuseWaiting("a model of another T");
    }
    return of(new CompactModel(model.encoding().withSteps(steps), model.parts(), model.shapes()));
  }

  /**
   * {@return the same network with the threshold of every neuron multiplied by a factor; what else
   * a neuron has, such as its initial membrane potential, stays}
   *
   * @param factor positive; above 1 for fewer spikes
   * @throws IllegalArgumentException if a threshold would not be positive and finite or would be
   *     below its reset value, or a layer's neurons are not {@link SpikingNeuron}s
   */
  public SpikingModel withThresholds(double factor) {
    CompactModel model = network.model();
    List<CompactPart> parts =
        model.parts().stream()
            .map(
                part ->
                    part instanceof NeuronPart neurons && neurons.fires()
                        ? scaled(neurons, factor)
                        : part)
            .toList();
    return of(new CompactModel(model.encoding(), parts, model.shapes()));
  }

  private static CompactPart scaled(NeuronPart part, double factor) {
    if (part.neuron() instanceof SpikingNeuron neuron) {
      return part.withNeuron(neuron.withThreshold(factor * neuron.threshold()));
    }
    throw new IllegalArgumentException(
        "neurons of '"
            + part.name()
            + "' must be (leaky) integrate-and-fire for their threshold to be set, got "
            + part.neuron().getClass().getSimpleName());
  }

  private static SpikingModel of(CompactModel model) {
    return new SpikingModel(new Network(model, Kernels.chosen()));
  }

  /** {@return the names of the layers and vertices, in the order in which they run} */
  public List<String> layers() {
    return network.model().parts().stream().map(CompactPart::name).toList();
  }

  @Override
  public String toString() {
    return "spiking model of " + inputShape() + " features, layers " + layers();
  }
}
