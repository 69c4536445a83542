package org.dl4jsnn.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Networks that ran in snnTorch, and what NeuroBench's harness printed of them. */
class NeuroBenchTest {

  /** A folder of further folders like the test's own. */
  private static final String FURTHER = "neurobench.golden.dir";

  private static final Path OWN = Path.of("src/test/resources/golden/neurobench");

  static Stream<Path> folders() throws IOException {
    String further = System.getProperty(FURTHER, "");
    return further.isEmpty() ? list(OWN) : Stream.concat(list(OWN), list(Path.of(further)));
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void shouldGiveTheNumbersOfTheHarness(Path folder) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    List<INDArray> weights = arrays(folder, "weight");
    List<INDArray> spikes = arrays(folder, "spikes");
    INDArray input = timeAfterChannels(read(folder.resolve("input.npy")));
    MultiLayerNetwork network = network(weights, input, expected.get("betas"));
    SpikeRecording recording = SpikeProbe.of(network).allLayers().record(input);
    for (int k = 0; k < spikes.size(); k++) {
      assertEquals(spikes.get(k), spikes(recording.train("neurons" + k), spikes.get(k).shape()));
    }
    NeuroBench actual = NeuroBench.of(network, input);

    JsonNode synaptic = expected.get("SynapticOperations");
    JsonNode neuron = expected.get("NeuronOperations");
    assertEquals(expected.get("Footprint").asLong(), actual.footprint());
    assertEquals(
        expected.get("ConnectionSparsity").asDouble(),
        actual.connectionSparsity(),
        5e-5); // rounded
    assertEquals(expected.get("ActivationSparsity").asDouble(), actual.activationSparsity(), 1e-12);
    assertEquals(expected.get("MembraneUpdates").asDouble(), actual.membraneUpdates(), 1e-9);
    assertEquals(neuron.get("Effective Neuron Ops").asDouble(), actual.neuronOperations(), 1e-9);
    assertEquals(neuron.get("Neuron Dense Ops").asDouble(), actual.denseNeuronOperations(), 1e-9);
    assertEquals(synaptic.get("Dense").asDouble(), actual.dense());
    assertEquals(synaptic.get("Effective_MACs").asDouble(), actual.effectiveMacs());
    assertEquals(synaptic.get("Effective_ACs").asDouble(), actual.effectiveAcs());
  }

  /** A file per layer, in the order of the layers' numbers. */
  private static List<INDArray> arrays(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .sorted()
          .map(NeuroBenchTest::read)
          .toList();
    }
  }

  private static INDArray read(Path file) {
    return Nd4j.createFromNpyFile(file.toFile()).castTo(DataType.FLOAT);
  }

  /** [sample, step, …]. */
  private static INDArray spikes(SpikeTrain train, long[] shape) {
    INDArray spikes = Nd4j.zeros(DataType.FLOAT, shape);
    FeatureShape neurons = train.shape();
    SpikeEvents events = new SpikeEvents(neurons);
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        long first = ((long) sample * train.steps() + step) * neurons.neurons();
        for (int e = 0; e < events.size(); e++) {
          spikes.data().put(first + neurons.arrayIndex(events.neuron(e)), 1);
        }
      }
    }
    return spikes;
  }

  /** From [sample, step, …] to Deeplearning4j's order. */
  private static INDArray timeAfterChannels(INDArray array) {
    return array.rank() == 3 ? array.permute(0, 2, 1).dup() : array.permute(0, 2, 1, 3, 4).dup();
  }

  private static MultiLayerNetwork network(List<INDArray> weights, INDArray input, JsonNode betas) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .convolutionMode(ConvolutionMode.Same)
            .list()
            .layer(SpikeEncoding.frames().build());
    for (int k = 0; k < weights.size(); k++) {
      INDArray weight = weights.get(k);
      NeuronDynamics neuron = leaky(betas.get(k).asDouble());
      int outputs = (int) weight.size(0);
      layers.layer(
          weight.rank() == 2
              ? new SpikingDense.Builder()
                  .name("neurons" + k)
                  .nOut(outputs)
                  .hasBias(false)
                  .neuron(neuron)
                  .build()
              : new SpikingConvolution2D.Builder(3, 3)
                  .name("neurons" + k)
                  .nOut(outputs)
                  .hasBias(false)
                  .neuron(neuron)
                  .build());
    }
    layers.layer(new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build());
    layers.setInputType(
        input.rank() == 3
            ? InputType.recurrent(input.size(1))
            : InputType.convolutional3D(
                Convolution3D.DataFormat.NCDHW,
                input.size(2),
                input.size(3),
                input.size(4),
                input.size(1)));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    for (int k = 0; k < weights.size(); k++) {
      INDArray weight = weights.get(k);
      network.setParam(k + 1 + "_W", weight.rank() == 2 ? weight.transpose().dup() : weight);
    }
    return network;
  }

  /** snnTorch's {@code Leaky(reset_mechanism='subtract', reset_delay=False)}. */
  private static NeuronDynamics leaky(double beta) {
    List<Double> none = List.of(0.0);
    LinearStep membrane =
        new LinearStep(Integration.DECAY, List.of(1.0), List.of(beta), none, none);
    return new LinearNeuron(
        Charging.of(membrane), Firing.ABOVE, List.of(1.0), MembraneReset.BY_SUBTRACTION_ONCE, none);
  }

  /** The figures that NeuroBench prints for its example of spoken words, whatever the data. */
  @Test
  void shouldGiveTheFiguresOfTheExampleOfSpokenWords() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().list().layer(SpikeEncoding.frames().build());
    for (int outputs : new int[] {256, 256, 256, 35}) {
      layers.layer(
          new SpikingDense.Builder().nOut(outputs).hasBias(true).neuron(leaky(0.9)).build());
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .layer(new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build())
                .setInputType(InputType.recurrent(20))
                .build());
    network.init();
    NeuroBench metrics = NeuroBench.of(network, Nd4j.zeros(1, 20, 200));
    assertEquals(29_030_400, metrics.dense());
    assertEquals(583_900, metrics.footprint());
    assertEquals(0, metrics.effectiveAcs());
  }

  @Test
  void shouldCountGradedInputAndTheReadOutAsMultiplyAdds() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.direct(4).build())
                .layer(new SpikingDense.Builder().nOut(3).threshold(0.1).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
    network.init();
    network.setParam("1_W", Nd4j.ones(5, 3));
    network.setParam("2_W", Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}, {0, 1}}));
    INDArray features = Nd4j.createFromArray(new float[][] {{0.5f, 0, 0, 0.25f, 0}});
    NeuroBench metrics = NeuroBench.of(network, features);
    assertEquals(4 * 5 * 3 + 3 * 2, metrics.dense());
    assertEquals(4 * 2 * 3 + 4, metrics.effectiveMacs());
    assertEquals(0, metrics.effectiveAcs());
    assertEquals(2 / 21.0, metrics.connectionSparsity(), 1e-12);
  }

  @Test
  void shouldRefuseWeightsOfOtherLayers() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nOut(4).build())
                .layer(SpikeEncoding.direct(2).build())
                .layer(new SpikingDense.Builder().nOut(3).build())
                .layer(new OutputLayer.Builder(new LossMSE()).nOut(2).build())
                .setInputType(InputType.feedForward(5))
                .build());
    network.init();
    assertThrows(IllegalArgumentException.class, () -> NeuroBench.of(network, Nd4j.rand(2, 5)));
  }
}
