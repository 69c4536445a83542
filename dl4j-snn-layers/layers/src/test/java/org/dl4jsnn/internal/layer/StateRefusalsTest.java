package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Messages.assertRefused;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** States of encodings and read-outs, and weights of read-outs, that would go wrong silently. */
class StateRefusalsTest {

  private static final int INPUTS = 4;
  private static final int READ_OUT = 2;

  private final INDArray piece = Nd4j.rand(3L, new long[] {2, INPUTS, 5});

  private static MultiLayerNetwork network(SpikeEncoding.Builder encoding) {
    return Networks.of(
        Networks.seeded(3),
        InputType.recurrent(INPUTS),
        encoding.build(),
        new SpikingDense.Builder().nOut(6).threshold(0.2).build(),
        new LeakyReadOut.Builder().nOut(3).leak(0.9).reads(MembraneReadOut.MAXIMUM).build(),
        new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .build());
  }

  /** A maximum over time never takes what is not a number, so nothing would show. */
  @Test
  void shouldRefuseAReadOutWhoseWeightsAreNotFinite() {
    MultiLayerNetwork network = network(SpikeEncoding.frames());
    network.getLayer(READ_OUT).getParam("W").getColumn(1).assign(Double.NaN);
    assertRefused(() -> network.output(piece), "(LeakyReadOut): parameter W must be finite");
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.9, 0, -1, Double.NaN})
  void shouldRefuseStepsThatAreNoCount(double steps) {
    MultiLayerNetwork network = network(SpikeEncoding.frames());
    network.rnnTimeStep(piece);
    Map<String, INDArray> state = new HashMap<>(network.rnnGetPreviousState(READ_OUT));
    state.put("steps", Nd4j.createFromArray(5.0, steps));
    assertRefused(
        () -> network.rnnSetPreviousState(READ_OUT, state),
        "steps must be whole numbers from 1, got " + steps);
  }

  @Test
  void shouldRefuseMembranesOfIntegratorsThatAreNotFinite() {
    MultiLayerNetwork network = network(SpikeEncoding.frames());
    network.rnnTimeStep(piece);
    Map<String, INDArray> state = new HashMap<>(network.rnnGetPreviousState(READ_OUT));
    state.put("membrane", Nd4j.valueArrayOf(new long[] {2, 3}, Double.NaN));
    assertRefused(() -> network.rnnSetPreviousState(READ_OUT, state), "must be finite");
  }

  @Test
  void shouldRefuseTheStateOfAnotherEncoding() {
    MultiLayerNetwork frames = network(SpikeEncoding.frames());
    MultiLayerNetwork delta = network(SpikeEncoding.delta(0.1));
    frames.rnnTimeStep(piece);
    delta.rnnTimeStep(piece);
    Map<String, INDArray> ofFrames = frames.rnnGetPreviousState(0);
    Map<String, INDArray> ofDelta = delta.rnnGetPreviousState(0);
    delta.rnnSetPreviousState(0, ofFrames);
    assertRefused(() -> delta.rnnTimeStep(piece), "must have the values of its signals");
    frames.rnnSetPreviousState(0, ofDelta);
    assertRefused(() -> frames.rnnTimeStep(piece), "must have no values");
  }
}
