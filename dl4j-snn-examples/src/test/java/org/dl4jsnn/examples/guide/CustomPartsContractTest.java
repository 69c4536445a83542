package org.dl4jsnn.examples.guide;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.contract.NeuronDynamicsContract;
import org.dl4jsnn.contract.SynapseContract;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Nested;

/** The custom parts of docs/extend.md keep what the library's own parts keep. */
class CustomPartsContractTest {

  // begin neuron
  @Nested
  class ResonateAndFireKeepsTheContract extends NeuronDynamicsContract {

    @Override
    protected List<DifferentiableDynamics> neurons() {
      return List.of(new ResonateAndFire(0.5, 0.4, 0.9), new ResonateAndFire(0.25, 1.1, 0.75));
    }

    @Override
    protected DifferentiableDynamics withThreshold(
        DifferentiableDynamics neuron, double threshold) {
      ResonateAndFire other = (ResonateAndFire) neuron;
      return new ResonateAndFire(threshold, other.angle(), other.decay());
    }
  }

  // end neuron

  @Nested
  class DepthwiseSynapseKeepsTheContract extends SynapseContract {

    @Override
    protected Stream<Definition> definitions() {
      FeatureShape image = FeatureShape.image(3, 6, 5);
      return Stream.of(
          new Definition(
              "depthwise",
              image,
              Map.of(Synapse.WEIGHT, new long[] {1, 3, 3, 3}),
              parameters -> new CustomDepthwiseSynapse(image, parameters.get(Synapse.WEIGHT))));
    }
  }
}
