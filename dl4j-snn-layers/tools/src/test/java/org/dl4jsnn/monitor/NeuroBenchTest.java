package org.dl4jsnn.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Messages;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Networks that ran in snnTorch, and what NeuroBench's harness printed of them. */
class NeuroBenchTest {

  private static final Path OWN = Path.of("src/test/resources/golden/neurobench");

  /** The test's own folders, and further ones like them. */
  static Stream<Path> folders() throws IOException {
    String further = System.getProperty("neurobench.golden.dir", "");
    Stream<Path> others = further.isEmpty() ? Stream.empty() : list(Path.of(further));
    return Stream.concat(list(OWN), others).filter(Files::isDirectory);
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void shouldGiveTheNumbersOfTheHarness(Path folder) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    List<INDArray> spikes = arrays(folder, "spikes");
    INDArray input = timeAfterChannels(read(folder.resolve("input.npy")));
    MultiLayerNetwork network = network(arrays(folder, "weight"), input, expected.get("betas"));
    SpikeRecording recording = SpikeProbe.of(network).allLayers().record(input);
    for (int k = 0; k < spikes.size(); k++) {
      INDArray fired = Nd4j.create(Spikes.of(recording.train(name(k))));
      assertEquals(spikes.get(k), fired.reshape(spikes.get(k).shape()));
    }
    NeuroBench actual = NeuroBench.of(network, input);

    JsonNode synaptic = expected.get("SynapticOperations");
    JsonNode neuron = expected.get("NeuronOperations");
    assertEquals(expected.get("Footprint").asLong(), actual.footprint());
    assertEquals(expected.get("ParameterCount").asLong(), actual.parameterCount());
    assertEquals( // rounded by the harness
        expected.get("ConnectionSparsity").asDouble(), actual.connectionSparsity(), 5e-5);
    assertEquals(expected.get("ActivationSparsity").asDouble(), actual.activationSparsity(), 1e-12);
    assertEquals(expected.get("MembraneUpdates").asDouble(), actual.membraneUpdates(), 1e-9);
    assertEquals(neuron.get("Effective Neuron Ops").asDouble(), actual.neuronOperations(), 1e-9);
    assertEquals(neuron.get("Neuron Dense Ops").asDouble(), actual.denseNeuronOperations(), 1e-9);
    assertEquals(synaptic.get("Dense").asDouble(), actual.dense());
    assertEquals(synaptic.get("Effective_MACs").asDouble(), actual.effectiveMacs());
    assertEquals(synaptic.get("Effective_ACs").asDouble(), actual.effectiveAcs());
  }

  /** One per layer, in the order of the layers' numbers. */
  private static List<INDArray> arrays(Path folder, String name) throws IOException {
    return list(folder)
        .filter(file -> file.getFileName().toString().startsWith(name))
        .sorted(Comparator.comparingInt(NeuroBenchTest::number))
        .map(NeuroBenchTest::read)
        .toList();
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
  }

  private static INDArray read(Path file) {
    return Nd4j.createFromNpyFile(file.toFile()).castTo(DataType.FLOAT);
  }

  /** From [sample, step, …] to Deeplearning4j's order. */
  private static INDArray timeAfterChannels(INDArray array) {
    return array.rank() == 3 ? array.permute(0, 2, 1).dup() : array.permute(0, 2, 1, 3, 4).dup();
  }

  private static String name(int layer) {
    return "neurons" + layer;
  }

  private static MultiLayerNetwork network(List<INDArray> weights, INDArray input, JsonNode betas) {
    Layer[] layers = new Layer[weights.size()];
    for (int k = 0; k < layers.length; k++) {
      INDArray weight = weights.get(k);
      NeuronDynamics neuron = leaky(betas.get(k).asDouble());
      int n = (int) weight.size(0);
      layers[k] =
          weight.rank() == 2
              ? new SpikingDense.Builder().name(name(k)).nOut(n).neuron(neuron).build()
              : new SpikingConvolution2D.Builder((int) weight.size(2), (int) weight.size(3))
                  .name(name(k))
                  .nOut(n)
                  .neuron(neuron)
                  .build();
    }
    MultiLayerNetwork network =
        network(
            input.rank() == 3
                ? InputType.recurrent(input.size(1))
                : InputType.convolutional3D(
                    Convolution3D.DataFormat.NCDHW,
                    input.size(2),
                    input.size(3),
                    input.size(4),
                    input.size(1)),
            layers);
    for (int k = 0; k < layers.length; k++) {
      INDArray weight = weights.get(k);
      network.setParam(k + 1 + "_W", weight.rank() == 2 ? weight.transpose().dup() : weight);
    }
    return network;
  }

