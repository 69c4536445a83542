package org.dl4jsnn.internal.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rates that nothing reads are not written, and all others are. */
class RatesUseTest {

  /** Layers that read spikes alone, and some that read rates, too. */
  private static MultiLayerNetwork network() {
    return Networks.of(
        Networks.seeded(3),
        InputType.convolutional(8, 8, 2),
        SpikeEncoding.direct(3).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(6).threshold(0.3).build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(),
        new SpikingDropout.Builder().retain(0.5).build(),
        new SpikingConvolution2D.Builder(1, 1).nOut(9).threshold(0.3).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
        new SpikingDelay.Builder().steps(1).build(),
        new SpikingDense.Builder().nOut(20).threshold(0.3).build(),
        Networks.readOut(3));
  }

  private static INDArray features() {
    Nd4j.getRandom().setSeed(1);
    return Nd4j.rand(DataType.FLOAT, 2, 2, 8, 8);
  }

  @Test
  void shouldAnswerTheSameFromTheFirstPassOn() {
    MultiLayerNetwork network = network();
    List<INDArray> expected = network().feedForward(features(), false);
    INDArray answer = expected.get(expected.size() - 1);
    for (int pass = 0; pass < 4; pass++) {
      assertEquals(answer, network.output(features()));
      assertEquals(answer, network.rnnTimeStep(features()));
      network.rnnClearPreviousState();
    }
    assertEquals(expected, network.feedForward(features(), false));
    for (int layer = 0; layer < network.getnLayers(); layer++) {
      assertEquals(
          expected.subList(0, layer + 2), network.feedForwardToLayer(layer, features(), false));
    }
  }

  /** All but those that dropout, a maximum and the read-out take, from the second call on. */
  @Test
  void shouldNotWriteWhatNothingReads() {
    MultiLayerNetwork network = network();
    Probe[] probes = new Probe[network.getnLayers()];
    for (int layer = 1; layer < probes.length; layer++) {
      probes[layer] = new Probe();
      network.getLayerWiseConfigurations().getInputPreProcessors().put(layer, probes[layer]);
    }
    boolean[] read = {true, false, false, true, true, true, false, false, true};
    for (int pass = 0; pass < 3; pass++) {
      network.output(features());
      for (int layer = 1; layer < probes.length; layer++) {
        assertEquals(pass == 0 || read[layer], probes[layer].sawNumbers, "layer " + layer);
      }
    }
    network.feedForward(features(), false);
    for (int layer = 1; layer < probes.length; layer++) {
      assertTrue(probes[layer].sawNumbers, "layer " + layer);
    }
  }

  /** Looks at what goes from one layer to the next. */
  private static final class Probe extends ComposableInputPreProcessor {

    private static final long serialVersionUID = 1L;
    private boolean sawNumbers;

    @Override
    public INDArray preProcess(INDArray input, int minibatch, LayerWorkspaceMgr workspaces) {
      sawNumbers = !input.isNaN().any();
      return input;
    }
  }
}
