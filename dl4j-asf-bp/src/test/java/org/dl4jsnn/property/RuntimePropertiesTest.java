package org.dl4jsnn.property;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.dl4jsnn.property.RandomNetworkPlan.Topology;
import org.dl4jsnn.runtime.SameAsLibrary;
import org.dl4jsnn.runtime.SpikingModel;

/** A network that went through a compact model file fires the spikes that it fired before. */
@AddLifecycleHook(Tries.class)
class RuntimePropertiesTest {

  /**
   * Chains in single precision with the encodings and neurons that model files have. Some layers
   * wait for the window of the one below, in place of dropout, which does nothing in a model.
   */
  @Provide
  Arbitrary<RandomNetworkPlan> plans() {
    return RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE)
        .map(RuntimePropertiesTest::exported);
  }

  private static RandomNetworkPlan exported(RandomNetworkPlan plan) {
    EncodingPlan encoding = plan.encoding();
    EncodingPlan.Kind kind =
        switch (encoding.kind()) {
          case LATENCY, POPULATION -> EncodingPlan.Kind.POISSON;
          case DELTA -> EncodingPlan.Kind.FRAMES;
          default -> encoding.kind();
        };
    return plan.with(Topology.CHAIN)
        .with(encoding.with(kind))
        .withLayers(layer -> layer.with(accumulating(withoutOwnNeurons(layer.layer()))));
  }

  private static LayerPlan withoutOwnNeurons(LayerPlan layer) {
    return layer.neuron().isOwn() ? layer.with(layer.neuron().plain()) : layer;
  }

  private static LayerPlan accumulating(LayerPlan layer) {
    boolean waits = layer.kind() == LayerPlan.Kind.DROPOUT && layer.outputs() % 2 == 1;
    return waits ? layer.withKind(LayerPlan.Kind.ACCUMULATION) : layer;
  }

  @Property(tries = 40)
  void shouldFireTheSameSpikes(@ForAll("plans") RandomNetworkPlan plan) throws IOException {
    DrawnNetwork drawn = DrawnNetwork.of(plan);
    SpikingModel model = SameAsLibrary.model(RuntimeExport.inSinglePrecision(), drawn.chain());
    SameAsLibrary.assertSameSpikes(drawn.chain(), model, drawn.features());
  }
}
