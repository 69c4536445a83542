package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.dl4jsnn.Messages.refused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.BuiltInNeurons;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

class IntegerQuantizationTest {

  private static final int SAMPLES = 16;
  private static final INDArray WEIGHTS =
      Nd4j.create(new float[][] {{0.5f, -3}, {-0.25f, 1}, {0.1f, 0}});

  @Test
  void shouldChooseUnitsOfWhichThresholdsAreMultiples() {
    MultiLayerNetwork network = dense(new SpikingDense.Builder().nOut(2).threshold(1.5).build());
    network.setParam("1_W", WEIGHTS);
    IntegerNetwork.Layer layer = first(network);
    // 127 / 0.5 · 1.5 = 381, and ⌊127 / 3 · 1.5⌋ = 63.
    assertArrayEquals(new int[] {381, 63}, layer.neuron().thresholds());
    assertArrayEquals(new double[] {1.5 / 381, 1.5 / 63}, layer.units(), 1e-15);
    assertArrayEquals(new int[] {127, -126, -64, 42, 25, 0}, layer.weights());
    IntegerNetwork.Layer even =
        IntegerQuantization.toBits(8).perLayer().quantize(network).layers().get(0);
    assertArrayEquals(new int[] {63}, even.neuron().thresholds());
    assertArrayEquals(new int[] {21, -126, -10, 42, 4, 0}, even.weights());
    IntegerNetwork.Layer low =
        IntegerQuantization.toBits(8).thresholdBits(6).quantize(network).layers().get(0);
    assertArrayEquals(new int[] {63}, low.neuron().thresholds());
  }

