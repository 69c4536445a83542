package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Losses that drive rates up forever are named while a network is configured. */
class UnboundedRatesTest {

  private static SpikingDense free() {
    return new SpikingDense.Builder().nIn(4).nOut(4).build();
  }

  private static SpikingDense bounded() {
    return new SpikingDense.Builder()
        .nIn(4)
        .nOut(4)
        .normalization(new CurrentNormalization())
        .reset(Reset.bySubtraction())
        .build();
  }

  private static Layer readOut(ILossFunction loss) {
    return new OutputLayer.Builder(loss).nIn(4).nOut(3).activation(Activation.SOFTMAX).build();
  }

  private static int warnings(BackpropRule rule, Layer first, Layer second, Layer last) {
    try (LogOf warnings = new LogOf("org.dl4jsnn.gradient.BackpropRules")) {
      BackpropRules.apply(
          SmallNetworks.settings()
              .list()
              .layer(SpikeEncoding.poisson(5).build())
              .layer(first)
              .layer(second)
              .layer(last)
              .validateOutputLayerConfig(false)
              .build(),
          rule);
      warnings
          .messages(Level.WARN)
          .forEach(message -> assertEquals("Cross entropy,", message.substring(0, 14)));
      return warnings.messages(Level.WARN).size();
    }
  }

  @Test
  void shouldWarnOfCrossEntropyAboveLayersWhoseCurrentsAreFree() {
    BackpropRule rule = new AsfBackprop();
    assertEquals(1, warnings(rule, free(), free(), readOut(new LossMCXENT())));
    assertEquals(1, warnings(rule, free(), free(), readOut(new LossBinaryXENT())));
    assertEquals(1, warnings(rule, bounded(), free(), readOut(new LossMCXENT())));
    Layer loss = new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
    assertEquals(1, warnings(rule, free(), free(), loss));
  }

  @Test
  void shouldNotWarnOfWhatEndsByItself() {
    BackpropRule rule = new AsfBackprop();
    assertEquals(0, warnings(rule, free(), free(), readOut(new LossL2())));
    assertEquals(0, warnings(rule, bounded(), bounded(), readOut(new LossMCXENT())));
    for (BackpropRule gated :
        new BackpropRule[] {new AsfBackprop().withSaturationGate(), new SpatioTemporalBackprop()}) {
      assertEquals(0, warnings(gated, free(), free(), readOut(new LossMCXENT())));
    }
  }

  @Test
  void shouldWarnOfGraphs() {
    try (LogOf warnings = new LogOf("org.dl4jsnn.gradient.BackpropRules")) {
      SmallNetworks.branched(WorkspaceMode.NONE);
      assertEquals(0, warnings.messages(Level.WARN).size());
      BackpropRules.apply(
          SmallNetworks.settings()
              .graphBuilder()
              .addInputs("features")
              .addLayer("encoding", SpikeEncoding.poisson(5).build(), "features")
              .addLayer("dense", free(), "encoding")
              .addLayer("output", readOut(new LossMCXENT()), "dense")
              .setOutputs("output")
              .validateOutputLayerConfig(false)
              .build(),
          new AsfBackprop());
      assertEquals(1, warnings.messages(Level.WARN).size());
    }
  }
}
