package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A network that keeps prepared weights answers as a new one with the same parameters. */
class PreparedLayerTest {

  private static final int[] MINIBATCHES = {1, 3};

  /** Weights that are multiples of 1 / 32 become bytes. */
  private static final int UNITS = 32;

  private static MultiLayerNetwork network(DataType type, boolean normalized) {
    SpikingDense.Builder dense = new SpikingDense.Builder().nOut(70).threshold(0.3);
    SpikingConvolution2D.Builder convolution =
        new SpikingConvolution2D.Builder(3, 3).nOut(6).threshold(0.3);
    if (normalized) {
      convolution.normalization(new CurrentNormalization());
      dense.normalization(new CurrentNormalization());
    }
    return Networks.of(
        Networks.seeded(3).dataType(type),
        InputType.convolutional(8, 8, 2),
        SpikeEncoding.direct(3).build(),
        convolution.build(),
        new SpikingDepthwiseConvolution2D.Builder(3, 3).threshold(0.2).build(),
        dense.build(),
        new SpikingDense.Builder().nOut(20).hasBias(true).threshold(0.3).build(),
        new SpikingRecurrent.Builder().nOut(15).threshold(0.3).build(),
        new SpikingDense.Builder()
            .nOut(15)
            .threshold(0.3)
            .learnPerChannel(NeuronParameter.THRESHOLD)
            .build(),
        Networks.readOut(3));
  }

  /** What may change weights, beside training. */
  static Stream<Arguments> changes() {
    return Stream.of(
        change("setParams", net -> net.setParams(net.params().mul(1.1))),
        change("setParam", net -> net.setParam("1_W", net.getParam("1_W").mul(1.3))),
        change("params()", net -> net.params().muli(0.9)),
        change("a view", net -> net.getParam("2_W").addi(0.01)),
        change("one weight", net -> net.getParam("1_W").putScalar(5, 2)),
        change("one bias", net -> net.getParam("4_b").putScalar(7, 1)),
        change("rows of a dense layer", net -> net.getParam("3_W").muli(1.2)),
        change("one weight of a dense layer", net -> net.getParam("3_W").putScalar(95, 69, 2)),
        change("one of its first block", net -> net.getParam("3_W").putScalar(95, 7, 2)),
        change("weights before recurrence", net -> net.getParam("5_W").muli(1.5)),
        change("recurrent weights", net -> net.getParam("5_" + Recurrence.WEIGHT).addi(0.5)),
        change("thresholds", net -> net.getParam("6_freeThreshold").subi(1)),
        change("its memory", net -> net.getParam("4_W").data().put(3, 5)),
        change("training", PreparedLayerTest::train));
  }

  private static Arguments change(String name, Consumer<MultiLayerNetwork> change) {
    return Arguments.of(name, change);
  }

