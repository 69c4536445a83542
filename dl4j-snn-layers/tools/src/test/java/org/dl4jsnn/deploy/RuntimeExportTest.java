package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.encode.TuningCurves;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.Unrecognised;
import org.dl4jsnn.runtime.SpikingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the runtime cannot run is refused by the layer's name; nothing is written then. */
class RuntimeExportTest {

  /** The last byte of the version. */
  private static final int VERSION_AT = 9;

  @TempDir private Path folder;

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    return Networks.of(Networks.seeded(1), input, layers);
  }

  private static final InputType VECTORS = InputType.feedForward(3);

  private static SpikeEncoding direct() {
    return SpikeEncoding.direct(3).build();
  }

  private static OutputLayer softmax() {
    return output(Activation.SOFTMAX);
  }

  private static OutputLayer output(Activation activation) {
    return new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(activation).build();
  }

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(3).name("hidden").build();
  }

  private void assertRefusedWith(String part, NeuralNetwork network) {
    Path file = folder.resolve("refused.snn");
    assertRefused(part, () -> RuntimeExport.inSinglePrecision().write(network, file));
    assertFalse(Files.exists(file));
  }

  @Test
  void shouldRefuseWhatTheRuntimeHasNoFormFor() {
    Layer stock = new DenseLayer.Builder().nOut(4).name("stock").build();
    assertRefusedWith(
        "layer 'stock' (DenseLayer): the runtime has no such layer",
        network(VECTORS, direct(), dense(), stock, softmax()));
    assertRefusedWith(
        "Possible cause: the configuration was built without setInputType",
        Networks.of(
            Networks.seeded(1), direct(), new SpikingDense.Builder().nIn(3).nOut(3).build()));
    assertRefusedWith(
        "parameters must be of single or half precision",
        network(VECTORS, direct(), dense(), softmax()).convertDataType(DataType.DOUBLE));
    assertMessage("bits of a weight must be from 2 to 16, got 17", () -> RuntimeExport.toBits(17));
  }

  @Test
  void shouldRefuseOtherActivationsAndCustomNeurons() {
    assertRefusedWith(
        "activations identity, softmax and sigmoid, got tanh",
        network(VECTORS, direct(), dense(), output(Activation.TANH)));
    NeuronDynamics custom = new Unrecognised(SpikingNeuron.integrateAndFire(1));
    assertRefusedWith(
        "layer 'custom' (SpikingDense): neurons must be one of SpikingNeuron, SynapticNeuron, ",
        network(
            VECTORS,
            direct(),
            new SpikingDense.Builder().nOut(3).name("custom").neuron(custom).build(),
            softmax()));
  }

  @Test
  void shouldRefuseOtherEncodings() {
    TuningCurves curves = new TuningCurves(3, 0, 1);
    SpikeEncoder twice =
        SpikeEncoder.population(curves, SpikeEncoder.population(curves, SpikeEncoder.direct(3, 1)));
    assertRefusedWith(
        "the runtime has the encodings poisson, direct, frames, latency",
        network(VECTORS, SpikeEncoding.by(twice).build(), dense(), softmax()));
    SpikeEncoding fresh = SpikeEncoding.poisson(9).freshInferenceNoise(true).build();
    assertRefusedWith("no fresh noise", network(VECTORS, fresh, dense(), softmax()));
  }

  @Test
  void shouldRefuseStockVertices() {
    ComputationGraph graph =
        Networks.of(
            Networks.graph(new NeuralNetConfiguration.Builder(), VECTORS)
                .addLayer("spikes", direct(), "in")
                .addLayer("a", dense(), "spikes")
                .addLayer("b", new SpikingDense.Builder().nOut(3).build(), "spikes")
                .addVertex("rates", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addLayer("out", softmax(), "rates")
                .setOutputs("out"));
    assertRefusedWith("layer 'rates' (ElementWiseVertex): the runtime has no such vertex", graph);
  }

  /** Otherwise all but the last would be dropped. */
  @Test
  void shouldRefuseSeveralInputsAndOutputs() {
    ComputationGraph outputs =
        Networks.of(
            Networks.graph(new NeuralNetConfiguration.Builder(), VECTORS)
                .addLayer("spikes", direct(), "in")
                .addLayer("left", dense(), "spikes")
                .addLayer("right", dense(), "spikes")
                .setOutputs("left", "right"));
    assertRefusedWith("a network must have one output, got left, right", outputs);
    ComputationGraph inputs =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(VECTORS, VECTORS)
                .addLayer("spikes", direct(), "left")
                .addLayer("more", direct(), "right")
                .addVertex("sum", new SpikingAdd(), "spikes", "more")
                .addLayer("hidden", dense(), "sum")
                .setOutputs("hidden"));
    assertRefusedWith("a network must have one input, got left, right", inputs);
  }

  @Test
  void shouldTakeAQuarterOfTheBytesOfRecurrentLayersToo() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.recurrent(20, 5),
            SpikeEncoding.frames().build(),
            new SpikingRecurrent.Builder().nOut(256).build(),
            softmax());
    int floats = written(RuntimeExport.inSinglePrecision(), network).length;
    int bytes = written(RuntimeExport.toBits(8), network).length;
    assertTrue(floats > 4 * 256 * 276, floats + "");
    assertTrue(bytes < floats / 3.8, bytes + " of " + floats);
    int two = written(RuntimeExport.toBits(16), network).length;
    assertTrue(two < floats / 1.9, two + " of " + floats);
  }

  @Test
  void shouldRefuseNamesThatTheReaderRefuses() throws IOException {
    Path file = folder.resolve("long.snn");
    RuntimeExport export = RuntimeExport.inSinglePrecision();
    export.write(named("é".repeat(500)), file);
    assertTrue(SpikingModel.load(file).layers().contains("é".repeat(500)));
    Files.delete(file);
    assertBegins(
        "name of a layer must have at most 1000 bytes in UTF-8, got 1500",
        () -> export.write(named("x".repeat(1500)), file));
    assertFalse(Files.exists(file));
  }

  private static MultiLayerNetwork named(String name) {
    return network(
        InputType.feedForward(4),
        direct(),
        new SpikingDense.Builder().nOut(3).name(name).build(),
        softmax());
  }

  /** Readers of earlier releases still read what they can run. */
  @Test
  void shouldWriteTheFirstVersionThatHoldsANetwork() throws IOException {
    MultiLayerNetwork dense = network(InputType.feedForward(4), direct(), dense(), softmax());
    MultiLayerNetwork recurrent =
        network(
            InputType.recurrent(4, 3),
            SpikeEncoding.frames().build(),
            new SpikingRecurrent.Builder().nOut(3).build(),
            softmax());
    assertEquals(1, written(RuntimeExport.toBits(8), dense)[VERSION_AT]);
    assertEquals(1, written(RuntimeExport.inSinglePrecision(), recurrent)[VERSION_AT]);
    assertEquals(3, written(RuntimeExport.toBits(8), recurrent)[VERSION_AT]);
  }

  private static byte[] written(RuntimeExport export, NeuralNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.write(network, out);
    return out.toByteArray();
  }
}
