package org.dl4jsnn.property;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.Networks;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.SameDiffTwin;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.dl4jsnn.property.RandomNetworkPlan.Topology;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers' backward pass against SameDiff's: all gradients of random networks in double
 * precision that learn by ASF-BP.
 */
@AddLifecycleHook(Tries.class)
class SameDiffPropertiesTest {

  private static final double TOLERANCE = 1e-6;

  @Provide
  Arbitrary<RandomNetworkPlan> chains() {
    return RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.DOUBLE)
        .map(plan -> plan.with(Topology.CHAIN).withLayers(SameDiffPropertiesTest::known))
        .filter(SameDiffPropertiesTest::isAwake);
  }

  /** A layer of a kind that a twin has. */
  private static TrainedLayerPlan known(TrainedLayerPlan trained) {
    LayerPlan layer = trained.layer();
    LayerPlan.Kind kind =
        switch (layer.kind()) {
          case DEPTHWISE -> LayerPlan.Kind.CONVOLUTION;
          case SUM -> LayerPlan.Kind.MAXIMUM;
          case DROPOUT -> LayerPlan.Kind.AVERAGE;
          default -> layer.kind();
        };
    return trained
        .with(layer.withKind(kind).notNormalised().with(layer.neuron().plain()))
        .with(trained.rule().asf());
  }

  /** Whether gradients reach every layer: the weights may silence one, or see only padding. */
  private static boolean isAwake(RandomNetworkPlan plan) {
    MultiLayerNetwork network = DrawnNetwork.of(plan).chain();
    network.setInput(DrawnNetwork.of(plan).features());
    List<INDArray> activations = network.feedForward(false, false);
    for (int i = 1; i < network.getnLayers() - 1; i++) {
      boolean gated =
          network.getLayer(i) instanceof SpikingLayer layer
              && layer.accumulatedFlow().in().maxNumber().doubleValue() <= 0;
      if (gated || activations.get(i + 1).maxNumber().doubleValue() <= 0) {
        return false;
      }
    }
    return true;
  }

  @Property(tries = 40)
  void shouldAgreeWithSameDiff(
      @ForAll("chains") RandomNetworkPlan plan, @ForAll boolean isRefreshed) {
    DrawnNetwork drawn = DrawnNetwork.of(plan);
    MultiLayerNetwork network = BackpropRules.swap(drawn.chain(), new AsfBackprop());
    Random random = new Random(plan.seed());
    for (Layer layer : network.getLayers()) {
      if (layer instanceof SpikingLayer) {
        layer.getParam(AsfBackprop.SLOPE).assign(0.2 + 1.5 * random.nextDouble());
      }
    }
    network.setEpochCount(isRefreshed ? 0 : 1);
    SameDiffTwin twin = new SameDiffTwin(network, plan.encoding().spikes(plan.shape()));
    Map<String, INDArray> found = new HashMap<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            found.putAll(twin.simulated(activations.subList(1, activations.size())));
            if (isRefreshed) {
              refreshSlopes(network, found);
            }
            Map<String, INDArray> values = twin.graph.output(found, twin.values);
            for (int i = 0; i < twin.values.size(); i++) {
              INDArray value = values.get(twin.values.get(i));
              assertSameBits(activations.get(i + 1), value, "value of layer " + i);
            }
          }
        });
    Networks.backprop(network, drawn.features(), drawn.labels());

    found.put(SameDiffTwin.LABELS, drawn.labels());
    Map<String, INDArray> expected = twin.graph.calculateGradients(found, twin.parameters);
    Map<String, INDArray> actual = network.gradient().gradientForVariable();
    for (String parameter : twin.parameters) {
      double magnitude = expected.get(parameter).norm2Number().doubleValue();
      double distance = expected.get(parameter).distance2(actual.get(parameter));
      assertTrue(
          distance <= TOLERANCE * magnitude,
          () -> parameter + ": off by " + distance + " of " + magnitude);
    }
    for (String parameter : actual.keySet()) {
      assertTrue(parameter.endsWith(AsfBackprop.SLOPE) || expected.containsKey(parameter));
    }
  }

  /** Equation 11, of the slopes before the pass. */
  private static void refreshSlopes(MultiLayerNetwork network, Map<String, INDArray> found) {
    for (int i = 1; i < network.getnLayers() - 1; i++) {
      if (network.getLayer(i) instanceof SpikingLayer layer) {
        double estimate = estimate(layer.accumulatedFlow(), layer.getParam("W") != null);
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
}
