package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** The axes that features must have, and how to get them from other usual orders. */
final class FeatureAxes {

  private static final String CONFIGURED = " of the configuration's input type";

  /** The size of a time axis, which may have any length, where it is not known. */
  private static final long ANY = -1;

  /**
   * Another order of axes.
   *
   * @param axes its axes, as messages name them
   * @param permutation what {@code permute} takes
   */
  private record Order(String axes, int... permutation) {

    long[] permuted(long... shape) {
      return Arrays.stream(permutation).mapToLong(axis -> shape[axis]).toArray();
    }

    String advice() {
      String numbers =
          Arrays.stream(permutation).mapToObj(Integer::toString).collect(Collectors.joining(", "));
      return "the order " + axes + "; give features.permute(" + numbers + ")";
    }
  }

  /** Of other libraries, by rank and in the order in which they are named. */
  private static final List<Order> ORDERS =
      List.of(
          new Order("[T, minibatch, n]", 1, 2, 0),
          new Order("[minibatch, T, n]", 0, 2, 1),
          new Order("[minibatch, height, width, channels]", 0, 3, 1, 2),
          new Order("[T, minibatch, channels, height, width]", 1, 2, 0, 3, 4),
          new Order("[minibatch, T, channels, height, width]", 0, 2, 1, 3, 4),
          new Order("[minibatch, T, height, width, channels]", 0, 4, 1, 2, 3),
          new Order("[T, minibatch, height, width, channels]", 1, 4, 0, 2, 3));

  private FeatureAxes() {}

  /**
   * The sizes of one sample's features: n, or n and T, or channels, rows and columns, or channels,
   * T, rows and columns; null for a type without such axes.
   */
  static long[] of(InputType type) {
    if (type instanceof InputType.InputTypeRecurrent series) {
      return new long[] {series.getSize(), known(series.getTimeSeriesLength())};
    }
    if (type instanceof InputType.InputTypeConvolutional3D video) {
      return new long[] {
        video.getChannels(), known(video.getDepth()), video.getHeight(), video.getWidth()
      };
    }
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      return new long[] {flat.getDepth(), flat.getHeight(), flat.getWidth()};
    }
    if (type instanceof InputType.InputTypeConvolutional image) {
      return new long[] {image.getChannels(), image.getHeight(), image.getWidth()};
    }
    return type instanceof InputType.InputTypeFeedForward vector
        ? new long[] {vector.getSize()}
        : null;
  }

  private static long known(long steps) {
    return steps > 0 ? steps : ANY;
  }

  /** T of such sizes; 0 if it is not known. */
  static int steps(long... sizes) {
    return hasTime(sizes) && sizes[1] > 0 ? Math.toIntExact(sizes[1]) : 0;
  }

  private static boolean hasTime(long... sizes) {
    return sizes.length % 2 == 0;
  }

  /**
   * Checks the shape of a minibatch against sizes from {@link #of}; refuses other axes by an
   * IllegalArgumentException that says how to get them.
   */
  static void check(long[] sizes, long... given) {
    if (fits(sizes, given)) {
      return;
    }
    throw new IllegalArgumentException(
        "features must have the axes %s%s, got %s%s"
            .formatted(axes(sizes), CONFIGURED, Arrays.toString(given), advice(sizes, given)));
  }

  /**
   * How to get the right axes from a shape that has others: the likely causes, each with its cure,
   * to end a message with; empty if there is none.
   */
  static String advice(long[] sizes, long... given) {
    List<String> causes = causes(sizes, given);
    return causes.isEmpty() ? "" : ". Possible cause: " + String.join(". Or ", causes);
  }

  private static boolean fits(long[] sizes, long... shape) {
    boolean fits = shape.length == sizes.length + 1;
    for (int i = 0; fits && i < sizes.length; i++) {
      boolean isTime = hasTime(sizes) && i == 1;
      fits = isTime || shape[i + 1] == sizes[i];
    }
    return fits;
  }

  private static List<String> causes(long[] sizes, long... given) {
    List<String> causes = new ArrayList<>();
    for (Order order : ORDERS) {
      if (order.permutation().length == given.length && fits(sizes, order.permuted(given))) {
        causes.add(order.advice());
      }
    }
    long[] single = LongStream.concat(LongStream.of(1), Arrays.stream(given)).toArray();
    if (fits(sizes, single)) {
      causes.add("a single sample; give " + reshaped(single));
    } else if (causes.isEmpty() && isFlatOrNot(sizes, given)) {
      long[] same = LongStream.concat(LongStream.of(given[0]), Arrays.stream(sizes)).toArray();
      causes.add("as many values in other axes; give " + reshaped(same));
    } else if (causes.isEmpty() && hasTime(sizes) != (given.length % 2 == 1)) {
      causes.add(
          hasTime(sizes)
              ? "features without a time axis, which need SpikeEncoding.poisson(T) or direct(T)"
              : "a time axis, which SpikeEncoding.frames() takes as [minibatch, n, T] or [minibatch,"
                  + " channels, T, height, width]");
    }
    return causes;
  }

  /** Whether features are flattened where they should not be, or the other way round. */
  private static boolean isFlatOrNot(long[] sizes, long... given) {
    return !hasTime(sizes)
        && (given.length == 2 || sizes.length == 1)
        && given.length > 1
        && Arrays.stream(given).skip(1).reduce(1, Math::multiplyExact)
            == Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }

  private static String reshaped(long... shape) {
    String sizes = Arrays.toString(shape);
    return "features.reshape(" + sizes.substring(1, sizes.length() - 1) + ")";
  }

  private static String axes(long... sizes) {
    String names =
        switch (sizes.length) {
          case 1 -> "n";
          case 2 -> "n, T";
          case 3 -> "channels, height, width";
          default -> "channels, T, height, width";
        };
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      numbers.add(hasTime(sizes) && i == 1 ? "T" : Long.toString(sizes[i]));
    }
    return "[minibatch, " + names + "] = [minibatch, " + String.join(", ", numbers) + "]";
  }
}
