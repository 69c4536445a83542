package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SaturationGateTest {

  private static final int STEPS = 8;

  /** One neuron fires at every step, the other at every third. */
  private static INDArray gradient(AsfBackprop rule, DataType type) {
    MultiLayerConfiguration configuration =
        Networks.list(
                SmallNetworks.settings().dataType(type).l2(0),
                InputType.recurrent(1, STEPS),
                SpikeEncoding.frames().build(),
                new SpikingDense.Builder().nOut(2).build(),
                SmallNetworks.readOut())
            .build();
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = Networks.of(configuration);
    network.setParam("1_W", Nd4j.create(new float[][] {{1.5f, 0.375f}}).castTo(type));
    network.setInput(Nd4j.ones(type, 1, 1, STEPS));
    network.setLabels(Nd4j.ones(type, 1, SmallNetworks.CLASSES));
    assertEquals(1, network.feedForward(true, false).get(2).getDouble(0, 0), "saturated");
    network.computeGradientAndScore();
    return network.gradient().getGradientFor("1_W");
  }

  /** By the library's own loops and by ND4J's operations. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void shouldCloseTheGateOfSaturatedNeuronsOnly(DataType type) {
    INDArray published = gradient(new AsfBackprop(), type);
    INDArray gated = gradient(new AsfBackprop().withSaturationGate(), type);
    assertNotEquals(0, published.getDouble(0));
    assertEquals(0, gated.getDouble(0));
    assertNotEquals(0, gated.getDouble(1));
    assertEquals(published.getDouble(1), gated.getDouble(1));
  }
}
