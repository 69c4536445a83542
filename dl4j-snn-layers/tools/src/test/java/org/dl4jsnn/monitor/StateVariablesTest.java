package org.dl4jsnn.monitor;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.Unrecognised;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** What a probe sees of neurons of more than one variable, and of read-outs. */
class StateVariablesTest {

  private static final int STEPS = 12;
  private static final int INPUTS = 8;
  private static final int NEURONS = 3;

  private final INDArray features = Nd4j.rand(7L, new long[] {2, INPUTS});

  @AfterEach
  void chooseEnginesAgain() {
    System.clearProperty(Engines.PROPERTY);
  }

  /** Weights of few binary digits, so that sums are the same in any order. */
  private static MultiLayerNetwork network(Layer layer) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(5),
            InputType.feedForward(INPUTS),
            SpikeEncoding.poisson(STEPS).name("encoding").build(),
            layer,
            new LossLayer.Builder(new LossL2()).build());
    INDArray weights = network.getLayer(1).getParam("W");
    weights.assign(Nd4j.math().round(weights.mul(8)).divi(8));
    return network;
  }

  private static SpikingDense of(NeuronDynamics dynamics) {
    return new SpikingDense.Builder().name("dense").nOut(NEURONS).neuron(dynamics).build();
  }

  private SpikeRecording seen(MultiLayerNetwork network, String layer) {
    return SpikeProbe.of(network).layer("encoding").membranes(layer).record(features);
  }

  /** The currents of a neuron, W · s. */
  private static double[] currents(
      SpikeRecording seen, MultiLayerNetwork network, int sample, int neuron) {
    double[] currents = new double[STEPS];
    for (int input = 0; input < INPUTS; input++) {
      boolean[] arrived = seen.fired("encoding", sample, input);
      for (int step = 0; step < STEPS; step++) {
        currents[step] +=
            arrived[step] ? network.getLayer(1).getParam("W").getDouble(input, neuron) : 0;
      }
    }
    return currents;
  }

  /** The variables in their order, then the threshold, over the steps; written here anew. */
  private interface Equations {
    float[][] of(double[] currents, boolean[] fired);
  }

  /** Leaks and decays are powers of two, and single precision rounds nothing that is compared. */
  private void assertFollows(NeuronDynamics dynamics, List<String> names, Equations equations) {
    for (String engine : List.of("event", "dense")) {
      System.setProperty(Engines.PROPERTY, engine);
      MultiLayerNetwork network = network(of(dynamics));
      SpikeRecording seen = seen(network, "dense");
      assertEquals(names, seen.variables("dense"));
      int spikes = 0;
      for (int sample = 0; sample < 2; sample++) {
        for (int neuron = 0; neuron < NEURONS; neuron++) {
          boolean[] fired = new boolean[STEPS];
          float[][] expected = equations.of(currents(seen, network, sample, neuron), fired);
          for (int k = 0; k < names.size(); k++) {
            float[] values = seen.variable("dense", names.get(k), sample, neuron);
            assertArrayEquals(expected[k], values, names.get(k));
          }
          assertArrayEquals(
              expected[names.size()], seen.threshold("dense", sample, neuron), "threshold");
          assertArrayEquals(
              seen.variable("dense", "membrane", sample, neuron),
              seen.membrane("dense", sample, neuron));
          assertArrayEquals(fired, seen.fired("dense", sample, neuron));
          for (boolean at : fired) {
            spikes += at ? 1 : 0;
          }
        }
      }
      assertTrue(spikes > 3, "spikes " + spikes);
    }
  }

  static List<SpikingNeuron> integrateAndFire() {
    return List.of(
        SpikingNeuron.integrateAndFire(0.5),
        new SpikingNeuron(0.5, 1, Reset.bySubtraction(), 0),
        new SpikingNeuron(0.5, 0.5, Reset.toZero(), 0),
        new SpikingNeuron(0.5, 0.5, Reset.bySubtraction(), 0.25),
        new SpikingNeuron(0.5, 1, Reset.to(-0.0625), 0.4375));
  }

  @ParameterizedTest
  @MethodSource("integrateAndFire")
  void shouldFollowMembranesAsInTheEquations(SpikingNeuron neuron) {
    assertFollows(
        neuron,
        List.of("membrane"),
        (currents, fired) -> {
          float[][] seen = new float[2][STEPS];
          double u = neuron.initialMembrane();
          for (int t = 0; t < STEPS; t++) {
            u += currents[t];
            fired[t] = u > 0.5;
            seen[0][t] = (float) u;
            seen[1][t] = 0.5f;
            Reset reset = neuron.reset();
            u = !fired[t] ? u : reset.isSubtractive() ? u - 0.5 : reset.value();
            u *= neuron.leak();
          }
          return seen;
        });
  }

  @Test
  void shouldFollowAdaptationAndTheThresholdThatItRaises() {
    assertFollows(
        new AdaptiveNeuron(SpikingNeuron.integrateAndFire(0.5), 0.25, 0.5),
        List.of("membrane", "adaptation"),
        (currents, fired) -> {
          float[][] seen = new float[3][STEPS];
          float u = 0;
          float a = 0;
          for (int t = 0; t < STEPS; t++) {
            u += (float) currents[t];
            float theta = 0.5f + 0.25f * a;
            fired[t] = u > theta;
            seen[0][t] = u;
            seen[1][t] = a;
            seen[2][t] = theta;
            u = fired[t] ? 0 : u;
            a = 0.5f * a + (fired[t] ? 1 : 0);
          }
          return seen;
        });
  }

  @Test
  void shouldFollowAnAdaptationThatTheMembraneFeeds() {
    assertFollows(
        AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.5, 0.5, 0.0625, 0.125),
        List.of("input", "membrane", "adaptation", "last spike"),
        (currents, fired) -> {
          float[][] seen = new float[5][STEPS];
          float u = 0;
          float w = 0;
          for (int t = 0; t < STEPS; t++) {
            float z = t > 0 && fired[t - 1] ? 1 : 0;
            float charged = 0.5f * u + 0.5f * ((float) currents[t] - w);
            fired[t] = charged > 1;
            seen[0][t] = (float) currents[t];
            seen[1][t] = charged;
            seen[2][t] = w;
            seen[3][t] = z;
            seen[4][t] = 1;
            w = 0.5f * w + 0.5f * (0.0625f * u + 0.125f * z) * 120;
            u = fired[t] ? 0 : charged;
          }
          return seen;
        });
  }

  @Test
  void shouldFollowASynapticCurrentAndTheMembraneThatItHasCharged() {
    assertFollows(
        new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.5, 0.5), 0.5),
        List.of("synaptic current", "membrane"),
        (currents, fired) -> {
          float[][] seen = new float[3][STEPS];
          float current = 0;
          float u = 0;
          for (int t = 0; t < STEPS; t++) {
            current += (float) currents[t];
            u += current;
            fired[t] = u > 0.5f;
            seen[0][t] = current;
            seen[1][t] = u;
            seen[2][t] = 0.5f;
            current *= 0.5f;
            u = fired[t] ? 0 : 0.5f * u;
          }
          return seen;
        });
  }

  /** In a refractory period the membrane does not take the current, and nothing fires. */
  @Test
  void shouldFollowARefractoryPeriodAndTheMembraneThatTakesNoCurrentInIt() {
    assertFollows(
        new RefractoryNeuron(new SpikingNeuron(0.25, 1, Reset.bySubtraction(), 0), 2),
        List.of("membrane", "membrane before charging", "refractory steps left"),
        (currents, fired) -> {
          float[][] seen = new float[4][STEPS];
          float u = 0;
          int left = 0;
          for (int t = 0; t < STEPS; t++) {
            seen[1][t] = u;
            seen[2][t] = left;
            u += left > 0 ? 0 : (float) currents[t];
            fired[t] = left == 0 && u > 0.25f;
            seen[0][t] = u;
            seen[3][t] = 0.25f;
            u -= fired[t] ? 0.25f : 0;
            left = fired[t] ? 2 : Math.max(0, left - 1);
          }
          return seen;
        });
  }

  static Stream<NeuronDynamics> othersWithMembranes() {
    IntegerNeuron whole =
        new IntegerNeuron(
            new int[] {1, 2, 3}, new int[] {2048}, true, new int[] {0}, new int[] {0, 1, 0});
    SpikingNeuron plain = new SpikingNeuron(0.5, 0.5, Reset.bySubtraction(), 0.25);
    return Stream.of(
        whole, new IntegerSynapticNeuron(whole, new int[] {1024}), plain, new Unrecognised(plain));
  }

  @ParameterizedTest
  @MethodSource("othersWithMembranes")
  void shouldFireWhereTheMembraneOfAnyNeuronIsAboveItsThreshold(NeuronDynamics dynamics) {
    MultiLayerNetwork network = network(of(dynamics));
    network.getLayer("dense").getParam("W").muli(8); // whole numbers
    SpikeRecording seen = seen(network, "dense");
    int spikes = 0;
    for (int neuron : seen.membranesOf("dense")) {
      float[] membrane = seen.membrane("dense", neuron);
      float[] threshold = seen.threshold("dense", 0, neuron);
      boolean[] fired = seen.fired("dense", 0, neuron);
      for (int t = 0; t < STEPS; t++) {
        assertEquals(membrane[t] > threshold[t], fired[t], "step " + t);
        spikes += fired[t] ? 1 : 0;
      }
    }
    assertTrue(spikes > 0);
    assertEquals(dynamics.variables().size(), seen.variables("dense").size());
  }

  @Test
  void shouldGiveThresholdsThatChannelsHaveLearned() {
    MultiLayerNetwork network =
        network(
            new SpikingDense.Builder()
                .name("dense")
                .nOut(NEURONS)
                .threshold(0.5)
                .learnPerChannel(NeuronParameter.THRESHOLD)
                .build());
    SpikingLayer layer = (SpikingLayer) network.getLayer("dense");
    String key = ((BaseSpikingLayer) layer.conf().getLayer()).getLearned().get(0).key();
    layer.getParam(key).muli(Nd4j.createFromArray(0.5f, 1, 2));
    double[] learned = layer.neuron().parameters().get(0).ofChannels(NEURONS);
    SpikeRecording seen = seen(network, "dense");
    assertNotEquals(learned[0], learned[2]);
    for (int neuron = 0; neuron < NEURONS; neuron++) {
      float expected = (float) learned[neuron];
      assertEquals(expected, seen.threshold("dense", 1, neuron)[STEPS - 1]);
      assertEquals(expected, seen.threshold("dense", 1, neuron)[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFollowTheIntegratorsOfAReadOut(boolean isSynaptic) {
    LeakyReadOut.Builder builder =
        new LeakyReadOut.Builder().name("out").nOut(NEURONS).leak(0.5).reads(MembraneReadOut.MEAN);
    MultiLayerNetwork network =
        network((isSynaptic ? builder.synapticDecay(0.25) : builder).build());
    SpikeRecording seen = seen(network, "out");
    assertEquals(
        isSynaptic ? List.of("synaptic current", "membrane") : List.of("membrane"),
        seen.variables("out"));
    INDArray mean = network.output(features);
    for (int neuron = 0; neuron < NEURONS; neuron++) {
      double[] currents = currents(seen, network, 1, neuron);
      double current = 0;
      double v = 0;
      double sum = 0;
      for (int t = 0; t < STEPS; t++) {
        current = (isSynaptic ? 0.25 * current : 0) + currents[t];
        v = 0.5 * v + current;
        sum += v;
        assertEquals((float) v, seen.membrane("out", 1, neuron)[t], 1e-5f);
        if (isSynaptic) {
          assertEquals(
              (float) current, seen.variable("out", "synaptic current", 1, neuron)[t], 1e-5f);
        }
      }
      assertEquals(sum / STEPS, mean.getDouble(1, neuron), 1e-5);
    }
    assertFalse(seen.hasSpikes("out"));
    assertTrue(seen.hasSpikes("encoding"));
    assertEquals(STEPS, seen.steps());
    assertRefused("a read-out that never fires", () -> seen.train("out"));
    assertRefused("a read-out that never fires", () -> seen.threshold("out", 0, 0));
    assertRefused(
        "neuron of layer 'out' (3) must be from 0 to 2, got 3",
        () -> SpikeProbe.of(network).membranes("out", 3).record(features));
  }

  @Test
  void shouldSayWhichVariablesThereAre() {
    SpikeRecording seen =
        seen(
            network(of(new AdaptiveNeuron(SpikingNeuron.integrateAndFire(0.5), 0.25, 0.5))),
            "dense");
    assertRefused(
        "state variable of layer 'dense' must be one of membrane, adaptation, got current",
        () -> seen.variable("dense", "current", 0, 0));
    assertRefused("must be watched, got neuron 9", () -> seen.threshold("dense", 0, 9));
    assertEquals(List.of(), seen.variables("encoding"));
    assertRefused("neurons of another kind", () -> seen.neuron("dense"));
  }
}
