package org.dl4jsnn.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Answers, gradients and parameters after an update of random networks, as numbers of a few bytes.
 * A program, so that it can be run with other kernels and on another Java.
 */
public final class Digests {

  /** The beginning of a line. */
  static final String MARK = "digest";

  private static final int GENERATOR_SIZE = 1000;

  private Digests() {}

  /**
   * Prints one line per network.
   *
   * @param arguments seed and number of the networks
   */
  public static void main(String[] arguments) {
    of(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1])).forEach(System.out::println);
  }

  /** One line per network. */
  static List<String> of(long seed, int networks) {
    List<String> lines = new ArrayList<>();
    for (RandomNetworkPlan plan : plans(seed, networks)) {
      lines.add(of(plan));
    }
    return lines;
  }

  private static List<RandomNetworkPlan> plans(long seed, int networks) {
    Arbitrary<RandomNetworkPlan> any =
        RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE, Precision.DOUBLE)
            .map(RandomNetworkPlan::tame);
    List<RandomNetworkPlan> plans = new ArrayList<>();
    // Outside of properties, jqwik must be told when its stores begin and end.
    JqwikSession.run(
        () -> {
          RandomGenerator<RandomNetworkPlan> generator = any.generator(GENERATOR_SIZE);
          Random random = new Random(seed);
          for (int i = 0; i < networks; i++) {
            plans.add(generator.next(random).value());
          }
        });
    return plans;
  }

  private static String of(RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray labels = network.labels();
    int rates = 0;
    for (INDArray ofLayer : network.rates(features)) {
      rates = 31 * rates + digest(ofLayer);
    }
    int gradient = digest(network.gradient(features, labels));
    network.fit(features, labels);
    return String.format(
        "%s: rates %08x, gradient %08x, parameters %08x of %s",
        MARK, rates, gradient, digest(network.parameters()), plan);
  }

  private static int digest(INDArray array) {
    return Arrays.hashCode(array.dup('c').castTo(DataType.DOUBLE).data().asDouble());
  }
}
