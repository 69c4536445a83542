package org.dl4jsnn.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.internal.Require;

/**
 * The layers of a network between its input and its output, in the notation of the literature:
 * {@code 64C3-AP2-128C3-MP2-1024} means convolutions with 64 and 128 channels and 3×3 kernels, 2×2
 * average and max pooling, and a fully connected layer of 1,024 neurons.
 *
 * <pre>{@code
 * NetworkNotation layers = NetworkNotation.parse("64C3-AP2-128C3-MP2-1024");
 * MultiLayerNetwork network = SpikingNetworks.vgg7().layers(layers.text()).init();
 * }</pre>
 *
 * @param text the notation
 * @param stages the layers, in order
 */
public record NetworkNotation(String text, List<Stage> stages) {

  private static final Pattern STAGE = Pattern.compile("(\\d+)(?:C(\\d+))?|([AM])P(\\d+)");

  /** A layer. */
  public sealed interface Stage {}

  /**
   * A convolution with padding that keeps the size.
   *
   * @param channels channels of its output
   * @param kernel its height and width
   */
  public record Convolution(int channels, int kernel) implements Stage {}

  /**
   * A pooling over windows that do not overlap.
   *
   * @param type AVG or MAX
   * @param size height and width of a window
   */
  public record Pooling(PoolingType type, int size) implements Stage {}

  /**
   * A fully connected layer.
   *
   * @param size its number of neurons
   */
  public record Dense(int size) implements Stage {}

  /**
   * Creates a notation from its parts; use {@link #parse} to read one.
   *
   * @param text the notation
   * @param stages the layers, in order
   */
  public NetworkNotation {
    Require.given("text", text);
    stages = List.copyOf(Require.given("stages", stages));
  }

  /**
   * Reads a notation.
   *
   * @param text such as {@code 20C5-AP2-50C5-AP2-200}
   * @return its layers
   * @throws IllegalArgumentException if it cannot be parsed, or a convolution or a pooling follows
   *     a fully connected layer
   */
  public static NetworkNotation parse(String text) {
    Require.given("network", text);
    List<Stage> stages = new ArrayList<>();
    for (String part : text.split("-", -1)) {
      Stage stage = stage(text, part);
      boolean afterDense = !stages.isEmpty() && stages.get(stages.size() - 1) instanceof Dense;
      if (afterDense && !(stage instanceof Dense)) {
        throw failure(text, part + " after a fully connected layer");
      }
      stages.add(stage);
    }
    return new NetworkNotation(text, stages);
  }

  /**
   * {@return the names of the layers in ready networks, one per stage: {@code conv1}, {@code
   * pool1}, {@code conv2}, …, {@code dense}, {@code dense2}, …}
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    int convolutions = 0;
    int poolings = 0;
    int denses = 0;
    for (Stage stage : stages) {
      if (stage instanceof Convolution) {
        names.add("conv" + ++convolutions);
      } else if (stage instanceof Pooling) {
        names.add("pool" + ++poolings);
      } else {
        names.add(++denses == 1 ? "dense" : "dense" + denses);
      }
    }
    return names;
  }

  private static Stage stage(String text, String part) {
    Matcher found = STAGE.matcher(part);
    if (!found.matches()) {
      throw failure(text, part.isEmpty() ? "an empty part" : part);
    }
    if (found.group(3) != null) {
      PoolingType type = found.group(3).equals("A") ? PoolingType.AVG : PoolingType.MAX;
      return new Pooling(type, number(text, found.group(4)));
    }
    int size = number(text, found.group(1));
    return found.group(2) == null
        ? new Dense(size)
        : new Convolution(size, number(text, found.group(2)));
  }

  private static int number(String text, String digits) {
    // At most four digits, far from overflow.
    if (digits.length() > 4 || Integer.parseInt(digits) == 0) {
      throw failure(text, digits);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException failure(String text, String found) {
    return new IllegalArgumentException(
        "network must be written like 64C3-AP2-128C3-MP2-1024 (convolutions, average and maximum"
            + " poolings, then fully connected layers, sizes from 1 to 9999), got "
            + found
            + " in "
            + text);
  }

  @Override
  public String toString() {
    return text;
  }
}
