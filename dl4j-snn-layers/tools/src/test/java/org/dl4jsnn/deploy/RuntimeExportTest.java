package org.dl4jsnn.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
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

  /** A custom neuron. */
  public record Threshold() implements DifferentiableDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public List<StateVariable> variables() {
      return List.of(new StateVariable("x", 0));
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {
      System.arraycopy(neurons.variable(0), 0, excess, 0, excess.length);
    }

    @Override
    public void reset(Neurons neurons) {
      // Forgets nothing.
    }

    @Override
    public void differentiate(LocalDerivatives at) {
      // Never trained.
    }
  }

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().seed(1).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return Networks.of(list.setInputType(input).build());
  }

  private static OutputLayer output(Activation activation) {
    return new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(activation).build();
  }

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(3).name("hidden").build();
  }

  private String refusal(NeuralNetwork network) {
    Path file = folder.resolve("refused.snn");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> RuntimeExport.inSinglePrecision().write(network, file))
            .getMessage();
    assertFalse(Files.exists(file));
    return message;
  }

  @Test
  void shouldRefuseStockLayersByName() {
    Layer stock = new DenseLayer.Builder().nOut(4).name("stock").build();
    String message =
        refusal(
            network(
                InputType.feedForward(3),
                SpikeEncoding.direct(3).build(),
                dense(),
                stock,
                output(Activation.SOFTMAX)));
    assertTrue(
        message.startsWith("layer 'stock' (DenseLayer): the runtime has no such layer"), message);
  }

  @Test
  void shouldRefuseOtherActivationsAndCustomNeurons() {
    InputType input = InputType.feedForward(3);
    String activation =
        refusal(network(input, SpikeEncoding.direct(3).build(), dense(), output(Activation.TANH)));
    assertTrue(
        activation.endsWith("activations identity, softmax and sigmoid, got tanh"), activation);
    Layer custom =
        new SpikingDense.Builder().nOut(3).name("custom").neuron(new Threshold()).build();
    String neuron =
        refusal(
            network(input, SpikeEncoding.direct(3).build(), custom, output(Activation.SOFTMAX)));
    assertTrue(
        neuron.startsWith(
            "layer 'custom' (SpikingDense): neurons must be one of SpikingNeuron, SynapticNeuron,"
                + " "),
        neuron);
  }

  @Test
  void shouldRefuseOtherEncodings() {
    InputType input = InputType.feedForward(3);
    TuningCurves curves = new TuningCurves(3, 0, 1);
    SpikeEncoder twice =
        SpikeEncoder.population(curves, SpikeEncoder.population(curves, SpikeEncoder.direct(3, 1)));
    String population =
        refusal(
            network(input, SpikeEncoding.by(twice).build(), dense(), output(Activation.SOFTMAX)));
    assertTrue(
        population.contains("the runtime has the encodings poisson, direct, frames, latency"),
        population);
    String fresh =
        refusal(
            network(
                input,
                SpikeEncoding.poisson(9).freshInferenceNoise(true).build(),
                dense(),
                output(Activation.SOFTMAX)));
    assertTrue(fresh.contains("no fresh noise"), fresh);
  }

  @Test
  void shouldRefuseANetworkThatKnowsNoShape() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.direct(3).build())
                .layer(new SpikingDense.Builder().nIn(3).nOut(3).build())
                .build());
    String message = refusal(network);
    assertTrue(
        message.contains("Possible cause: the configuration was built without setInputType"),
        message);
  }

  @Test
  void shouldRefuseStockVertices() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(3))
                .addLayer("spikes", SpikeEncoding.direct(3).build(), "in")
                .addLayer("a", dense(), "spikes")
                .addLayer("b", new SpikingDense.Builder().nOut(3).build(), "spikes")
                .addVertex("rates", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addLayer("out", output(Activation.SOFTMAX), "rates")
                .setOutputs("out")
                .build());
    graph.init();
    String message = refusal(graph);
    assertTrue(
        message.startsWith("layer 'rates' (ElementWiseVertex): the runtime has no such vertex"),
        message);
  }

  /** Otherwise all but the last would be dropped. */
  @Test
  void shouldRefuseSeveralInputsAndOutputs() {
    ComputationGraph outputs =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(3))
                .addLayer("spikes", SpikeEncoding.direct(3).build(), "in")
                .addLayer("left", dense(), "spikes")
                .addLayer("right", dense(), "spikes")
                .setOutputs("left", "right")
                .build());
    outputs.init();
    assertEquals("a network must have one output, got left, right", refusal(outputs));
    ComputationGraph inputs =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(InputType.feedForward(3), InputType.feedForward(3))
                .addLayer("spikes", SpikeEncoding.direct(3).build(), "left")
                .addLayer("more", SpikeEncoding.direct(3).build(), "right")
                .addVertex("sum", new SpikingAdd(), "spikes", "more")
                .addLayer("hidden", dense(), "sum")
                .setOutputs("hidden")
                .build());
    inputs.init();
    assertEquals("a network must have one input, got left, right", refusal(inputs));
  }

  /** The runtime would round it, and the spikes would differ from the network's. */
  @Test
  void shouldRefuseDoublePrecision() {
    MultiLayerNetwork network =
        network(
            InputType.feedForward(3),
            SpikeEncoding.direct(3).build(),
            dense(),
            output(Activation.SOFTMAX));
    String message = refusal(network.convertDataType(DataType.DOUBLE));
    assertTrue(message.startsWith("parameters must be of single or half precision"), message);
  }

  @Test
  void shouldRefuseOtherBits() {
    assertEquals(
        "bits of a weight must be from 2 to 16, got 17",
        assertThrows(IllegalArgumentException.class, () -> RuntimeExport.toBits(17)).getMessage());
  }

  @Test
  void shouldTakeAQuarterOfTheBytesForEightBits() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.feedForward(100),
            SpikeEncoding.direct(3).build(),
            new SpikingDense.Builder().nOut(200).build(),
            output(Activation.SOFTMAX));
    int floats = written(RuntimeExport.inSinglePrecision(), network).length;
    int bytes = written(RuntimeExport.toBits(8), network).length;
    assertTrue(floats > 80_000 && floats < 83_000, floats + "");
    assertTrue(bytes > 20_000 && bytes < 23_000, bytes + "");
  }

  @Test
  void shouldTakeAQuarterOfTheBytesOfRecurrentLayersToo() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.recurrent(20, 5),
            SpikeEncoding.frames().build(),
            new SpikingRecurrent.Builder().nOut(256).build(),
            output(Activation.SOFTMAX));
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
    String text =
        assertThrows(
                IllegalArgumentException.class, () -> export.write(named("x".repeat(1500)), file))
            .getMessage();
    assertTrue(
        text.startsWith("name of a layer must have at most 1000 bytes in UTF-8, got 1500"), text);
    assertFalse(Files.exists(file));
  }

  private static MultiLayerNetwork named(String name) {
    return network(
        InputType.feedForward(4),
        SpikeEncoding.direct(3).build(),
        new SpikingDense.Builder().nOut(3).name(name).build(),
        output(Activation.SOFTMAX));
  }

  /** Readers of earlier releases still read what they can run. */
  @Test
  void shouldWriteTheFirstVersionThatHoldsANetwork() throws IOException {
    MultiLayerNetwork dense =
        network(
            InputType.feedForward(4),
            SpikeEncoding.direct(3).build(),
            dense(),
            output(Activation.SOFTMAX));
    MultiLayerNetwork recurrent =
        network(
            InputType.recurrent(4, 3),
            SpikeEncoding.frames().build(),
            new SpikingRecurrent.Builder().nOut(3).build(),
            output(Activation.SOFTMAX));
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
