package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.monitor.EarlyAnswers;
import org.dl4jsnn.monitor.NeuroBench;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.SameAsLibrary;
import org.dl4jsnn.runtime.SpikingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Layers that wait for the window of the layer below, in the library and in the runtime. */
class AccumulationTest {

  private static final int STEPS = 4;
  private static final InputType IMAGES = InputType.convolutional(6, 5, 2);

  @TempDir private Path folder;

  private static Layer first() {
    return new SpikingConvolution2D.Builder(3, 3).nOut(40).threshold(0.8).name("first").build();
  }

  private static Layer second() {
    return new SpikingDense.Builder().nOut(20).threshold(2).name("second").build();
  }

  private static Layer readOut() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static Layer accumulation() {
    return new SpikeAccumulation.Builder().name("window").build();
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        Networks.seeded(1),
        IMAGES,
        SpikeEncoding.direct(STEPS).build(),
        first(),
        accumulation(),
        second(),
        readOut());
  }

  private static INDArray images(int count) {
    Nd4j.getRandom().setSeed(3);
    return Nd4j.rand(count, 2, 6, 5);
  }

  @Test
  void shouldChargeWithTheNumbersOfSpikesAtEveryStep() {
    MultiLayerNetwork network = network();
    INDArray counts = network.feedForward(images(7)).get(2).mul(STEPS);
    MultiLayerNetwork above =
        Networks.of(
            Networks.seeded(1),
            InputType.feedForward(counts.length() / 7),
            SpikeEncoding.direct(STEPS).build(),
            second(),
            readOut());
    above.getLayer(1).setParams(network.getLayer(3).params().dup());
    above.getLayer(2).setParams(network.getLayer(4).params().dup());
    assertTrue(counts.maxNumber().doubleValue() > 1);
    assertEquals(above.output(counts.reshape(7, -1)), network.output(images(7)));
  }

  @Test
  void shouldCountAnAdditionForEverySpike() {
    MultiLayerNetwork network = network();
    INDArray images = images(2);
    double spikes =
        network.feedForward(images).get(2).sumNumber().doubleValue() * STEPS / images.size(0);
    SynapticOperations.OfLayer second = SynapticOperations.count(network, images).get(1);
    assertEquals(20 * spikes, second.additions(), 1e-3);
    assertFalse(second.constantInput());
    assertEquals(20 * spikes, NeuroBench.of(network, images).effectiveAcs(), 1e-3);
  }

  @Test
  void shouldCountAdditionsBehindWhatReadsSeveralWindows() {
    ComputationGraph graph =
        Networks.of(
            Networks.seeded(1)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(IMAGES)
                .addLayer("encoding", SpikeEncoding.direct(STEPS).build(), "image")
                .addLayer("one", first(), "encoding")
                .addLayer("other", first(), "encoding")
                .addLayer("window", accumulation(), "one")
                .addLayer("another", accumulation(), "other")
                .addVertex("sum", new SpikingAdd(), "window", "another")
                .addVertex("both", new SpikingConcatenate(), "sum", "window")
                .addLayer("above", second(), "both")
                .addLayer("answer", readOut(), "above")
                .setOutputs("answer"));
    INDArray images = images(2);
    Map<String, INDArray> rates = graph.feedForward(images, false);
    double spikes =
        (2 * rates.get("one").sumNumber().doubleValue()
                + rates.get("other").sumNumber().doubleValue())
            * STEPS
            / images.size(0);
    SynapticOperations.OfLayer above =
        SynapticOperations.count(graph, images).stream()
            .filter(layer -> layer.layer().equals("above"))
            .findFirst()
            .orElseThrow();
    assertEquals(20 * spikes, above.additions(), 1e-3);
  }

  @Test
  void shouldRunAlikeWithoutDeeplearning4j() throws IOException {
    MultiLayerNetwork network = network();
    SpikingModel model = SameAsLibrary.model(RuntimeExport.inSinglePrecision(), network);
    SameAsLibrary.assertSameSpikes(network, model, images(5));
    float[] pixels = images(1).dup('c').data().asFloat();
    assertArrayEquals(
        model.run(pixels).outputs(), model.run(EarlyExit.never(), pixels).outputs(), 0);
  }

  @Test
  void shouldRefusePartsOfWindowsWithoutDeeplearning4j() throws IOException {
    SpikingModel model = SameAsLibrary.model(RuntimeExport.inSinglePrecision(), network());
    String waiting = "must have no layer that waits for the end of a window, got 'window'";
    assertRefused(() -> model.stepByStep(new float[60]), waiting);
    assertRefused(model::stream, waiting);
    assertRefused(() -> model.run(EarlyExit.lead(1), new float[60]), waiting);
    assertRefused(() -> model.withSteps(5), waiting);
  }

  @Test
  void shouldFireTheSameAsANetworkOfWholeNumbers() {
    MultiLayerNetwork network = network();
    IntegerNetwork<MultiLayerNetwork> whole =
        IntegerQuantization.toBits(8)
            .membraneBits(16, STEPS, FeatureRange.DEFAULT)
            .quantize(network);
    MultiLayerNetwork rounded = whole.network();
    INDArray counts = rounded.feedForward(images(7)).get(2);
    assertEquals(counts.mul(STEPS), Transforms.round(counts.mul(STEPS)));
    assertRefused(
        () -> CExport.named("digits").write(whole, folder.resolve("c")),
        "a layer must not wait for the end of a window, got 'window'");
  }

  @Test
  void shouldRefusePartsOfWindows() {
    MultiLayerNetwork network = network();
    assertRefused(
        () -> EarlyAnswers.of(network, EarlyExit.lead(1), images(1)),
        "an early answer must not have to wait for the end of the window, got 'window'");
    assertEquals(network.params(), TimeSteps.change(network, STEPS).params());
    assertRefused(
        () -> TimeSteps.change(network, 3),
        "T must stay as it was trained, since currents behind layer 'window' (SpikeAccumulation)"
            + " grow with it, got 3");
    assertRefused(
        () -> network.rnnTimeStep(images(1)),
        "layer 'window' (SpikeAccumulation): spikes must come as whole windows");
  }
}
