package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Gradient sharing encodes updates by a threshold; what is not a gradient is kept out of it. */
@Timeout(300)
@Tag("slow")
class GradientSharingTest {

  /** The learning rate, the most that Adam changes a weight by. */
  private static final double THRESHOLD = 5e-3;

  private static final DataSet TEST = Glyphs.images(500, 99);

  private static void share(MultiLayerNetwork network, List<DataSet> data, int passes) {
    for (int i = 0; i < passes; i++) {
      ParallelWrapper wrapper =
          new ParallelWrapper.Builder<>(network)
              .workers(2)
              .trainingMode(ParallelWrapper.TrainingMode.SHARED_GRADIENTS)
              .thresholdAlgorithm(new FixedThresholdAlgorithm(THRESHOLD))
              .prefetchBuffer(2)
              .build();
      wrapper.fit(new ExistingDataSetIterator(data));
      network.incrementEpochCount();
    }
  }

  /** In two passes at most. */
  private static void assertLearns(MultiLayerNetwork network, List<DataSet> data) {
    double accuracy = 0;
    for (int pass = 0; pass < 2 && accuracy <= 0.9; pass++) {
      share(network, data, 1);
      accuracy =
          network
              .evaluate(new ExistingDataSetIterator(SmallNetworks.minibatches(TEST, 100)))
              .accuracy();
    }
    assertTrue(accuracy > 0.9, "accuracy " + accuracy);
  }

  /** Counts its passes in a scalar, in steps that are not a multiple of the threshold. */
  record Counting() implements BackpropRule {

    private static final long serialVersionUID = 1L;
    static final String COUNT = "count";
    static final double STEP = 0.37;

    @Override
    public Map<String, Double> scalars() {
      return Map.of(COUNT, 0.0);
    }

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      pass.updateScalar(COUNT, pass.scalar(COUNT) + STEP);
      return pass.propagate(rateGradient.dup());
    }
  }

  @Test
  void shouldKeepScalarsOutOfGradientSharing() {
    MultiLayerNetwork network = Glyphs.network(new Counting(), 1);
    INDArray weights = network.getParam("1_W").dup();
    share(network, Glyphs.minibatches(160, 8, 1), 2);
    for (int layer = 1; layer <= 3; layer++) {
      double count = network.getParam(layer + "_" + Counting.COUNT).getDouble(0);
      assertEquals(20 * Counting.STEP, count, 1e-5, "layer " + layer);
    }
    assertNotEquals(weights, network.getParam("1_W"), "weights are shared");
  }

  @Test
  void shouldLearnWithEachWorkersOwnSlopes() {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    assertLearns(network, Glyphs.minibatches(1920, 24, 1));
    Map<String, Double> slopes = WorkerSpy.slopes(network);
    assertTrue(slopes.values().stream().allMatch(slope -> slope > 0 && slope < 1), "" + slopes);
  }

  @Test
  void shouldLearnByARuleWithoutSlopes() {
    MultiLayerNetwork network = Glyphs.network(new RateBackprop(), 1);
    assertLearns(network, Glyphs.minibatches(1920, 24, 1));
  }

  @Test
  void shouldKeepRunningAveragesOutOfGradientSharing() {
    MultiLayerNetwork network = Glyphs.normalized(new AsfBackprop(), 1);
    // Workers that share gradients go their own ways in time, and some runs learn more slowly.
    assertLearns(network, Glyphs.minibatches(3840, 24, 1));
    // Each is an average of squares; with a share of the other workers' changes it could have any
    // sign.
    INDArray variance = network.getParam("1_" + CurrentNormalization.VARIANCE);
    assertTrue(variance.minNumber().doubleValue() > 0, "" + variance);
  }
}
