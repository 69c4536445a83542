package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A synapse that is defined only for whole arrays. */
class CustomSynapseTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 4, 5);

  private record Plain(DenseSynapse dense, DataType dataType) implements Synapse {

    @Override
    public FeatureShape inputShape() {
      return dense.inputShape();
    }

    @Override
    public FeatureShape outputShape() {
      return dense.outputShape();
    }

    @Override
    public boolean isWeighted() {
      return true;
    }

    @Override
    public void current(INDArray flow, double biasTimes, INDArray current) {
      dense.current(flow, biasTimes, current);
    }

    @Override
    public INDArray backprop(
        INDArray flow,
        INDArray currentGradient,
        Map<String, INDArray> parameterGradients,
        LayerWorkspaceMgr workspaces) {
      return dense.backprop(flow, currentGradient, parameterGradients, workspaces);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void shouldFireTheSpikesOfTheSynapseThatItIs(DataType type) {
    INDArray weights = RandomTrains.weights(5, IMAGE.neurons(), 20).castTo(type);
    DenseSynapse dense = new DenseSynapse(IMAGE, weights, RandomTrains.weights(6, 20).castTo(type));
    SpikingNeuron neuron = SpikingNeuron.integrateAndFire(0.75);
    for (SpikeTrain input :
        new SpikeTrain[] {
          RandomTrains.binary(IMAGE, 3, 9, 1), RandomTrains.constant(IMAGE, 3, 9, 6)
        }) {
      float[][][] expected = Spikes.of(new EventDrivenEngine().simulate(dense, neuron, input));
      assertTrue(Spikes.activity(expected) > 0, "a silent layer shows nothing");
      for (SimulationEngine engine :
          new SimulationEngine[] {new EventDrivenEngine(), new DenseEngine(type)}) {
        Synapse plain = new Plain(dense, type);
        assertArrayEquals(
            expected, Spikes.of(engine.simulate(plain, neuron, input)), engine.toString());
      }
    }
  }
}
