package org.dl4jsnn.monitor;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class SpikeProbeTest {

  private static final int STEPS = 12;
  private static final int SAMPLES = 3;
  private static final int CHANNELS = 5;
  private static final int DENSE = 7;

  private final INDArray features = Nd4j.rand(7L, new long[] {SAMPLES, 2, 6, 6});

  @AfterEach
  void chooseEnginesAgain() {
    System.clearProperty(Engines.PROPERTY);
  }

  static Stream<Arguments> enginesAndNeurons() {
    return Stream.of("event", "dense")
        .flatMap(
            engine ->
                StateVariablesTest.integrateAndFire().stream()
                    .map(neuron -> Arguments.of(engine, neuron)));
  }

  @ParameterizedTest
  @MethodSource("enginesAndNeurons")
  void shouldFireWhereMembranesAreAboveTheThreshold(String engine, SpikingNeuron neuron) {
    System.setProperty(Engines.PROPERTY, engine);
    for (SpikeEncoding.Builder encoding :
        List.of(SpikeEncoding.poisson(STEPS), SpikeEncoding.direct(STEPS))) {
      Layer conv = with(neuron, new SpikingConvolution2D.Builder(3, 3).nOut(CHANNELS)).build();
      SpikeRecording seen =
          SpikeProbe.of(network(encoding, conv, dense(neuron)))
              .membranes("conv", 100, 7)
              .record(features);
      assertArrayEquals(new int[] {100, 7}, seen.membranesOf("conv"));
      assertEquals(neuron, seen.neuron("conv"));
      for (int n : seen.membranesOf("conv")) {
        float[] membrane = seen.membrane("conv", n);
        boolean[] fired = seen.fired("conv", 0, n);
        for (int step = 0; step < STEPS; step++) {
          assertEquals(membrane[step] > neuron.threshold(), fired[step]);
        }
      }
    }
  }

  @Test
  void shouldSeeTheSpikesAndRatesOfThePass() {
    MultiLayerNetwork network = pooled();
    SpikeRecording seen = SpikeProbe.of(network).allLayers().record(features);
    List<INDArray> activations = network.feedForward(features, false);
    assertEquals(List.of("encoding", "conv", "average", "dropout", "dense"), seen.layers());
    assertEquals(STEPS, seen.steps());
    assertEquals(SAMPLES, seen.minibatch());
    for (String layer : seen.layers()) {
      int index = network.getLayerNames().indexOf(layer);
      INDArray rates = activations.get(index + 1);
      assertTrue(rates.equalsWithEps(seen.rates(layer), 1e-6), layer);
      assertEquals(seen.rates(layer).slice(2), seen.rates(layer, 2), layer);
      assertTrue(
          rates.mul(STEPS).equalsWithEps(seen.accumulatedOutput(layer), 1e-4), layer + " spikes");
      if (network.getLayer(index) instanceof SpikingLayer) {
        network.setInput(features);
        network.feedForward(false, false);
        INDArray expected = ((SpikingLayer) network.getLayer(index)).accumulatedFlow().in();
        assertEquals(expected, seen.accumulatedInput(layer), layer);
      }
    }
    assertArrayEquals(new long[] {CHANNELS, 3, 3}, seen.rates("average", 0).shape());
    assertArrayEquals(new long[] {DENSE}, seen.rates("dense", 0).shape());
    assertEquals(
        seen.raster("dense", 1, 100).spikes(),
        seen.accumulatedOutput("dense").slice(1).sumNumber().intValue());
  }

  @Test
  void shouldKnowOnlyWhatIsWatched() {
    SpikeRecording seen = SpikeProbe.of(pooled()).layer("dense").layer("dense").record(features);
    assertEquals(List.of("dense"), seen.layers());
    assertEquals(0, seen.membranesOf("dense").length);
    assertRefused(
        "layer must be one of the watched layers, dense, got conv", () -> seen.train("conv"));
    assertRefused("membrane of layer 'dense' must be", () -> seen.membrane("dense", 0));
    assertRefused("sample must be from 0 to 2, got 3", () -> seen.fired("dense", 3, 0));
    assertRefused("neuron must be from 0 to 6, got 7", () -> seen.fired("dense", 0, 7));
  }

  @Test
  void shouldFollowTheMembranesOfSeveralCalls() {
    SpikeProbe some = SpikeProbe.of(pooled()).membranes("dense", 3).membranes("dense", 5, 3);
    assertArrayEquals(new int[] {3, 5}, some.record(features).membranesOf("dense"));
    SpikeRecording all = some.membranes("dense").membranes("dense", 1).record(features);
    assertEquals(DENSE, all.membranesOf("dense").length);
  }

  @Test
  void shouldNormaliseMembranesAsTheLayerDoes() {
    Layer conv =
        new SpikingConvolution2D.Builder(1, 1)
            .nOut(CHANNELS)
            .normalization(new CurrentNormalization().startingAt(0.5, 0.25))
            .name("conv")
            .build();
    MultiLayerNetwork network =
        network(SpikeEncoding.poisson(STEPS), conv, dense(SpikingNeuron.integrateAndFire(1)));
    for (int i = 0; i < 3; i++) { // so that running averages differ from where they start
      network.fit(new DataSet(features, Nd4j.zeros(SAMPLES, 3)));
    }
    SpikeRecording seen =
        SpikeProbe.of(network).layer("encoding").membranes("conv", 40).record(features);
    org.deeplearning4j.nn.api.Layer layer = network.getLayer("conv");
    double scale =
        layer.getParam("gamma").getDouble(1) / Math.sqrt(layer.getParam("var").getDouble(1) + 1e-5);
    double u = 0;
    for (int step = 0; step < STEPS; step++) {
      double current = -layer.getParam("mean").getDouble(1);
      for (int input = 0; input < 2; input++) {
        boolean arrives = seen.fired("encoding", 0, input * 36 + 4)[step];
        current += arrives ? layer.getParam("W").getDouble(1, input, 0, 0) : 0;
      }
      u += current * scale + layer.getParam("beta").getDouble(1);
      assertEquals(u, seen.membrane("conv", 40)[step], 1e-4);
      u = seen.fired("conv", 0, 40)[step] ? 0 : u;
    }
  }

  @Test
  void shouldLookIntoFrozenLayers() {
    Layer dense = dense(SpikingNeuron.integrateAndFire(0.5));
    MultiLayerNetwork free =
        network(SpikeEncoding.direct(STEPS), conv(SpikingNeuron.integrateAndFire(1)), dense);
    FrozenLayer conv = new FrozenLayer(conv(SpikingNeuron.integrateAndFire(1)));
    conv.setLayerName("conv");
    MultiLayerNetwork frozen = network(SpikeEncoding.direct(STEPS), conv, dense);
    frozen.setParams(free.params());
    assertArrayEquals(
        SpikeProbe.of(free).membranes("conv", 3).record(features).membrane("conv", 3),
        SpikeProbe.of(frozen).membranes("conv", 3).record(features).membrane("conv", 3));
  }

  @Test
  void shouldExplainWhatCannotBeWatched() {
    SpikeProbe probe = SpikeProbe.of(maximum());
    assertRefused(
        "layer must be one of encoding, conv, maximum, dense, got conv9",
        () -> probe.layer("conv9"));
    assertRefused("must have neurons", () -> probe.membranes("encoding"));
    assertRefused("got 'maximum' (SpikingPooling2D)", () -> probe.membranes("maximum", 1));
    assertRefused("neuron must be", () -> probe.membranes("dense", -1));
    assertRefused("layers to watch must be named, got none", () -> probe.record(features));
    assertRefused(
        "neuron of layer 'dense' (7) must be from 0 to 6, got 7",
        () -> probe.membranes("dense", 7).record(features));
    SpikeRecording seen = probe.layer("maximum").record(features);
    assertRefused("layer must have neurons", () -> seen.accumulatedInput("maximum"));
    assertTrue(seen.rates("maximum").maxNumber().doubleValue() > 0);
    assertThrows(IllegalArgumentException.class, () -> SpikeProbe.of(null));
  }

  @Test
  void shouldRecordDelayedSpikesNextToArrivingOnes() {
    MultiLayerNetwork network =
        network(
            SpikeEncoding.poisson(STEPS),
            conv(SpikingNeuron.integrateAndFire(0.5)),
            new SpikingDelay.Builder().name("delay").steps(2).build(),
            dense(SpikingNeuron.integrateAndFire(0.5)));
    SpikeRecording seen = SpikeProbe.of(network).layer("conv").layer("delay").record(features);
    float[][][] arrived = Spikes.of(seen.train("conv"));
    float[][][] delayed = Spikes.of(seen.train("delay"));
    assertTrue(Spikes.activity(delayed) > 0, "silent");
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int step = 2; step < STEPS; step++) {
        assertArrayEquals(arrived[sample][step - 2], delayed[sample][step]);
      }
    }
    assertRefused("'delay' (SpikingDelay)", () -> SpikeProbe.of(network).membranes("delay", 1));
  }

  /** Without leak, an input stays in the membrane until a reset subtracts the threshold. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAccumulateWhatRecurrentNeuronsReceive(boolean oneToOne) {
    double threshold = 0.5;
    Layer recurrent =
        new SpikingRecurrent.Builder()
            .oneToOne(oneToOne)
            .name("recurrent")
            .nOut(DENSE)
            .threshold(threshold)
            .reset(Reset.bySubtraction())
            .build();
    SpikeRecording seen =
        SpikeProbe.of(network(SpikeEncoding.poisson(STEPS), recurrent))
            .membranes("recurrent")
            .record(features);
    INDArray accumulated = seen.accumulatedInput("recurrent");
    int spikes = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int neuron = 0; neuron < DENSE; neuron++) {
        boolean[] fired = seen.fired("recurrent", sample, neuron);
        long before = IntStream.range(0, STEPS - 1).filter(step -> fired[step]).count();
        double last = seen.membrane("recurrent", sample, neuron)[STEPS - 1];
        assertEquals(last + threshold * before, accumulated.getDouble(sample, neuron), 1e-4);
        spikes += (int) before;
      }
    }
    assertTrue(spikes > STEPS, "spikes");
  }

  private static MultiLayerNetwork pooled() {
    return network(
        SpikeEncoding.poisson(STEPS),
        conv(SpikingNeuron.integrateAndFire(0.5)),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name("average").build(),
        new SpikingDropout.Builder().retain(0.8).name("dropout").build(),
        dense(SpikingNeuron.integrateAndFire(0.5)));
  }

  private static MultiLayerNetwork maximum() {
    return network(
        SpikeEncoding.poisson(STEPS),
        conv(SpikingNeuron.integrateAndFire(0.5)),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("maximum").build(),
        dense(SpikingNeuron.integrateAndFire(0.5)));
  }

  private static Layer conv(SpikingNeuron neuron) {
    return with(neuron, new SpikingConvolution2D.Builder(1, 1).nOut(CHANNELS)).build();
  }

  private static Layer dense(SpikingNeuron neuron) {
    return with(neuron, new SpikingDense.Builder().nOut(DENSE)).build();
  }

  private static <B extends SpikingLayerBuilder<B>> B with(SpikingNeuron neuron, B builder) {
    builder.name(builder instanceof SpikingDense.Builder ? "dense" : "conv");
    return builder
        .threshold(neuron.threshold())
        .leak(neuron.leak())
        .reset(neuron.reset())
        .initialMembrane(neuron.initialMembrane());
  }

  private static MultiLayerNetwork network(SpikeEncoding.Builder encoding, Layer... layers) {
    return Networks.of(
        Networks.seeded(3).updater(new Adam(0.01)),
        InputType.convolutional(6, 6, 2),
        encoding.name("encoding").build(),
        layers,
        Networks.softmax(3));
  }

  /** Two channels of 1 x 3, whose neuronsOf a train numbers by position, then by channel. */
  private static final FeatureShape SHAPE = FeatureShape.image(2, 1, 3);

  /** Four steps; sample 0 is silent, sample 1 has two events, none, three, and one. */
  private static final SpikeTrain TRAIN =
      new EventSpikeTrain(
          SHAPE,
          4,
          new EventSpikeTrain.Sample[] {
            new EventSpikeTrain.Sample(new int[5], new int[0], null),
            new EventSpikeTrain.Sample(
                new int[] {0, 2, 2, 5, 6},
                new int[] {1, 4, 0, 1, 4, 4},
                new float[] {1, 2, 1, 1, 3, 1})
          },
          false,
          new float[12]);

  @Test
  void shouldPutNeuronsInTheOrderOfArrays() {
    SpikeRaster raster = SpikeRaster.of(TRAIN, 1, 100);
    // Of the train's 0, 4 and 1: channel 0 at 0 and 2, channel 1 at 0.
    assertArrayEquals(new int[] {0, 2, 3}, neuronsOf(raster));
    assertEquals(List.of("..x.", "x.xx", "x.x."), rowsOf(raster));
  }

  @Test
  void shouldLeaveSilentNeuronsOutAndCountTheRest() {
    SpikeRaster raster = SpikeRaster.of(TRAIN, 1, 100);
    assertEquals(3, raster.rows());
    assertEquals(3, raster.firing());
    assertEquals(6, raster.spikes());
    assertEquals(4, raster.steps());
    assertEquals(SHAPE, raster.shape());
  }

  @Test
  void shouldHaveNoRowsWhereNoneFires() {
    SpikeRaster raster = SpikeRaster.of(TRAIN, 0, 100);
    assertEquals(0, raster.rows());
    assertEquals(0, raster.firing());
    assertEquals(0, raster.spikes());
  }

  @Test
  void shouldTakeEvenlySpacedNeuronsIfTooManyFire() {
    SpikeRaster raster = SpikeRaster.of(allFire(10), 0, 4);
    assertArrayEquals(new int[] {0, 2, 5, 7}, neuronsOf(raster));
    assertEquals(List.of("x", "x", "x", "x"), rowsOf(raster));
    assertEquals(10, raster.firing());
    assertEquals(10, raster.spikes());
    assertArrayEquals(new int[] {0}, neuronsOf(SpikeRaster.of(allFire(10), 0, 1)));
  }

  @Test
  void shouldRefuseWhatDoesNotExist() {
    assertMessage("sample must be from 0 to 1, got 2", () -> SpikeRaster.of(TRAIN, 2, 1));
    assertMessage("sample must be from 0 to 1, got -1", () -> SpikeRaster.of(TRAIN, -1, 1));
    assertMessage(
        "mostRows must be a whole number of at least 1, got 0", () -> SpikeRaster.of(TRAIN, 0, 0));
    assertMessage("train must be given, got null", () -> SpikeRaster.of(null, 0, 1));
  }

  private static SpikeTrain allFire(int neurons) {
    return new EventSpikeTrain(
        FeatureShape.vector(neurons),
        1,
        new EventSpikeTrain.Sample[] {
          new EventSpikeTrain.Sample(
              new int[] {0, neurons}, IntStream.range(0, neurons).toArray(), null)
        },
        true,
        new float[neurons]);
  }

  private static int[] neuronsOf(SpikeRaster raster) {
    return IntStream.range(0, raster.rows()).map(raster::neuron).toArray();
  }

  private static List<String> rowsOf(SpikeRaster raster) {
    return IntStream.range(0, raster.rows()).mapToObj(row -> rowOf(raster, row)).toList();
  }

  private static String rowOf(SpikeRaster raster, int row) {
    StringBuilder text = new StringBuilder();
    for (int step = 0; step < raster.steps(); step++) {
      text.append(raster.fired(row, step) ? 'x' : '.');
    }
    return text.toString();
  }
}
