package org.dl4jsnn.synapse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.SynapseContract;
import org.dl4jsnn.spike.FeatureShape;

class SynapseContractTest extends SynapseContract {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 10, 9);

  @Override
  protected Stream<Definition> definitions() {
    List<Definition> all = new ArrayList<>();
    all.add(
        new Definition(
            "dense",
            IMAGE,
            shapes(7, IMAGE.neurons(), 7),
            p -> new DenseSynapse(IMAGE, p.get(Synapse.WEIGHT), p.get(Synapse.BIAS))));
    Random random = new Random(1);
    while (all.size() < 60) {
      window(random).ifPresent(window -> all.add(convolution(window)));
    }
    all.add(convolution(new Window2D(wide(), wide())));
    all.add(convolution(new Window2D(even(), even())));
    while (all.size() < 91) {
      int multiplier = 1 + random.nextInt(3);
      window(random).ifPresent(window -> all.add(depthwise(window, multiplier)));
    }
    all.add(depthwise(new Window2D(wide(), wide()), 2));
    all.add(depthwise(new Window2D(even(), even()), 2));
    for (int[] size : new int[][] {{2, 2}, {3, 1}, {2, 3}}) {
      Window2D.Axis axis = new Window2D.Axis(size[0], size[1], 0, 1, false);
      PoolingWindows windows = new PoolingWindows(new Window2D(axis, axis), IMAGE);
      all.add(
          new Definition(
              "average " + size[0] + ", stride " + size[1],
              IMAGE,
              Map.of(),
              p -> new AverageSynapse(windows)));
    }
    return all.stream();
  }

  private static Map<String, long[]> shapes(int outputs, long... weights) {
    return Map.of(Synapse.WEIGHT, weights, Synapse.BIAS, new long[] {outputs});
  }

  private static Optional<Window2D> window(Random random) {
    boolean same = random.nextBoolean();
    Window2D window = new Window2D(axis(random, same), axis(random, same));
    return Optional.of(window).filter(w -> w.rows().extent() <= 9 && w.columns().extent() <= 9);
  }

  private static Window2D.Axis axis(Random random, boolean same) {
    return new Window2D.Axis(
        1 + random.nextInt(5),
        1 + random.nextInt(6),
        same ? 0 : random.nextInt(3),
        1 + random.nextInt(3),
        same);
  }

  /** A stride far above the kernel. */
  private static Window2D.Axis wide() {
    return new Window2D.Axis(2, 12, 0, 1, true);
  }

  private static Window2D.Axis even() {
    return new Window2D.Axis(2, 1, 0, 1, true);
  }

  private static Definition convolution(Window2D window) {
    return new Definition(
        window.toString(),
        IMAGE,
        shapes(4, 4, IMAGE.channels(), window.rows().kernel(), window.columns().kernel()),
        p -> new ConvolutionSynapse(window, IMAGE, p.get(Synapse.WEIGHT), p.get(Synapse.BIAS)));
  }

  private static Definition depthwise(Window2D window, int multiplier) {
    int outputs = multiplier * IMAGE.channels();
    return new Definition(
        "depthwise, " + window,
        IMAGE,
        shapes(outputs, outputs, 1, window.rows().kernel(), window.columns().kernel()),
        p -> new DepthwiseSynapse(window, IMAGE, p.get(Synapse.WEIGHT), p.get(Synapse.BIAS)));
  }
}
