package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers' backward pass against SameDiff's: all gradients of random networks in double
 * precision.
 */
class SameDiffOracleTest {

  private static final double TOLERANCE = 1e-6;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldAgreeWithSameDiff(long seed) {
    RandomNetworks.Drawn drawn = RandomNetworks.draw(seed);
    MultiLayerNetwork network = drawn.network();
    // Every other network refreshes its slopes in the pass.
    boolean refresh = seed % 2 == 0;
    network.setEpochCount(refresh ? 0 : 1);
    SameDiffTwin twin = new SameDiffTwin(network, drawn.input());
    Map<String, INDArray> found = new HashMap<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            found.putAll(twin.simulated(activations.subList(1, activations.size())));
            if (refresh) {
              refreshSlopes(network, found);
            }
            checkValues(twin, found, activations);
          }
        });
    network.setInput(drawn.features());
    network.setLabels(drawn.labels());
    network.computeGradientAndScore();

    found.put(SameDiffTwin.LABELS, drawn.labels());
    Map<String, INDArray> expected = twin.graph.calculateGradients(found, twin.parameters);
    Map<String, INDArray> actual = network.gradient().gradientForVariable();
    for (String parameter : twin.parameters) {
      assertClose(parameter, expected.get(parameter), actual.get(parameter));
    }
    for (String parameter : actual.keySet()) {
      assertTrue(parameter.endsWith(AsfBackprop.SLOPE) || expected.containsKey(parameter));
    }
  }

  /** Equation 11, of the slopes before the pass. */
  private static void refreshSlopes(MultiLayerNetwork network, Map<String, INDArray> found) {
    for (int i = 1; i < network.getnLayers() - 1; i++) {
      if (network.getLayer(i) instanceof SpikingLayer layer) {
        AccumulatedFlow flow = layer.accumulatedFlow();
        double estimate = estimate(flow, layer.getParam("W") != null);
        INDArray slope = found.get("slope" + i);
        slope.assign(0.6 * estimate + 0.4 * slope.getDouble(0));
      }
    }
  }

  private static double estimate(AccumulatedFlow flow, boolean weighted) {
    double sumIn = 0;
    double sumOut = 0;
    for (int j = 0; j < flow.in().length(); j++) {
      double in = flow.in().getDouble(j);
      double out = flow.out().getDouble(j);
      if (!weighted || in >= out) {
        sumIn += in;
        sumOut += out;
      }
    }
    return sumIn < 1e-3 ? 1 : sumOut / sumIn;
  }

  private static void checkValues(
      SameDiffTwin twin, Map<String, INDArray> found, List<INDArray> activations) {
    Map<String, INDArray> values = twin.graph.output(found, twin.values);
    for (int i = 0; i < twin.values.size(); i++) {
      INDArray rates = activations.get(i + 1);
      INDArray value = values.get(twin.values.get(i));
      assertEquals(0, value.sub(rates).amaxNumber().doubleValue(), "value of layer " + i);
    }
  }

  private static void assertClose(String what, INDArray expected, INDArray actual) {
    double magnitude = expected.norm2Number().doubleValue();
    assertFalse(magnitude == 0, what + ": gradient is zero, which proves nothing");
    double distance = expected.sub(actual).norm2Number().doubleValue();
    assertTrue(
        distance <= TOLERANCE * magnitude, what + ": off by " + distance + " of " + magnitude);
  }
}
