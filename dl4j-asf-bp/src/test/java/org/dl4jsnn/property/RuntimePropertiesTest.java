package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.dl4jsnn.property.RandomNetworkPlan.Topology;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network that went through a compact model file fires the spikes that it fired before. */
@AddLifecycleHook(Tries.class)
class RuntimePropertiesTest {

  /** Chains in single precision with the encodings and neurons that model files have. */
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
    List<TrainedLayerPlan> layers =
        plan.layers().stream().map(layer -> layer.with(withoutOwnNeurons(layer.layer()))).toList();
    return new RandomNetworkPlan(
        new EncodingPlan(kind, encoding.steps(), encoding.gain(), encoding.form()),
        plan.channels(),
        plan.height(),
        plan.width(),
        Topology.CHAIN,
        layers,
        plan.precision(),
        plan.arithmetic(),
        plan.samples(),
        plan.seed());
  }

  private static LayerPlan withoutOwnNeurons(LayerPlan layer) {
    return layer.neuron().isOwn() ? layer.with(layer.neuron().plain()) : layer;
  }

  @Property(tries = 40)
  void shouldFireTheSameSpikes(@ForAll("plans") RandomNetworkPlan plan) throws IOException {
    DrawnNetwork drawn = DrawnNetwork.of(plan);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RuntimeExport.inSinglePrecision().write(drawn.chain(), file);
    SpikingModel model = SpikingModel.load(new ByteArrayInputStream(file.toByteArray()));
    INDArray features = drawn.features();
    Map<String, SpikeTrain> trains = trains(drawn.chain(), features);
    List<String> neurons =
        NetworkWalk.of(drawn.chain()).parts().stream()
            .filter(NetworkPart::hasNeurons)
            .map(NetworkPart::name)
            .toList();
    for (int sample = 0; sample < plan.samples(); sample++) {
      Answer answer = model.run(HostArrays.floats(features.slice(sample)));
      assertTrue(answer.layers().containsAll(neurons), () -> neurons + " in " + answer.layers());
      for (String layer : answer.layers()) {
        assertSame(layer, trains.get(layer), sample, answer.spikes(layer));
      }
    }
  }

  private static Map<String, SpikeTrain> trains(MultiLayerNetwork network, INDArray features) {
    Map<String, SpikeTrain> trains = new HashMap<>();
    NetworkWalk.of(network)
        .run(
            new INDArray[] {features},
            false,
            passage ->
                passage.train().ifPresent(train -> trains.put(passage.part().name(), train)));
    return trains;
  }

  private static void assertSame(String layer, SpikeTrain expected, int sample, SpikeTrain actual) {
    assertEquals(expected.shape(), actual.shape(), layer);
    assertEquals(expected.steps(), actual.steps(), layer);
    for (int step = 0; step < expected.steps(); step++) {
      assertArrayEquals(
          amplitudes(expected, sample, step),
          amplitudes(actual, 0, step),
          layer + ", sample " + sample + ", step " + step);
    }
  }

  private static float[] amplitudes(SpikeTrain train, int sample, int step) {
    SpikeEvents events = new SpikeEvents(train.shape());
    train.read(sample, step, events);
    float[] amplitudes = new float[train.shape().neurons()];
    for (int e = 0; e < events.size(); e++) {
      amplitudes[events.neuron(e)] = events.amplitude(e);
    }
    return amplitudes;
  }
}