  private static void train(MultiLayerNetwork network) {
    network.fit(features(4), Nd4j.eye(4).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3)));
  }

  private static INDArray features(int minibatch) {
    Nd4j.getRandom().setSeed(minibatch);
    return Nd4j.rand(DataType.FLOAT, minibatch, 2, 8, 8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void shouldNoticeEveryChange(String name, Consumer<MultiLayerNetwork> change) {
    assertNoticed(change, network(DataType.FLOAT, false), false);
    assertNoticed(change, network(DataType.FLOAT, true), true);
    assertNoticed(change, network(DataType.DOUBLE, false), false);
    MultiLayerNetwork rounded = network(DataType.FLOAT, false);
    rounded.setParams(Transforms.round(rounded.params().mul(UNITS)).divi(UNITS));
    assertNoticed(change, rounded, false);
  }

  private static void assertNoticed(
      Consumer<MultiLayerNetwork> change, MultiLayerNetwork network, boolean normalized) {
    for (int minibatch : MINIBATCHES) {
      network.output(features(minibatch));
      network.output(features(minibatch));
    }
    INDArray before = network.params().dup();
    change.accept(network);
    assertNotEquals(before, network.params());
    assertAnswersAsNew(network, network.params().dataType(), normalized);
  }

  /** Of a row that no input reached in the passes before. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldNoticeAChangeOfUnusedWeightsOnceTheyAreUsed(boolean normalized) {
    MultiLayerNetwork network = network(DataType.FLOAT, normalized);
    INDArray dark = Nd4j.zeros(1, 2, 8, 8);
    network.output(dark);
    Random random = new Random(1);
    for (int turn = 0; turn < 20; turn++) {
      INDArray weights = network.getParam(turn % 2 == 0 ? "3_W" : "4_W");
      weights.putScalar(random.nextInt((int) weights.length()), random.nextGaussian());
      network.output(dark);
      assertAnswersAsNew(network, DataType.FLOAT, normalized);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CurrentNormalization.GAIN,
        CurrentNormalization.SHIFT,
        CurrentNormalization.MEAN,
        CurrentNormalization.VARIANCE
      })
  void shouldNoticeEveryPartOfANormalization(String part) {
    for (int layer : new int[] {1, 3}) {
      MultiLayerNetwork network = network(DataType.FLOAT, true);
      network.output(features(1));
      network.getParam(layer + "_" + part).addi(0.5);
      assertAnswersAsNew(network, DataType.FLOAT, true);
    }
  }

  /** The simulation of a dark image reads no weight; whoever asks for the synapses reads all. */
  @Test
  void shouldFoldAllWeightsOfALayerThatIsLookedAt() {
    MultiLayerNetwork network = network(DataType.FLOAT, true);
    network.output(features(1));
    network.getParam("3_W").muli(2);
    network.setInput(Nd4j.zeros(1, 2, 8, 8));
    network.feedForward(false, false);
    INDArray folded = weights(network);
    MultiLayerNetwork fresh = network(DataType.FLOAT, true);
    fresh.setParams(network.params());
    fresh.setInput(Nd4j.zeros(1, 2, 8, 8));
    fresh.feedForward(false, false);
    assertEquals(weights(fresh), folded);
  }

  /**
   * Another kind of synapse may read weights of inputs that do not fire, or order them otherwise.
   */
  @Test
  void shouldNotKeepFoldedWeightsOfOtherSynapses() {
    Window2D.Axis two = new Window2D.Axis(2, 2, 0, 1, false);
    Synapse other =
        new AverageSynapse(new PoolingWindows(new Window2D(two, two), FeatureShape.image(1, 2, 2)));
    INDArray weights = Nd4j.ones(2, 3);
    assertFalse(WeightComparison.isScaled(other, weights, weights, new float[] {1, 1}, null));
  }

  private static INDArray weights(MultiLayerNetwork network) {
    return ((DenseSynapse) ((SpikingLayer) network.getLayer(3)).synapse()).weights();
  }

  @Test
  void shouldRefuseAWeightThatBecameNotANumberOnceItIsUsed() {
    for (String parameter : List.of("1_W", "2_W", "3_W")) {
      MultiLayerNetwork network = network(DataType.FLOAT, false);
      network.output(features(3));
      INDArray before = network.getParam(parameter).dup();
      network.getParam(parameter).assign(Double.NaN);
      if (parameter.equals("3_W")) {
        network.output(Nd4j.zeros(1, 2, 8, 8)); // which no spike of its inputs comes from
      }
      assertThrows(DL4JInvalidInputException.class, () -> network.output(features(3)));
      network.getParam(parameter).assign(before);
      assertAnswersAsNew(network, DataType.FLOAT, false);
    }
  }

  /** Another neuron, or membranes that might overflow, get their form of the weights from them. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void shouldKeepTheWeightsOfKernelsAlone(String kernels) {
    FeatureShape input = FeatureShape.image(3, 4, 5);
    SpikeTrain train = RandomTrains.binary(input, 2, 3, 1);
    INDArray weights = Nd4j.rand(DataType.FLOAT, 60, 70).subi(0.4);
    Synapse synapse = new DenseSynapse(input, weights, Nd4j.rand(DataType.FLOAT, 70));
    PreparedLayer prepared = new PreparedLayer();
    for (double threshold : new double[] {0.5, 0.5, 0.7, 3e38}) {
      NeuronDynamics neuron = SpikingNeuron.integrateAndFire(threshold);
      HostLayer layer = layer(prepared, synapse, neuron, kernels, train);
      HostLayer fresh = layer(HostLayers.FRESH, synapse, neuron, kernels, train);
      SimulationResult expected = fresh.simulateSpikes(NeuronState.atRest(), train, Retention.END);
      SimulationResult actual = layer.simulateSpikes(NeuronState.atRest(), train, Retention.END);
      assertArrayEquals(Spikes.of(expected.spikes()), Spikes.of(actual.spikes()));
      assertEquals(expected.end(), actual.end());
      assertEquals(0, ((WeightedHostSynapse) layer.dropCopy()).weights().values().length);
    }
  }

  /** Its output of one position does not make a convolution fully connected. */
  @Test
  void shouldKeepAConvolutionOverOnePosition() {
    FeatureShape input = FeatureShape.image(2, 3, 3);
    Window2D.Axis three = new Window2D.Axis(3, 1, 0, 1, false);
    Synapse synapse =
        new ConvolutionSynapse(
            new Window2D(three, three), input, Nd4j.rand(DataType.FLOAT, 5, 2, 3, 3), null);
    SpikeTrain train = RandomTrains.binary(input, 2, 3, 1);
    PreparedLayer prepared = new PreparedLayer();
    NeuronDynamics neuron = SpikingNeuron.integrateAndFire(0.5);
    KernelProvider kernels = Kernels.named("vector");
    HostLayer first = prepared.of(synapse, RecurrentCharge.NONE, neuron, kernels, train);
    first.simulateSpikes(NeuronState.atRest(), train, Retention.END);
    assertSame(first, prepared.of(synapse, RecurrentCharge.NONE, neuron, kernels, train));
  }

  /** Kernels suit the density of the input that they were made for, which may be silence. */
  @Test
  void shouldMakeOtherKernelsOnceAnInputIsMuchDenser() {
    FeatureShape input = FeatureShape.image(3, 4, 5);
    Synapse synapse = new DenseSynapse(input, Nd4j.rand(DataType.FLOAT, 60, 70).subi(0.4), null);
    AtomicInteger made = new AtomicInteger();
    HostSynapse synapses = HostSynapses.of(synapse);
    HostSynapse counting =
        (HostSynapse)
            Proxy.newProxyInstance(
                HostSynapse.class.getClassLoader(),
                new Class<?>[] {HostSynapse.class},
                (proxy, method, arguments) -> {
                  made.addAndGet(method.getName().equals("kernels") ? 1 : 0);
                  return method.invoke(synapses, arguments);
                });
    NeuronDynamics neuron = SpikingNeuron.integrateAndFire(0.5);
    HostLayer layer =
        new HostLayer(
            counting,
            RecurrentCharge.NONE,
            FeatureShape.vector(70),
            neuron,
            Kernels.named("vector"));
    SpikeTrain train = RandomTrains.binary(input, 2, 3, 1);
    SpikeTrain silence =
        SpikeEncoder.poisson(3, 0.4).encode(Nd4j.zeros(2, 3, 4, 5), NoiseKey.training(1, 0));
    for (SpikeTrain next : List.of(silence, train, train, silence)) {
      SimulationResult expected =
          layer(HostLayers.FRESH, synapse, neuron, "vector", next)
              .simulateSpikes(NeuronState.atRest(), next, Retention.END);
      SimulationResult actual = layer.simulateSpikes(NeuronState.atRest(), next, Retention.END);
      assertArrayEquals(Spikes.of(expected.spikes()), Spikes.of(actual.spikes()));
    }
    assertEquals(2, made.get());
  }

  private static HostLayer layer(
      HostLayers layers, Synapse synapse, NeuronDynamics neuron, String kernels, SpikeTrain train) {
    return layers.of(synapse, RecurrentCharge.NONE, neuron, Kernels.named(kernels), train);
  }

  private static void assertAnswersAsNew(
      MultiLayerNetwork network, DataType type, boolean normalized) {
    for (int minibatch : MINIBATCHES) {
      MultiLayerNetwork fresh = network(type, normalized);
      fresh.setParams(network.params().dup());
      INDArray features = features(minibatch);
      List<INDArray> expected = fresh.feedForward(features, false);
      List<INDArray> actual = network.feedForward(features, false);
      for (int layer = 0; layer < expected.size(); layer++) {
        assertEquals(expected.get(layer), actual.get(layer), "layer " + layer);
      }
    }
  }
}