  private static MultiLayerNetwork network(InputType type, Layer... layers) {
    return Networks.of(
        Networks.seeded(1).convolutionMode(ConvolutionMode.Same),
        type,
        SpikeEncoding.frames().build(),
        layers,
        new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build());
  }

  /** snnTorch's {@code Leaky(reset_mechanism='subtract', reset_delay=False)}. */
  private static NeuronDynamics leaky(double beta) {
    List<Double> none = List.of(0.0);
    List<Double> one = List.of(1.0);
    LinearStep membrane = new LinearStep(Integration.DECAY, one, List.of(beta), none, none);
    return new LinearNeuron(
        Charging.of(membrane), Firing.ABOVE, one, MembraneReset.BY_SUBTRACTION_ONCE, none);
  }

  /** The figures that NeuroBench prints for its example of spoken words, whatever the data. */
  @Test
  void shouldGiveTheFiguresOfTheExampleOfSpokenWords() {
    Layer[] layers =
        IntStream.of(256, 256, 256, 35)
            .mapToObj(
                n ->
                    (Layer)
                        new SpikingDense.Builder().nOut(n).hasBias(true).neuron(leaky(0.9)).build())
            .toArray(Layer[]::new);
    NeuroBench metrics =
        NeuroBench.of(network(InputType.recurrent(20), layers), Nd4j.zeros(1, 20, 200));
    assertEquals(29_030_400, metrics.dense());
    assertEquals(583_900, metrics.footprint());
    assertEquals(0, metrics.effectiveAcs());
  }

  @Test
  void shouldCountGradedInputAndTheReadOutAsMultiplyAdds() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1),
            InputType.feedForward(5),
            SpikeEncoding.direct(4).build(),
            new SpikingDense.Builder().nOut(3).threshold(0.1).build(),
            Networks.softmax(2));
    network.setParam("1_W", Nd4j.ones(5, 3));
    network.setParam("2_W", Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}, {0, 1}}));
    INDArray features = Nd4j.createFromArray(new float[][] {{0.5f, 0, 0, 0.25f, 0}});
    NeuroBench metrics = NeuroBench.of(network, features);
    assertEquals(4 * 5 * 3 + 3 * 2, metrics.dense());
    assertEquals(4 * 2 * 3 + 4, metrics.effectiveMacs());
    assertEquals(0, metrics.effectiveAcs());
    assertEquals(2 / 21.0, metrics.connectionSparsity(), 1e-12);
  }

  /**
   * Neuron 0 fires at all three steps, and neuron 1, through 0.3 of the recurrent weights, last.
   */
  @Test
  void shouldCountRecurrentSpikesFromTheNextStepOn() {
    MultiLayerNetwork network =
        network(
            InputType.recurrent(2), new SpikingRecurrent.Builder().nOut(3).threshold(0.5).build());
    network.setParam("1_W", Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 0, 0}}));
    network.setParam(
        "1_RW", Nd4j.createFromArray(new float[][] {{0, 0.3f, 0}, {0, 0, 0}, {0, 0, 0}}));
    INDArray features = Nd4j.createFromArray(new float[][][] {{{1, 1, 1}, {0, 0, 0}}});
    NeuroBench metrics = NeuroBench.of(network, features);
    assertEquals(3 * (2 * 3 + 3 * 3), metrics.dense());
    assertEquals(3 + 2 * 3, metrics.effectiveAcs());
    assertEquals(0, metrics.effectiveMacs());
    assertEquals(1 - 4 / 9.0, metrics.activationSparsity(), 1e-12);
    assertEquals(5 / 15.0, metrics.connectionSparsity(), 1e-12);
    // All at first, then neuron 1 twice: from 0.3 to 0.6, and over its spike to 0.3.
    assertEquals(5, metrics.membraneUpdates());
    assertEquals(4 * 5, metrics.neuronOperations());
    assertEquals(4 * 9, metrics.denseNeuronOperations());
    assertEquals(4 * (6 + 9) + 20, metrics.footprint());
  }

  @Test
  void shouldRefuseWeightsOfOtherLayers() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1),
            InputType.feedForward(5),
            new DenseLayer.Builder().nOut(4).build(),
            SpikeEncoding.direct(2).build(),
            new SpikingDense.Builder().nOut(3).build(),
            Networks.softmax(2));
    Messages.assertBegins(
        "weights must be those of spiking layers and of the read-out, got",
        () -> NeuroBench.of(network, Nd4j.rand(2, 5)));
  }
}
