package org.dl4jsnn.examples.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Option;

/**
 * A spiking network on streams of events beside ordinary networks that look at a frame of the last
 * moments at every slice: those of {@link FrameRivals}, trained by this command and kept.
 */
final class StreamRival {

  /** Of the slices that the network for recorded digits was trained on, in ms. */
  private static final double TRAINED = 5.25;

  private static final double MICROS = 1000;
  private static final int WARM_UP = 30;
  private static final int COUNTED = 20;
  private static final int CALIBRATION = 1000;
  private static final int DRAWS = 400;
  private static final double[] DENSITIES = {0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2};

  @Option(
      names = "--stream",
      description =
          "Compare on streams instead: recordings of digits, as snn events simulate or snn train "
              + "dvs makes them, in slices, one thread.")
  boolean asked;

  @Option(
      names = "--recordings",
      description = "With --stream: the folder of recordings, with Train and Test.")
  private Path recordings = Path.of("target", "simulated-digits");

  @Option(names = "--slices", split = ",", description = "With --stream: ms per slice.")
  private List<Double> slices = List.of(1.0, 5.0, TRAINED, 10.0, 20.0);

  @Option(names = "--seen", description = "With --stream: ms of a recording that a frame shows.")
  private int seen = 105;

  @Option(names = "--epochs", description = "With --stream: epochs of the networks of frames.")
  private int epochs = 30;

  @Option(
      names = "--rivals",
      description = "With --stream: the folder that keeps trained networks of frames.")
  private Path rivals = Path.of("target", "stream-rivals");

  /** Prints a line of figures. */
  interface Lines {
    void print(Map<String, ?> figures) throws IOException;
  }

  void check() {
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--seen", seen, 1);
    for (double slice : slices) {
      if (!(slice > 0 && slice <= RecordedStream.DURATION / MICROS)) {
        throw new UserError("--slices must be above 0 and at most 315 ms, got " + slice);
      }
    }
  }

  void run(Path model, Integer test, Lines lines) throws IOException {
    MultiLayerNetwork spiking =
        model == null ? PretrainedNetworks.ofRecordedDigits() : ModelFile.load(model);
    EventDataSet data = UserError.explained("", () -> EventDataSet.nMnist(recordings));
    List<RecordedStream> tested = read(data, data.test());
    List<RecordedStream> streams =
        tested.subList(0, OptionRules.first("--test", test, tested.size()));
    List<StreamSide> frames = frames(data);
    for (double slice : slices) {
      compare(atSlice(spiking, slice), slice * MICROS, streams, frames, lines);
    }
    density(spiking, frames, lines);
    frames.forEach(StreamSide::close);
  }

  private static List<RecordedStream> read(EventDataSet data, List<EventSample> samples)
      throws IOException {
    List<RecordedStream> streams = new ArrayList<>();
    for (EventSample sample : samples) {
      streams.add(
          RecordedStream.of(EventFiles.read(sample.file(), data.reading()), sample.label()));
    }
    Collections.shuffle(streams, new Random(1)); // folders are sorted by class
    return streams;
  }

  /** The networks of frames, trained once, each in single precision and in eight bits. */
  private List<StreamSide> frames(EventDataSet data) throws IOException {
    List<StreamSide> sides = new ArrayList<>();
    List<RecordedStream> training = read(data, data.train());
    long window = (long) (seen * MICROS);
    FrameRivals kind = new FrameRivals(window);
    Files.createDirectories(rivals);
    for (Map.Entry<String, List<Layer>> one : FrameRivals.all().entrySet()) {
      String name = one.getKey();
      Path file =
          rivals.resolve(
              "%s-%dms-%d-%d.zip".formatted(name.replace('/', '_'), seen, epochs, training.size()));
      MultiLayerNetwork network;
      if (Files.exists(file)) {
        network = ModelFile.load(file);
      } else {
        network = kind.train(one.getValue(), training, epochs);
        ModelFile.save(network, file);
      }
      List<RecordedStream> ranges = training.subList(0, Math.min(CALIBRATION, training.size()));
      long macs = FrameRivals.multiplyAdds(network);
      for (RivalSide side : OnnxRuntime.sides(network, kind.calibration(ranges), 1)) {
        sides.add(new StreamSide.OfFrames((OnnxSide) side, name, window, macs));
      }
    }
    return sides;
  }