  @Test
  void shouldRoundBiasesResetValuesAndInitialMembranesToTheSameUnits() {
    MultiLayerNetwork network =
        dense(
            new SpikingDense.Builder()
                .nOut(2)
                .threshold(1.5)
                .reset(Reset.to(-0.5))
                .initialMembrane(0.5)
                .hasBias(true)
                .build());
    network.setParam("1_W", WEIGHTS);
    network.getLayer(1).setParam("b", Nd4j.create(new float[][] {{0.3f, -1}}));
    IntegerNetwork.Layer layer = first(network);
    assertArrayEquals(new int[] {381, 63}, layer.neuron().thresholds());
    assertArrayEquals(new int[] {76, -42}, layer.bias());
    assertArrayEquals(new int[] {-127, -21}, layer.neuron().resetValues());
    assertArrayEquals(new int[] {127, 21}, layer.neuron().initialMembranes());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void shouldFireAlmostAsTheTrainedNetworkDoes(int bits) {
    MultiLayerNetwork trained = convolutional();
    DataSet data = new DataSet(Nd4j.rand(SAMPLES, 2, 6, 6), Networks.labels(SAMPLES, 3));
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(bits).quantize(trained);
    QuantizationReport report =
        QuantizationReport.of(
            trained, chip, new ExistingDataSetIterator(data.batchBy(SAMPLES / 2)));
    assertEquals(SAMPLES, report.samples());
    List<QuantizationReport.LayerRow> rows = report.layers();
    assertEquals(
        List.of("layer1", "layer2", "layer3"),
        rows.stream().map(QuantizationReport.LayerRow::name).toList());
    INDArray before = trained.output(data.getFeatures()).argMax(1);
    INDArray after = chip.network().output(data.getFeatures()).argMax(1);
    INDArray correct = data.getLabels().argMax(1);
    assertEquals(before.eq(correct).castTo(DataType.DOUBLE).meanNumber(), report.trainedAccuracy());
    assertEquals(after.eq(correct).castTo(DataType.DOUBLE).meanNumber(), report.integerAccuracy());
    assertEquals(before.eq(after).castTo(DataType.DOUBLE).meanNumber(), report.agreement());
    for (QuantizationReport.LayerRow row : report.layers()) {
      assertTrue(row.rateError() < (bits == 8 ? 0.05 : 0.01), row.toString());
      assertTrue(row.signalToNoise() > (bits == 8 ? 35 : 80), row.toString());
    }
    assertTrue(report.agreement() >= (bits == 8 ? 0.8 : 0.9), report.toString());
    assertTrue(report.toString().contains("in integers"));
  }

  /** Average pooling on a chip is a convolution with equal weights. */
  @Test
  void shouldMakeAverageWindowsWeights() {
    IntegerNetwork<MultiLayerNetwork> chip =
        IntegerQuantization.toBits(8).quantize(convolutional());
    SpikingDepthwiseConvolution2D pooling =
        (SpikingDepthwiseConvolution2D) chip.network().getLayer(2).conf().getLayer();
    assertEquals(4, pooling.getNIn());
    int[] weights = chip.layers().get(1).weights();
    assertEquals(16, weights.length);
    int threshold = chip.layers().get(1).neuron().thresholds()[0];
    for (int weight : weights) {
      assertEquals(3 * weight, threshold, "0.75 of four");
    }
  }

  @Test
  void shouldSaveLoadAndTrainOnWhatItMade(@TempDir Path folder) throws IOException {
    MultiLayerNetwork chip = IntegerQuantization.toBits(8).quantize(convolutional()).network();
    Path file = folder.resolve("chip.zip");
    chip.save(file.toFile());
    MultiLayerNetwork loaded = SafeModels.defaults().multiLayerNetwork(file);
    INDArray features = Nd4j.rand(SAMPLES, 2, 6, 6);
    assertSameBits(chip.output(features), loaded.output(features));
    loaded.fit(new DataSet(features, Networks.labels(SAMPLES, 3)));
    assertTrue(Double.isFinite(loaded.score()));
    ComputationGraph graph = convolutional().toComputationGraph();
    Path graphFile = folder.resolve("graph.zip");
    ComputationGraph wholeGraph = IntegerQuantization.toBits(8).quantize(graph).network();
    wholeGraph.save(graphFile.toFile());
    assertSameBits(chip.output(features), wholeGraph.outputSingle(features));
    assertSameBits(
        wholeGraph.outputSingle(features),
        SafeModels.defaults().computationGraph(graphFile).outputSingle(features));
  }

  @Test
  void shouldComputeInWholeNumbersOnly() {
    MultiLayerNetwork network = dense(leaky());
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(6).quantize(network);
    INDArray features = spikes();
    INDArray rates = chip.network().feedForwardToLayer(1, features).get(2);
    assertEquals(byHand(chip.layers().get(0), features), rates);
  }

  private static SpikingDense leaky() {
    return new SpikingDense.Builder()
        .nOut(5)
        .leak(0.9)
        .reset(Reset.bySubtraction())
        .initialMembrane(0.5)
        .hasBias(true)
        .biasInit(0.03)
        .build();
  }

  /** The equations in Java's integers. */
  private static INDArray byHand(IntegerNetwork.Layer layer, INDArray spikes) {
    int neurons = 5;
    INDArray rates = Nd4j.zeros(DataType.FLOAT, SAMPLES, neurons);
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int j = 0; j < neurons; j++) {
        int u = layer.neuron().initialMembranes()[j];
        int fired = 0;
        for (int t = 0; t < 12; t++) {
          u += layer.bias()[j];
          for (int i = 0; i < 3; i++) {
            u += spikes.getInt(sample, i, t) * layer.weights()[i * neurons + j];
          }
          if (u > layer.neuron().thresholds()[j]) {
            u -= layer.neuron().thresholds()[j];
            fired++;
          }
          u = u * layer.neuron().leaks()[0] / IntegerNeuron.NO_LEAK;
        }
        rates.putScalar(sample, j, fired / 12f);
      }
    }
    return rates;
  }

  @Test
  void shouldServeRecurrentLayersAndLearnedNeurons() {
    MultiLayerNetwork network =
        dense(
            new SpikingRecurrent.Builder()
                .nOut(5)
                .leak(0.9)
                .learnPerChannel(NeuronParameter.LEAK, NeuronParameter.THRESHOLD)
                .build());
    INDArray free = network.getLayer(1).getParam("freeLeak");
    free.putScalar(2, free.getDouble(2) + 1);
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(16).quantize(network);
    IntegerNetwork.Layer layer = chip.layers().get(0);
    assertEquals(25, layer.recurrentWeights().length);
    assertTrue(layer.neuron().leaks()[2] > layer.neuron().leaks()[1]);
    INDArray features = spikes();
    INDArray difference =
        network
            .feedForwardToLayer(1, features)
            .get(2)
            .sub(chip.network().feedForwardToLayer(1, features).get(2));
    assertTrue(difference.norm1Number().doubleValue() / difference.length() < 0.02);
  }

  /** Learned decays become parts of 4096; weights and thresholds as without a current. */
  @Test
  void shouldQuantiseSynapticCurrents() {
    SpikingNeuron membrane = new SpikingNeuron(0.8, 0.9, Reset.bySubtraction(), 0.1);
    MultiLayerNetwork trained =
        dense(
            new SpikingDense.Builder()
                .nOut(5)
                .neuron(new SynapticNeuron(membrane, 0.75))
                .learnPerChannel(NeuronParameter.SYNAPTIC_DECAY)
                .build());
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
    IntegerNetwork.Layer layer = chip.layers().get(0);
    assertArrayEquals(
        new int[] {3072}, ((IntegerSynapticNeuron) layer.dynamics()).synapticDecays());
    assertArrayEquals(new int[] {3686}, layer.neuron().leaks());
    assertTrue(layer.neuron().isSubtractive());
    for (int weight : layer.weights()) {
      assertTrue(Math.abs(weight) <= 127);
    }
    INDArray features = Nd4j.rand(5L, new long[] {SAMPLES, 3, 12}).gt(0.4).castTo(DataType.FLOAT);
    INDArray before = trained.feedForwardToLayer(1, features).get(2);
    INDArray after = chip.network().feedForwardToLayer(1, features).get(2);
    assertTrue(before.meanNumber().doubleValue() > 0.02, before.meanNumber() + "");
    double difference = before.sub(after).norm1Number().doubleValue() / before.length();
    assertTrue(difference < 0.02, difference + "");
  }

  @Test
  void shouldWriteArraysForOtherPrograms(@TempDir Path folder) throws IOException {
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(dense(leaky()));
    chip.writeArrays(folder.resolve("chip"));
    INDArray weights = Nd4j.createFromNpyFile(folder.resolve("chip/1.weight.npy").toFile());
    assertEquals(DataType.INT8, weights.dataType());
    assertArrayEquals(new long[] {3, 5}, weights.shape());
    assertArrayEquals(
        chip.layers().get(0).weights(), weights.castTo(DataType.INT32).data().asInt());
    IntegerNeuron neuron = chip.layers().get(0).neuron();
    assertEquals(5, Arrays.stream(neuron.thresholds()).distinct().count(), "one per channel");
    Map<String, int[]> numbers =
        Map.of(
            "bias", chip.layers().get(0).bias(),
            "threshold", neuron.thresholds(),
            "leak", neuron.leaks(),
            "reset", neuron.resetValues(),
            "initial", neuron.initialMembranes());
    numbers.forEach(
        (name, expected) -> {
          INDArray values =
              Nd4j.createFromNpyFile(folder.resolve("chip/1." + name + ".npy").toFile());
          assertEquals(DataType.INT32, values.dataType());
          int[] all = new int[5];
          Arrays.setAll(all, c -> expected[expected.length == 1 ? 0 : c]);
          assertArrayEquals(all, values.data().asInt(), name);
        });
    assertFalse(Files.exists(folder.resolve("chip/1.recurrent.npy")));
  }

  @Test
  void shouldRefuseWhatItCannotRound() {
    IntegerQuantization eight = IntegerQuantization.toBits(8);
    assertMessage(
        "bits of a weight must be from 2 to 16, got 17", () -> IntegerQuantization.toBits(17));
    assertMessage(
        "bits of a threshold must be from 2 to 24, got 25", () -> eight.thresholdBits(25));
    MultiLayerNetwork whole =
        eight.quantize(dense(new SpikingDense.Builder().nOut(5).build())).network();
    assertRefused(
        "neurons must be one of SpikingNeuron, SynapticNeuron, AdaptiveNeuron, RefractoryNeuron,"
            + " AdLifNeuron, LinearNeuron to be quantised, got IntegerNeuron",
        () -> eight.quantize(whole));
    assertMessage(
        "bits of a membrane must be 8, 16 or 32, got 12",
        () -> eight.membraneBits(12, 4, FeatureRange.DEFAULT));
    MultiLayerNetwork wide = dense(new SpikingDense.Builder().nOut(5).threshold(0.001).build());
    wide.getLayer(1).getParam("W").putScalar(0, 2);
    assertRefused(
        "must be at most 127 thresholds with 8 bits, got 2.0 in channel 0",
        () -> eight.quantize(wide));
    MultiLayerNetwork diverged = dense(new SpikingDense.Builder().nOut(5).build());
    diverged.getLayer(1).getParam("W").putScalar(0, Float.NaN);
    assertRefused("weights must be finite", () -> eight.quantize(diverged));
    MultiLayerNetwork stock =
        Networks.of(
            new NeuralNetConfiguration.Builder(),
            new DenseLayer.Builder().nIn(3).nOut(2).build(),
            Networks.softmax(3));
    assertRefused("at least one spiking layer with neurons", () -> eight.quantize(stock));
    MultiLayerNetwork plain = dense(new SpikingDense.Builder().nOut(5).build());
    INDArray half = plain.params().castTo(DataType.FLOAT16);
    assertSays(
        refused(() -> WholeNumberForm.require(plain, half)), "single or double precision", "HALF");
  }

  @Test
  void shouldRefuseNeuronsThatReadAverages() {
    IntegerQuantization eight = IntegerQuantization.toBits(8);
    MultiLayerNetwork averages = pooledGlobally(PoolingType.AVG, true);
    assertBegins(
        "layer 'hidden' (SpikingDense): inputs must be whole", () -> eight.quantize(averages));
    ComputationGraph graph = averages.toComputationGraph();
    assertThrows(IllegalArgumentException.class, () -> eight.quantize(graph));
    // Sums are whole, and a read-out takes fractions.
    assertEquals(2, eight.quantize(pooledGlobally(PoolingType.SUM, true)).layers().size());
    assertEquals(1, eight.quantize(pooledGlobally(PoolingType.AVG, false)).layers().size());
  }

  @Test
  void shouldRefuseCurrentsWithoutACommonUnit() {
    SpikingDense weights = new SpikingDense.Builder().nOut(4).build();
    assertRefused(
        "layer 'above' (SpikingDense): currents must be added to currents, or charge neurons",
        () -> IntegerQuantization.toBits(8).quantize(ofCurrents(weights)));
    assertRefused(
        "layer 'above' (ActivationLayer): currents must be added to currents, or charge neurons",
        () ->
            IntegerQuantization.toBits(8)
                .quantize(ofCurrents(new ActivationLayer(Activation.IDENTITY))));
  }

  private static ComputationGraph ofCurrents(org.deeplearning4j.nn.conf.layers.Layer above) {
    return Networks.of(
        Networks.seeded(1)
            .graphBuilder()
            .addInputs("features")
            .setInputTypes(InputType.feedForward(3))
            .addLayer("spikes", SpikeEncoding.direct(4).build(), "features")
            .addLayer(
                "currents",
                new SpikingDense.Builder().nOut(5).neuron(new GradedNeuron()).build(),
                "spikes")
            .addLayer("above", above, "currents")
            .addLayer("answer", Networks.softmax(3), "above")
            .setOutputs("answer"));
  }

  private static MultiLayerNetwork pooledGlobally(PoolingType type, boolean hasHidden) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(SpikeEncoding.direct(4).build())
            .layer(new SpikingConvolution2D.Builder(3, 3).nOut(4).build())
            .layer(new SpikingGlobalPooling.Builder(type).build());
    if (hasHidden) {
      list.layer(new SpikingDropout.Builder().retain(0.5).build())
          .layer(new SpikingDense.Builder().name("hidden").nOut(4).build());
    }
    return Networks.of(
        list.layer(Networks.softmax(3)).setInputType(InputType.convolutional(6, 6, 2)).build());
  }

  @Test
  void shouldReportAccuracyWithTheMasksOfSequences() {
    MultiLayerNetwork trained =
        Networks.of(
            Networks.seeded(3),
            InputType.recurrent(3, 12),
            SpikeEncoding.frames().masked(true).build(),
            new SpikingDense.Builder().nOut(12).build(),
            new LeakyReadOut.Builder().nOut(3).reads(MembraneReadOut.LAST).build(),
            new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
    INDArray features = spikes();
    INDArray mask = Nd4j.zeros(DataType.FLOAT, SAMPLES, 12);
    mask.get(all(), interval(0, 3)).assign(1);
    DataSet masked = new DataSet(features, decisions(trained, features, mask), mask, null);
    ComputationGraph graph = trained.toComputationGraph();
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(16).quantize(trained);
    IntegerNetwork<ComputationGraph> graphChip = IntegerQuantization.toBits(16).quantize(graph);
    DataSetIterator data = new ExistingDataSetIterator(List.of(masked));
    assertEquals(1, QuantizationReport.of(trained, chip, data).trainedAccuracy());
    data.reset();
    assertEquals(1, QuantizationReport.of(graph, graphChip, data).trainedAccuracy());
    DataSet whole = new DataSet(features, masked.getLabels());
    assertTrue(trained.evaluate(new ExistingDataSetIterator(List.of(whole))).accuracy() < 1);
  }

  /** What a network answers, as labels. */
  private static INDArray decisions(MultiLayerNetwork network, INDArray features, INDArray mask) {
    INDArray output = network.output(features, false, mask, null);
    return output.eq(output.max(true, 1)).castTo(DataType.FLOAT);
  }

  @Test
  void shouldCompareDecisionsOfASingleOutput() {
    MultiLayerNetwork trained =
        Networks.of(
            Networks.seeded(3),
            InputType.recurrent(3, 12),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder().nOut(5).build(),
            new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build());
    trained.getLayer(2).getParam("b").assign(-5); // answers 0
    DataSet data = new DataSet(spikes(), Nd4j.zeros(DataType.FLOAT, SAMPLES, 1));
    QuantizationReport report =
        QuantizationReport.of(
            trained,
            IntegerQuantization.toBits(16).quantize(trained),
            new ExistingDataSetIterator(List.of(data)));
    assertEquals(1, report.agreement());
  }

  private static MultiLayerNetwork dense(org.deeplearning4j.nn.conf.layers.Layer layer) {
    return Networks.of(
        Networks.seeded(3),
        InputType.recurrent(3, 12),
        SpikeEncoding.frames().build(),
        layer,
        Networks.softmax(3));
  }

  private static MultiLayerNetwork convolutional() {
    Nd4j.getRandom().setSeed(4);
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(4).updater(new Adam(0.01)),
            InputType.convolutional(6, 6, 2),
            SpikeEncoding.direct(8).build(),
            new SpikingConvolution2D.Builder(3, 3)
                .nOut(4)
                .reset(Reset.bySubtraction())
                .normalization(new CurrentNormalization())
                .build(),
            new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
                .reset(Reset.bySubtraction())
                .build(),
            new SpikingDense.Builder().nOut(12).build(),
            Networks.softmax(3));
    network.fit(new DataSet(Nd4j.rand(SAMPLES, 2, 6, 6), Networks.labels(SAMPLES, 3)));
    return network;
  }

  /** Its threshold is as large as the integers allow, since no weight limits it. */
  @Test
  void shouldTakeTheMostThresholdBitsWithASilentChannel() {
    MultiLayerNetwork network = dense(new SpikingDense.Builder().nOut(2).threshold(1).build());
    network.setParam("1_W", WEIGHTS.mulRowVector(Nd4j.createFromArray(1f, 0f)));
    IntegerNetwork.Layer layer =
        IntegerQuantization.toBits(8).thresholdBits(24).quantize(network).layers().get(0);
    assertArrayEquals(new int[] {254, 1 << 23}, layer.neuron().thresholds());
  }

  /** Small weights would have thresholds, or adaptations, of more units than the neurons take. */
  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16})
  void shouldFindUnitsThatAdLifNeuronsTake(int bits) {
    for (float scale : new float[] {0, 1e-3f, 1}) {
      MultiLayerNetwork network =
          dense(
              new SpikingDense.Builder()
                  .nOut(5)
                  .neuron(AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, 5, 3))
                  .build());
      network.getParam("1_W").muli(scale);
      IntegerNetwork.Layer layer =
          IntegerQuantization.toBits(bits).quantize(network).layers().get(0);
      assertTrue(layer.neuron().thresholds()[0] > 100, layer.toString());
    }
  }

  private static INDArray spikes() {
    return Nd4j.rand(DataType.FLOAT, SAMPLES, 3, 12).gt(0.5).castTo(DataType.FLOAT);
  }

  private static IntegerNetwork.Layer first(MultiLayerNetwork network) {
    return IntegerQuantization.toBits(8).quantize(network).layers().get(0);
  }

  /** Whole numbers need no rounding; currents that are passed on have none. */
  @Test
  void shouldRoundEveryNeuronThatHasAFormInWholeNumbers() {
    BuiltInNeurons.assertAllIn(
        "MembraneNumbers",
        MembraneNumbers.FORMS.stream().map(MembraneNumbers.Form::type).toList(),
        GradedNeuron.class,
        IntegerNeuron.class,
        IntegerSynapticNeuron.class,
        IntegerAdaptiveNeuron.class,
        IntegerAdLifNeuron.class,
        IntegerRefractoryNeuron.class);
  }

  static List<NeuronDynamics> neuronsWithMore() {
    SpikingNeuron membrane = new SpikingNeuron(0.5, 0.9, Reset.bySubtraction(), 0);
    return List.of(
        new AdaptiveNeuron(membrane, 0.2, 0.9),
        new RefractoryNeuron(membrane, 2),
        AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, 5, 3).withThreshold(0.05),
        AdLifNeuron.drawn(AdLifNeuron.Form.EULER, 5, 4).withThreshold(0.05));
  }

  /** Fine units change few spikes. */
  @ParameterizedTest
  @MethodSource("neuronsWithMore")
  void shouldFireAlmostAsNeuronsWithMoreThanAMembraneDo(NeuronDynamics neuron) {
    MultiLayerNetwork trained = dense(new SpikingDense.Builder().nOut(5).neuron(neuron).build());
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(12).quantize(trained);
    INDArray features = Nd4j.rand(5L, new long[] {SAMPLES, 3, 12}).gt(0.4).castTo(DataType.FLOAT);
    INDArray rates = trained.feedForward(features).get(2);
    INDArray whole = chip.network().feedForward(features).get(2);
    double mean = rates.meanNumber().doubleValue();
    assertTrue(mean > 0.05 && mean < 0.95, "mean rate " + mean);
    double difference = Transforms.abs(rates.sub(whole)).meanNumber().doubleValue();
    assertTrue(difference < 0.03 * mean, difference + " beside " + mean);
  }

  /** The bound is one of the worst input, which no sample comes near. */
  @Test
  void shouldFitMembranesIntoFewerBits() {
    IntegerQuantization eight = IntegerQuantization.toBits(8);
    MultiLayerNetwork trained =
        Networks.of(
            Networks.seeded(3),
            InputType.convolutional(8, 8, 2),
            SpikeEncoding.poisson(60).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(6).build(),
            new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(8).build(),
            new SpikingDense.Builder().nOut(10).build(),
            Networks.softmax(3));
    IntegerNetwork<MultiLayerNetwork> wide = eight.quantize(trained);
    IntegerNetwork<MultiLayerNetwork> narrow =
        eight.membraneBits(16, 60, FeatureRange.DEFAULT).quantize(trained);
    assertTrue(
        narrow.layers().get(2).neuron().threshold() < wide.layers().get(2).neuron().threshold());
    // Pooling: equal weights become 1, and the threshold three of them.
    assertArrayEquals(
        new int[] {1}, Arrays.stream(narrow.layers().get(1).weights()).distinct().toArray());
    // A fully connected layer has few membranes.
    assertArrayEquals(wide.layers().get(3).weights(), narrow.layers().get(3).weights());
    assertRefused(
        "membranes cannot fit into 8 bits over 1000000 steps",
        () -> eight.membraneBits(8, 1_000_000, FeatureRange.DEFAULT).quantize(trained));
  }
}
