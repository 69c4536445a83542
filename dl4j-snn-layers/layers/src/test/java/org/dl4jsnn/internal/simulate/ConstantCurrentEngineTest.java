package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.internal.simulate.NamedSynapse.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the engine of constant currents has of its own; EnginesTest compares it with the textbook
 * simulation, and LawOfPiecesContract its pieces and threads.
 */
class ConstantCurrentEngineTest {

  private static final int STEPS = 10;
  private static final int SAMPLES = 9;

  private final ConstantCurrentEngine engine = new ConstantCurrentEngine();

  /** Features as they come: no sum of theirs is exact. */
  private static INDArray features(NamedSynapse layer) {
    Nd4j.getRandom().setSeed(11);
    return Nd4j.randn(layer.input().arrayShape(SAMPLES));
  }

  static Stream<NamedSynapse> layers() {
    Nd4j.getRandom().setSeed(12);
    // Several blocks of words, the last of a plane not full; and channels that fill no word.
    FeatureShape image = FeatureShape.image(3, 30, 25);
    NamedSynapse.Weights small = shape -> Nd4j.randn(shape).muli(shape.length == 1 ? 1 : 0.05);
    NamedSynapse.Weights large = shape -> Nd4j.randn(shape).muli(shape.length == 1 ? 1 : 0.2);
    return Stream.of(
        NamedSynapse.convolution("3x3", image, window(3, 1, true), 40, true, large),
        NamedSynapse.convolution("5x5 stride 2", image, window(5, 2, true), 70, true, large),
        NamedSynapse.average("average", image, window(2, 2, false)),
        NamedSynapse.dense("dense", FeatureShape.vector(300), 150, true, small),
        NamedSynapse.dense("dense of an image", image, 33, true, small));
  }

  private static List<SpikingNeuron> neurons() {
    return List.of(
        SpikingNeuron.integrateAndFire(1),
        new SpikingNeuron(0.7, 0.9, Reset.to(-0.3), 0.1),
        new SpikingNeuron(0.7, 0.6, Reset.bySubtraction(), 0.3));
  }

  private static SpikeTrain train(INDArray features) {
    return SpikeEncoder.direct(STEPS, 1).encode(features, NoiseKey.inference(0));
  }

  private float[][][] spikes(NamedSynapse layer, SpikingNeuron neuron, INDArray features) {
    return Spikes.of(engine.simulate(layer.synapse(), neuron, train(features)));
  }

