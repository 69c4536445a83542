package org.dl4jsnn.examples.guide;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** What docs/deploy.md shows, run. */
class DeploymentTest {

  private static final int STEPS = 12;

  @TempDir private Path folder;
  private final MultiLayerNetwork network = network();
  private final INDArray spikes =
      Nd4j.rand(7L, new long[] {1, 6, STEPS}).gt(0.5).castTo(DataType.FLOAT);

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(16).threshold(0.5).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(6, STEPS))
                .build());
    network.init();
    return network;
  }

  @Test
  void shouldServeASavedNetwork() throws IOException {
    Path file = folder.resolve("network.zip");
    network.save(file.toFile());
    ParallelInference service = Deployment.serve(file);
    try {
      assertSameBits(network.output(spikes), service.output(spikes));
    } finally {
      service.shutdown();
    }
  }

  @Test
  void shouldKeepClientsApart() {
    Map<String, StreamState> clients = new HashMap<>();
    INDArray first = Deployment.next(network, clients, "one", spikes).dup();
    INDArray second = Deployment.next(network, clients, "one", spikes).dup();
    assertNotEquals(first, second, "the state must matter");
    assertEquals(first, Deployment.next(network, clients, "other", spikes));
    assertEquals(second, Deployment.next(network, clients, "other", spikes));
  }

  @Test
  void shouldRunWithoutNatives() throws IOException {
    Path file = folder.resolve("network.snn");
    Deployment.write(network, file);
    float[] window = spikes.dup('c').data().asFloat();
    int decision = Deployment.decide(file, window);
    assertTrue(decision >= 0 && decision < 3);
    assertEquals(decision, Deployment.follow(SpikingModel.load(file), List.of(window)));
  }

  @Test
  void shouldMoveAStream() throws IOException {
    Path file = folder.resolve("network.snn");
    Deployment.write(network, file);
    float[] window = spikes.dup('c').data().asFloat();
    SpikingStream stream = SpikingModel.load(file).stream();
    stream.step(window);
    SpikingStream next = Deployment.move(stream, SpikingModel.load(file));
    assertEquals(STEPS, next.steps());
    assertArrayEquals(stream.step(window).outputs(), next.step(window).outputs());
  }

  @Test
  void shouldWriteWhatAChipNeeds() throws IOException {
    Deployment.chip(network, folder.resolve("chip"));
    assertTrue(Files.exists(folder.resolve("chip/1.weight.npy")));
    assertEquals(
        1,
        NirFiles.read(folder.resolve("chip/chip.nir")).nodes().values().stream()
            .filter(node -> node.type().equals("IF"))
            .count());
  }

  @Test
  void shouldLoadACustomEncoderThatIsAllowed() throws IOException {
    MultiLayerNetwork custom =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.by(new EvenSpikes(4)).build())
                .layer(new SpikingDense.Builder().nOut(3).build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.feedForward(5))
                .build());
    custom.init();
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(custom, file.toFile(), true);
    assertThrows(ModelRefusedException.class, () -> Deployment.load(file));
    assertSameBits(custom.params(), Deployment.loadMore(file).params());
  }
}