  /** The network with the leak of a slice's length: the same decay per ms. */
  private static MultiLayerNetwork atSlice(MultiLayerNetwork network, double slice) {
    MultiLayerNetwork changed = network.clone();
    for (org.deeplearning4j.nn.api.Layer layer : changed.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseSpikingLayer spiking
          && spiking.getNeuron() instanceof SpikingNeuron neuron) {
        spiking.setNeuron(
            new SpikingNeuron(
                neuron.threshold(),
                Math.pow(neuron.leak(), slice / TRAINED),
                neuron.reset(),
                neuron.initialMembrane()));
      }
    }
    return changed;
  }

  private static void compare(
      MultiLayerNetwork spiking,
      double sliceMicros,
      List<RecordedStream> streams,
      List<StreamSide> frames,
      Lines lines)
      throws IOException {
    SpikingModel model = OurSides.runtime(spiking);
    double additions = additions(spiking, sliceMicros, streams);
    List<StreamTimes> sides = new ArrayList<>();
    for (boolean answers : new boolean[] {true, false}) {
      StreamSide ours = new StreamSide.OfSpikes(model, answers, additions);
      sides.add(new StreamTimes(ours, sliceMicros, streams.size()));
    }
    for (StreamSide side : frames) {
      sides.add(new StreamTimes(side, sliceMicros, streams.size()));
    }
    for (int i = 0; i < Math.min(WARM_UP, streams.size()); i++) {
      for (StreamTimes side : sides) {
        side.take(streams.get(i));
      }
    }
    sides.forEach(StreamTimes::forget);
    for (RecordedStream recording : streams) {
      for (StreamTimes side : sides) {
        side.take(recording);
      }
    }
    float events = StreamTimes.events(streams, sliceMicros);
    for (StreamTimes side : sides) {
      lines.print(side.figures(events));
    }
    StreamTimes ours = sides.get(0);
    for (StreamTimes rival : sides.subList(2, sides.size())) {
      Map<String, Object> ratios = new LinkedHashMap<>();
      ratios.put("rival", rival.engine());
      ratios.put("slice_ms", sliceMicros / MICROS);
      ratios.put("ratio_step", RivalTimes.rounded(rival.step() / ours.step()));
      ratios.put("ratio_silent", RivalTimes.rounded(rival.step() / ours.silence()));
      ratios.put(
          "points_of_accuracy", RivalTimes.rounded(100 * (ours.accuracy() - rival.accuracy())));
      lines.print(ratios);
    }
  }

  /** Additions of a step, of the first recordings. */
  private static double additions(
      MultiLayerNetwork spiking, double sliceMicros, List<RecordedStream> streams) {
    int steps = (int) Math.ceil(RecordedStream.DURATION / sliceMicros);
    int side = RecordedStream.SIDE;
    List<RecordedStream> counted = streams.subList(0, Math.min(COUNTED, streams.size()));
    double additions = 0;
    for (RecordedStream recording : counted) {
      INDArray frames = Nd4j.zeros(1, steps, 2, side, side);
      for (int i = 0; i < steps; i++) {
        float[] frame = new float[2 * side * side];
        recording.count(
            recording.first(i * sliceMicros), recording.first((i + 1) * sliceMicros), frame);
        frames.slice(i, 1).assign(Nd4j.create(frame, new long[] {1, 2, side, side}, 'c'));
      }
      INDArray features = frames.permute(0, 2, 1, 3, 4).dup('c');
      additions +=
          SynapticOperations.count(spiking, features).stream()
              .mapToDouble(SynapticOperations.OfLayer::additions)
              .sum();
    }
    return additions / counted.size() / steps;
  }

  /** Steps of random events, by their share of the inputs; a stream begins anew for each share. */
  private static void density(MultiLayerNetwork spiking, List<StreamSide> frames, Lines lines)
      throws IOException {
    SpikingModel model = OurSides.runtime(spiking);
    int inputs = 2 * RecordedStream.SIDE * RecordedStream.SIDE;
    Random random = new Random(1);
    for (double density : DENSITIES) {
      int count = (int) Math.round(density * inputs);
      long[] never = new long[count];
      List<StreamSide> sides = new ArrayList<>(frames);
      sides.add(0, new StreamSide.OfSpikes(model, true, 0));
      double[][] times = new double[sides.size()][DRAWS];
      sides.forEach(StreamSide::begin);
      for (int i = -DRAWS; i < DRAWS; i++) {
        int[] places = random.ints(count, 0, inputs).toArray();
        RecordedStream events = new RecordedStream(places, never, 0);
        for (int side = 0; side < times.length; side++) {
          long time = sides.get(side).step(events, 0, 0, count);
          times[side][Math.max(0, i)] = time / MICROS;
        }
      }
      for (int side = 0; side < times.length; side++) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("engine", sides.get(side).engine());
        figures.put("percent_of_inputs", 100 * density);
        figures.put("events", count);
        Arrays.sort(times[side]);
        figures.put("step_us_median", RivalTimes.rounded(times[side][DRAWS / 2]));
        lines.print(figures);
      }
    }
  }
}