  /** One order of additions for all: sums that are not exact end in the same bits. */
  @ParameterizedTest
  @MethodSource("layers")
  void shouldAddUpCurrentsAsTheDefinitionDoes(NamedSynapse layer) {
    SpikeTrain train = train(features(layer));
    int count = layer.synapse().outputShape().neurons();
    // Recurrence that adds nothing; layers with recurrence are simulated by the definition.
    SimulationEngine definition =
        EventDrivenEngine.of(
            Recurrence.oneToOne(Nd4j.zeros(DataType.FLOAT, count)), HostLayers.FRESH);
    for (SpikingNeuron neuron : neurons()) {
      SimulationResult expected =
          definition.simulate(layer.synapse(), neuron, NeuronState.atRest(), train, Retention.END);
      SimulationResult actual =
          engine.simulate(layer.synapse(), neuron, NeuronState.atRest(), train, Retention.END);
      assertArrayEquals(Spikes.of(expected.spikes()), Spikes.of(actual.spikes()));
      assertEquals(expected.end(), actual.end());
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldFireTheSameWithEitherKernel(NamedSynapse layer) {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
    SpikeTrain train = train(features(layer));
    for (SpikingNeuron neuron : neurons()) {
      SimulationResult[] results = new SimulationResult[2];
      for (int i = 0; i < results.length; i++) {
        results[i] =
            new HostLayer(
                    HostSynapses.of(layer.synapse()),
                    RecurrentCharge.NONE,
                    layer.synapse().outputShape(),
                    neuron,
                    Kernels.named(i == 0 ? "plain" : "vector"))
                .simulateConstant(NeuronState.atRest(), train, Retention.END);
      }
      assertArrayEquals(Spikes.of(results[0].spikes()), Spikes.of(results[1].spikes()));
      assertEquals(results[0].end(), results[1].end());
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldSimulateEachSampleIndependently(NamedSynapse layer) {
    for (SpikingNeuron neuron : neurons()) {
      float[][][] all = spikes(layer, neuron, features(layer));
      assertTrue(Spikes.activity(all) > 0, "a silent layer shows nothing");
      for (int[] some : new int[][] {{3}, {8, 2}, {4, 3, 2, 1, 0}, {0, 1, 2, 3, 4, 5, 6, 7}}) {
        assertArrayEquals(
            Spikes.samples(all, some),
            spikes(layer, neuron, Frames.samples(features(layer), some)),
            some.length + " samples");
      }
    }
  }

  /** One input per neuron, so that only the membrane sums. */
  static Stream<SingleInput> singleInputs() {
    return Stream.of(
        new SingleInput(1, 0.5f, Reset.toZero()),
        new SingleInput(1, Math.nextUp(0.5f), Reset.toZero()),
        new SingleInput(1, Math.nextDown(0.5f), Reset.bySubtraction()),
        new SingleInput(1e-30, 3e-31f, Reset.toZero()),
        new SingleInput(1e-30, 3e-31f, Reset.bySubtraction()),
        new SingleInput(Float.MIN_VALUE, Float.MIN_VALUE, Reset.bySubtraction()),
        new SingleInput(1e30, 4e29f, Reset.bySubtraction()),
        new SingleInput(1, 2e38f, Reset.to(0.5)),
        new SingleInput(1, 2e38f, Reset.bySubtraction()),
        new SingleInput(1, -2e38f, Reset.to(-1e38)),
        new SingleInput(1e38, 2e38f, Reset.bySubtraction()));
  }

  private record SingleInput(double threshold, float current, Reset reset) {}

  /** At the threshold, next to it, tiny and beyond single precision. */
  @ParameterizedTest
  @MethodSource("singleInputs")
  void shouldFireOrRefuseWhereTheEventDrivenEngineDoes(SingleInput single) {
    FeatureShape image = FeatureShape.image(1, 3, 2);
    FeatureShape one = FeatureShape.vector(1);
    for (double leak : new double[] {1, 0.9}) {
      SpikingNeuron neuron = new SpikingNeuron(single.threshold, leak, single.reset, 0);
      for (NamedSynapse layer :
          List.of(
              NamedSynapse.convolution("1x1", image, window(1, 1, true), 20, false, Nd4j::ones),
              NamedSynapse.dense("dense", one, 20, false, Nd4j::ones))) {
        INDArray features = Nd4j.ones(layer.input().arrayShape(2)).muli(single.current);
        features.slice(0).muli(0.5);
        // Not encoded, since the encoder would refuse a flow beyond single precision.
        SpikeTrain train = new ConstantSpikeTrain(layer.input(), 12, features.data().asFloat());
        EventDrivenEngine plain = new EventDrivenEngine(Kernels.named("plain"));
        assertEquals(
            Outcome.of(plain, layer.synapse(), neuron, train),
            Outcome.of(engine, layer.synapse(), neuron, train),
            layer + ", leak " + leak);
      }
    }
  }

  @Test
  void shouldRefuseSpikesThatChange() {
    FeatureShape vector = FeatureShape.vector(4);
    SpikeTrain changing = RandomTrains.binary(vector, 2, STEPS, 1);
    Synapse synapse = new DenseSynapse(vector, Nd4j.ones(4, 2), null);
    assertBegins(
        "input must be the same at every step",
        () -> engine.simulate(synapse, SpikingNeuron.integrateAndFire(1), changing));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldBeChosenForConstantInput(NamedSynapse layer) {
    SpikeTrain constant = train(features(layer));
    assertEquals(ConstantCurrentEngine.class, chosen(layer, constant));
    SpikeTrain changing = RandomTrains.sparse(layer.input(), 1, 2, 1);
    assertEquals(EventDrivenEngine.class, chosen(layer, changing));
  }

  private static Class<?> chosen(NamedSynapse layer, SpikeTrain input) {
    return Engines.choose(layer.synapse(), Recurrence.NONE, input, DataType.FLOAT, HostLayers.FRESH)
        .getClass();
  }
}
