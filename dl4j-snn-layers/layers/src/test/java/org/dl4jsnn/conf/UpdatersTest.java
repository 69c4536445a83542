package org.dl4jsnn.conf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Networks whose spiking layers learn by the library's loops, not by ND4J's operations. */
class UpdatersTest {

  private static final INDArray FEATURES =
      Nd4j.linspace(DataType.FLOAT, -1, 0.25, 24).reshape(4, 6);
  private static final INDArray LABELS = Nd4j.eye(4).castTo(DataType.FLOAT);

  /** The library has no loops for a subclass. */
  private static final class ByNd4j extends Adam {
    private static final long serialVersionUID = 1L;

    ByNd4j(double rate) {
      super(rate);
    }

    @Override
    public Adam clone() {
      return new ByNd4j(getLearningRate(0, 0));
    }
  }

  /** The library has no loops for a subclass of these, either. */
  private static final class L2ByNd4j extends L2Regularization {
    private static final long serialVersionUID = 1L;

    L2ByNd4j(double factor) {
      super(factor);
    }

    @Override
    public Regularization clone() {
      return new L2ByNd4j(l2.valueAt(0, 0));
    }
  }

  private static final class DecayByNd4j extends WeightDecay {
    private static final long serialVersionUID = 1L;

    DecayByNd4j(double factor) {
      super(factor, true);
    }

    @Override
    public Regularization clone() {
      return new DecayByNd4j(coeff.valueAt(0, 0));
    }
  }

  private static MultiLayerNetwork trained(IUpdater updater, Regularization... regularizations) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).updater(updater).regularization(List.of(regularizations)),
            InputType.feedForward(6),
            SpikeEncoding.direct(3).build(),
            new SpikingDense.Builder().nOut(5).hasBias(true).build(),
            new SpikingDense.Builder().nOut(7).build(),
            Networks.readOut(4));
    for (int i = 0; i < 5; i++) {
      network.fit(FEATURES, LABELS);
    }
    return network;
  }

  @Test
  void shouldTrainAsNd4jDoes() {
    MultiLayerNetwork expected = trained(new ByNd4j(0.01), new L2ByNd4j(0.5), new DecayByNd4j(0.3));
    MultiLayerNetwork network =
        trained(new Adam(0.01), new L2Regularization(0.5), new WeightDecay(0.3, true));
    assertTrue(
        network.params().distance2(trained(new Adam(0.01)).params()) > 0.01, "no regularisation");
    assertTrue(network.params().equalsWithEps(expected.params(), 1e-5), "weights");
    assertTrue(
        network
            .getUpdater()
            .getStateViewArray()
            .equalsWithEps(expected.getUpdater().getStateViewArray(), 1e-5),
        "state");
    assertEquals(expected.score(), network.score(), 1e-5);
    assertTrue(network.score() - trained(new Adam(0.01)).score() > 0.1, "nothing in the score");
  }

  @Test
  void shouldResume(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = trained(new Adam(0.01));
    File file = folder.resolve("model.zip").toFile();
    network.save(file, true);
    MultiLayerNetwork resumed = MultiLayerNetwork.load(file, true);
    assertEquals(network.getLayerWiseConfigurations(), resumed.getLayerWiseConfigurations());
    network.fit(FEATURES, LABELS);
    resumed.fit(FEATURES, LABELS);
    assertSameBits(network.params(), resumed.params());
  }

  @Test
  void shouldFollowTheNetworksLearningRate() {
    MultiLayerNetwork network = trained(new Adam(0.01));
    INDArray before = network.params().dup();
    network.setLearningRate(0);
    network.fit(FEATURES, LABELS);
    assertSameBits(before, network.params());
    network.setLearningRate(0.1);
    network.fit(FEATURES, LABELS);
    assertTrue(before.distance2(network.params()) > 0.1);
  }
}
