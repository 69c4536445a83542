package org.dl4jsnn.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.internal.Require;

/**
 * The layers of a network between its input and its output, in the notation of the literature:
 * {@code 64C3-AP2-128C3-MP2-1024} means convolutions with 64 and 128 channels and 3×3 kernels, 2×2
 * average and max pooling, and a fully connected layer of 1,024 neurons. In {@code
 * 64C3-64B3-128B3/2-GAP} two residual blocks of two convolutions each follow, the second block with
 * stride 2, then global average pooling.
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

  private static final Pattern STAGE =
      Pattern.compile("(\\d+)(?:C(\\d+)|B(\\d+)(?:/(\\d+))?)?|([AM])P(\\d+)|GAP");

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
   * A residual block: two convolutions with padding that keeps the size, and a shortcut around
   * them. It follows a convolution or another block, perhaps with pooling between.
   *
   * @param channels channels of its convolutions and of its output
   * @param kernel height and width of both kernels, odd
   * @param stride how many rows and columns the first convolution moves at a time
   */
  public record Block(int channels, int kernel, int stride) implements Stage {}

  /**
   * Averages over all rows and columns, without neurons; only fully connected layers may follow.
   */
  public record GlobalPooling() implements Stage {}

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
   * @throws IllegalArgumentException if it cannot be parsed, a convolution, a block or a pooling
   *     follows a fully connected layer or a global pooling, or a block has no convolution before
   *     it
   */
  public static NetworkNotation parse(String text) {
    Require.given("network", text);
    List<Stage> stages = new ArrayList<>();
    for (String part : text.split("-", -1)) {
      Stage stage = stage(text, part);
      Stage before = stages.isEmpty() ? null : stages.get(stages.size() - 1);
      if (before instanceof Dense && !(stage instanceof Dense)) {
        throw failure(text, part + " after a fully connected layer");
      }
      if (before instanceof GlobalPooling && !(stage instanceof Dense)) {
        throw failure(text, part + " after a global pooling");
      }
      if (stage instanceof Block && stages.stream().noneMatch(NetworkNotation::convolves)) {
        throw failure(text, part + " before any convolution");
      }
      stages.add(stage);
    }
    return new NetworkNotation(text, stages);
  }

  private static boolean convolves(Stage stage) {
    return stage instanceof Convolution || stage instanceof Block;
  }

  /** {@return whether it has residual blocks, so that only a ComputationGraph has its layers} */
  public boolean hasBlocks() {
    return stages.stream().anyMatch(Block.class::isInstance);
  }

  /**
   * {@return the names of the layers in ready networks, one per stage: {@code conv1}, {@code
   * pool1}, {@code conv2}, {@code block1}, …, {@code global}, {@code dense}, {@code dense2}, …}
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    Map<Class<?>, Integer> counts = new HashMap<>();
    for (Stage stage : stages) {
      int count = counts.merge(stage.getClass(), 1, Integer::sum);
      if (stage instanceof Convolution) {
        names.add("conv" + count);
      } else if (stage instanceof Block) {
        names.add("block" + count);
      } else if (stage instanceof Pooling) {
        names.add("pool" + count);
      } else if (stage instanceof GlobalPooling) {
        names.add("global");
      } else {
        names.add(count == 1 ? "dense" : "dense" + count);
      }
    }
    return names;
  }

  private static Stage stage(String text, String part) {
    Matcher found = STAGE.matcher(part);
    if (!found.matches()) {
      throw failure(text, part.isEmpty() ? "an empty part" : part);
    }
    if (found.group(1) == null) {
      return found.group(5) == null
          ? new GlobalPooling()
          : new Pooling(
              found.group(5).equals("A") ? PoolingType.AVG : PoolingType.MAX,
              number(text, found.group(6)));
    }
    int size = number(text, found.group(1));
    if (found.group(2) != null) {
      return new Convolution(size, number(text, found.group(2)));
    }
    if (found.group(3) == null) {
      return new Dense(size);
    }
    int kernel = number(text, found.group(3));
    if (kernel % 2 == 0) {
      throw failure(text, part + " with an even kernel");
    }
    return new Block(size, kernel, found.group(4) == null ? 1 : number(text, found.group(4)));
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
            + " poolings, then fully connected layers, sizes from 1 to 9999) or like"
            + " 64C3-64B3-128B3/2-GAP (residual blocks, that of 128 channels with stride 2, global average"
            + " pooling), got "
            + found
            + " in "
            + text);
  }

  @Override
  public String toString() {
    return text;
  }
}
