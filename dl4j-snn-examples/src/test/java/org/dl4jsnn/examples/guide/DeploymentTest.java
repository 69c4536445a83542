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
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.parallelism.inference.InferenceMode;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.QuantizationReport;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.model.ModelLimits;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.ExitCalibration;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.dl4jsnn.runtime.StepEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.util.FeatureUtil;

/** What docs/deploy.md shows, run. */
class DeploymentTest {

  private static final int STEPS = 12;

  @TempDir private Path folder;
  private final MultiLayerNetwork network = network();
  private final INDArray spikes =
      Nd4j.rand(7L, new long[] {1, 6, STEPS}).gt(0.5).castTo(DataType.FLOAT);

  private static MultiLayerNetwork network() {
    return GuideTest.network(
        new NeuralNetConfiguration.Builder().seed(3),
        InputType.recurrent(6, STEPS),
        3,
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder().nOut(16).threshold(0.5).build());
  }

  @Test
  void shouldServeASavedNetwork() throws IOException {
    Path file = folder.resolve("network.zip");
    network.save(file.toFile());
    // begin serve
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
    ParallelInference service =
        new ParallelInference.Builder(network)
            .workers(2)
            .inferenceMode(InferenceMode.INPLACE)
            .build();
    // service.output(features) from any thread
    // end serve
    try {
      assertSameBits(network.output(spikes), service.output(spikes));
    } finally {
      service.shutdown();
    }
  }

  @Test
  void shouldKeepClientsApart() {
    Map<String, StreamState> clients = new HashMap<>();
    INDArray first = next(network, clients, "one", spikes).dup();
    INDArray second = next(network, clients, "one", spikes).dup();
    assertNotEquals(first, second, "the state must matter");
    assertEquals(first, next(network, clients, "other", spikes));
    assertEquals(second, next(network, clients, "other", spikes));
  }

  @Test
  void shouldRunWithoutNatives() throws IOException {
    Path file = folder.resolve("network.snn");
    write(network, file);
    float[] window = spikes.dup('c').data().asFloat();
    int decision = decide(file, window);
    assertTrue(decision >= 0 && decision < 3);
    assertEquals(decision, follow(SpikingModel.load(file), List.of(window)));
    assertTrue(early(SpikingModel.load(file), window) >= 2);
    DataSet heldOut = new DataSet(spikes, FeatureUtil.toOutcomeMatrix(new int[] {decision}, 3));
    assertTrue(calibrate(network, new ViewIterator(heldOut, 1)).leastSteps() >= 1);
  }

  @Test
  void shouldTakeEvents() throws IOException {
    Path file = folder.resolve("digits.snn");
    write(PretrainedNetworks.ofRecordedDigits(), file);
    SpikingModel model = SpikingModel.load(file);
    SpikingStream stream = model.stream();
    assertEquals(10, sparse(model, stream).length);
    assertEquals(61, stream.steps());
  }

  @Test
  void shouldMoveAStream() throws IOException {
    Path file = folder.resolve("network.snn");
    write(network, file);
    float[] window = spikes.dup('c').data().asFloat();
    SpikingStream stream = SpikingModel.load(file).stream();
    stream.step(window);
    SpikingStream next = move(stream, SpikingModel.load(file));
    assertEquals(STEPS, next.steps());
    assertArrayEquals(stream.step(window).outputs(), next.step(window).outputs());
  }

  @Test
  void shouldWriteWhatAChipNeeds() throws IOException {
    chip(network, folder.resolve("chip"));
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
        GuideTest.network(
            new NeuralNetConfiguration.Builder(),
            InputType.feedForward(5),
            2,
            SpikeEncoding.by(new EvenSpikes(4)).build(),
            new SpikingDense.Builder().nOut(3).build());
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(custom, file.toFile(), true);
    assertThrows(ModelRefusedException.class, () -> load(file));
    // begin more
    SafeModels models =
        SafeModels.defaults()
            .allowing(EvenSpikes.class) // your own encoder
            .within(ModelLimits.defaults().bytes(4L << 30)); // instead of 1 GiB
    // end more
    assertSameBits(custom.params(), models.multiLayerNetwork(file).params());
  }

