package org.dl4jsnn.examples.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dl4jsnn.examples.data.LabelledImages;
import org.dl4jsnn.examples.support.Median;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** How fast and how well one side answers, turn by turn. */
final class RivalTimes implements AutoCloseable {

  private static final double SECOND = 1e9;
  private static final double MILLISECOND = 1e6;
  private static final double PERCENTILE = 0.99;

  private final RivalSide side;
  private final boolean isTrained;
  private final List<Double> imagesPerSecond = new ArrayList<>();
  private final List<Double> latencies = new ArrayList<>();
  private double accuracy;
  private double meanSteps;

  /** A side; nothing is said of the accuracy of weights that are not trained. */
  RivalTimes(RivalSide side, boolean isTrained) {
    this.side = side;
    this.isTrained = isTrained;
  }

  /** Answers all images in minibatches, then the first ones one at a time. */
  void turn(LabelledImages images, int batch, int singles) {
    long nanoseconds = 0;
    int right = 0;
    long steps = 0;
    DataSetIterator minibatches = images.inOrder(batch);
    while (minibatches.hasNext()) {
      DataSet minibatch = minibatches.next();
      RivalSide.Images asked = RivalSide.Images.of(minibatch.getFeatures());
      long start = System.nanoTime();
      RivalSide.Answers answers = side.answer(asked);
      nanoseconds += System.nanoTime() - start;
      int[] labels = minibatch.getLabels().argMax(1).toIntVector();
      right +=
          (int)
              IntStream.range(0, labels.length)
                  .filter(i -> answers.classes()[i] == labels[i])
                  .count();
      steps += answers.steps();
    }
    imagesPerSecond.add(images.size() * SECOND / nanoseconds);
    accuracy = (double) right / images.size();
    meanSteps = (double) steps / images.size();
    DataSetIterator alone = images.range(0, Math.min(singles, images.size())).inOrder(1);
    while (alone.hasNext()) {
      RivalSide.Images asked = RivalSide.Images.of(alone.next().getFeatures());
      long start = System.nanoTime();
      side.answer(asked);
      latencies.add((System.nanoTime() - start) / MILLISECOND);
    }
  }

  /** Forgets the times so far, which were for warming up. */
  void forget() {
    imagesPerSecond.clear();
    latencies.clear();
  }

  String engine() {
    return side.engine();
  }

  @Override
  public void close() {
    side.close();
  }

  /** The median of the turns. */
  double imagesPerSecond() {
    return Median.of(imagesPerSecond);
  }

  /** The median of all images that were asked about alone, in milliseconds. */
  double latency() {
    return Median.of(latencies);
  }

  Map<String, Object> figures(int batch) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("engine", side.engine());
    figures.put("batch", batch);
    figures.put("images_per_s", rounded(imagesPerSecond()));
    figures.put("latency_ms_median", rounded(latency()));
    List<Double> sorted = latencies.stream().sorted().toList();
    int rank = (int) Math.ceil(PERCENTILE * sorted.size());
    figures.put("latency_ms_p99", rounded(sorted.get(rank - 1)));
    figures.put("accuracy", isTrained ? accuracy : null);
    figures.put("mean_steps", meanSteps == 0 ? null : meanSteps);
    return figures;
  }

  static double rounded(double value) {
    return Math.round(1000 * value) / 1000.0;
  }
}
