package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a probe sees of networks whose numbers are known. */
class ProbedNetworksTest {

  @AfterEach
  void chooseEnginesAgain() {
    System.clearProperty(Engines.PROPERTY);
  }

  @ParameterizedTest
  @MethodSource("org.dl4jsnn.asf.GoldenVectorsTest#setsAndEngines")
  void shouldSeeThePublishedNumbers(GoldenSet set, String engine) {
    System.setProperty(Engines.PROPERTY, engine);
    GoldenNetwork golden = new GoldenNetwork(set);
    String last = golden.network.getLayerNames().get(golden.parts.size());
    SpikeRecording seen =
        SpikeProbe.of(golden.network).allLayers().membranes(last).record(golden.features(0));
    for (int i = 0; i < golden.parts.size(); i++) {
      GoldenNetwork.Part part = golden.parts.get(i);
      String layer = golden.network.getLayerNames().get(i + 1);
      // The published total of maximum pooling is the maximum of the totals, not the total of its
      // spikes.
      if (part.current() != null) {
        INDArray spikes = set.array(0, "Total_" + part.flow() + "_output");
        INDArray input = set.accumulatedInput(0, part.current());
        assertEquals(
            spikes, like(spikes, seen.accumulatedOutput(layer)), "spikes of " + part.flow());
        assertEquals(input, like(input, seen.accumulatedInput(layer)), "input of " + part.flow());
      }
    }
    assertFiresAboveTheThreshold(seen, last);
  }

  private static INDArray like(INDArray expected, INDArray actual) {
    return actual.reshape('c', expected.shape());
  }

  private static void assertFiresAboveTheThreshold(SpikeRecording seen, String layer) {
    double threshold = seen.neuron(layer).threshold();
    for (int neuron : seen.membranesOf(layer)) {
      float[] membrane = seen.membrane(layer, 0, neuron);
      boolean[] fired = seen.fired(layer, 0, neuron);
      for (int step = 0; step < membrane.length; step++) {
        assertEquals(membrane[step] > threshold, fired[step], "neuron " + neuron);
      }
    }
  }
}