  static INDArray next(
      MultiLayerNetwork network, Map<String, StreamState> clients, String client, INDArray piece) {
    // begin clients
    if (clients.containsKey(client)) {
      clients.get(client).restore(network);
    } else {
      StreamState.clear(network);
    }
    INDArray answer = network.rnnTimeStep(piece);
    clients.put(client, StreamState.of(network));
    // end clients
    return answer;
  }

  static MultiLayerNetwork round(MultiLayerNetwork trained) {
    // begin weights
    MultiLayerNetwork rounded =
        WeightQuantization.toBits(8).quantize(trained); // or a ComputationGraph
    // end weights
    return rounded;
  }

  static void chip(MultiLayerNetwork trained, Path folder) throws IOException {
    // begin chip
    IntegerNetwork<MultiLayerNetwork> chip =
        IntegerQuantization.toBits(8).perLayer().quantize(trained);
    chip.writeArrays(folder); // 1.weight.npy, 1.threshold.npy, …
    NirFiles.write(NirExport.ofTimeStep(1e-3).export(chip.network()), folder.resolve("chip.nir"));
    // end chip
  }

  static void write(MultiLayerNetwork network, Path file) throws IOException {
    // begin export
    RuntimeExport.toBits(8).write(network, file); // or inSinglePrecision()
    // end export
  }

  static int decide(Path file, float[] pixels) throws IOException {
    // begin run
    SpikingModel model = SpikingModel.load(file); // once; threads may share it
    Answer answer = model.run(pixels); // [channels, height, width], flattened
    int decision = answer.decision();
    float[] outputs = answer.outputs();
    // end run
    return outputs.length == 0 ? -1 : decision;
  }

  static int early(SpikingModel model, float[] pixels) {
    // begin early
    EarlyExit sure = EarlyExit.lead(0.5).notBefore(2); // the largest output leads by 0.5
    Answer answer = model.run(sure, pixels);
    int steps = answer.steps(); // at most those of a window
    // end early
    return steps;
  }

  static EarlyExit calibrate(MultiLayerNetwork network, DataSetIterator heldOut) {
    // begin calibrate
    ExitCalibration answers = ExitCalibration.of(network, heldOut);
    EarlyExit sure = answers.choose(EarlyExit.Measure.LEAD, 0.2);
    // end calibrate
    return sure;
  }

  static int follow(SpikingModel model, Iterable<float[]> frames) {
    int decision = -1;
    // begin stream
    SpikingStream stream = model.stream(); // one for each sensor
    for (float[] frame : frames) {
      Answer answer = stream.step(frame); // any number of steps, [n, T]
      decision = answer.decision();
    }
    stream.reset(); // neurons at rest
    // end stream
    return decision;
  }

  static float[] sparse(SpikingModel model, SpikingStream stream) {
    // begin events
    StepEvents events = model.newEvents(); // a buffer to be used again and again
    events.add(1, 17, 12); // an ON event in row 17, column 12
    Answer answer = stream.step(events); // or advance(events): no answer, no allocation
    events.clear();
    stream.skip(60); // 60 steps without events
    float[] outputs = stream.outputsSoFar();
    // end events
    return answer.steps() == 1 ? outputs : answer.outputs();
  }

  static SpikingStream move(SpikingStream stream, SpikingModel model) throws IOException {
    // begin move
    byte[] position = stream.toBytes(); // into a file, a map, a message

    SpikingStream next = model.stream(); // the same model, perhaps on another machine
    next.restore(position);
    // end move
    return next;
  }

  static MultiLayerNetwork load(Path file) throws IOException {
    // begin load
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
    // end load
    return network;
  }

  static QuantizationReport report(MultiLayerNetwork trained, DataSetIterator testData, Path folder)
      throws IOException {
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
    // begin report
    QuantizationReport report = QuantizationReport.of(trained, chip, testData);
    // end report
    chip.writeArrays(folder);
    return report;
  }
}
