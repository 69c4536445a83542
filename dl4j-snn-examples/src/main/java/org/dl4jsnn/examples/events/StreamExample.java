package org.dl4jsnn.examples.events;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Feeds recordings to a trained network piece by piece, like a camera. */
@Command(
    name = "stream",
    description =
        "Accuracy of a trained network against the time seen, with recordings fed in pieces, and "
            + "the latency of a piece.")
public final class StreamExample extends ComputingCommand {

  private static final int WIDTH = 640;
  private static final int PERCENT = 100;

  /** Pixels between two labels of the x axis, so that they do not touch. */
  private static final int TICKS_APART = 60;

  @Option(names = "--model", required = true, description = "The trained network, of dvs.")
  private Path model;

  @Mixin private EventDataOptions events;

  @Option(
      names = "--simulated",
      description = "Without --data: the folder of train dvs's simulated recordings.")
  private Path simulated = SimulatedDigits.FOLDER;

  @Option(names = "--piece", description = "Time steps per piece.")
  private int piece = 1;

  @Option(
      names = "--millis",
      description =
          "Length of a recording in ms, to label the time seen; default: that of simulated ones,"
              + " otherwise time is given in steps.")
  private Double millis;

  @Option(names = "--plot", description = "An image to write; must end in .png.")
  private Path plot;

  @Override
  public void checkOptions() {
    events.check();
    if (events.slices != EventDataOptions.Slices.DURATION) {
      throw new UserError(
          "--slices must be duration in a stream, got "
              + events.slices
              + ". How many events a recording has is only known at its end");
    }
    OptionRules.within("--piece", piece, 1, events.steps);
    if (millis != null) {
      OptionRules.positive("--millis", millis);
    } else if (events.data == null) {
      millis = SimulatedDigits.MILLIS;
    }
    events.orSimulated(simulated);
    if (plot != null) {
      ImageFiles.requirePng("--plot", plot);
    }
    OptionRules.model(model);
  }

  @Override
  protected int run() {
    Output output = output();
    EventDataSet recordings = events.dataSet();
    events.shape(recordings.sensor()); // refuses a --window that is larger
    NeuralNetwork network = SavedNetwork.load(model);
    output.print("Data: %s, read one by one; time steps of a piece: %d", recordings, piece);
    StreamedRecordings streamed = new StreamedRecordings(network, events.steps, piece);
    DataSetIterator test =
        new EventTrainingData(recordings, events, EventAugmentation.none(), 1).test();
    while (test.hasNext()) {
      DataSet recording = test.next();
      streamed.feed(recording.getFeatures(), recording.getLabels().argMax(1).getInt(0));
    }
    report(streamed, output);
    if (plot != null) {
      save(streamed);
      output.print("Saved to %s", plot.toAbsolutePath());
    }
    return 0;
  }

  private void report(StreamedRecordings streamed, Output output) {
    output.print("| seen | accuracy |");
    output.print("| --- | --- |");
    for (int i = 0; i < streamed.right.length; i++) {
      output.print(
          "| %.0f %s | %.2f %% |", seen(streamed, i), unit(), PERCENT * streamed.accuracy(i));
    }
    double[] latencies = streamed.latencies();
    if (latencies.length == 0) {
      output.print(
          "Latency of a piece: not measured, since the first %d recordings are a warm-up",
          StreamedRecordings.WARM_UP);
      return;
    }
    output.print(
        "Latency of a piece: median %.2f ms, 99th percentile %.2f ms, %,d pieces",
        quantile(latencies, 0.5), quantile(latencies, 0.99), latencies.length);
  }

  private double seen(StreamedRecordings streamed, int index) {
    int steps = streamed.stepsAfter(index);
    return millis == null ? steps : millis * steps / events.steps;
  }

  private String unit() {
    return millis == null ? "steps" : "ms";
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }

  private void save(StreamedRecordings streamed) {
    XYChart chart =
        Charts.xy(
            WIDTH,
            Charts.HEIGHT,
            "Accuracy in the course of a recording",
            unit() + " seen",
            "test accuracy, %",
            LegendPosition.InsideSE);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax((double) PERCENT).setXAxisMin(0.0);
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS_APART);
    chart.getStyler().setLegendVisible(false);
    List<Integer> pieces = IntStream.range(0, streamed.right.length).boxed().toList();
    Charts.line(
        chart,
        "test recordings",
        pieces.stream().map(i -> seen(streamed, i)).toList(),
        pieces.stream().map(i -> PERCENT * streamed.accuracy(i)).toList());
    ImageFiles.save(Plots.image(chart), plot);
  }

  /** A network's answers to recordings in pieces, and the time per piece. */
  static final class StreamedRecordings {

    private static final double NANOS = 1e6;

    /** Recordings that are not timed, while Java compiles. */
    static final int WARM_UP = 20;

    private final NeuralNetwork network;
    private final int steps;
    private final int piece;

    /** The number of right answers after each piece. */
    final int[] right;

    private int recordings;
    private final List<Double> millis = new ArrayList<>();

    StreamedRecordings(NeuralNetwork network, int steps, int piece) {
      this.network = network;
      this.steps = steps;
      this.piece = piece;
      this.right = new int[(steps + piece - 1) / piece];
    }

    /** Feeds one recording, [1, channels, T, height, width]. */
    void feed(INDArray frames, int label) {
      StreamState.clear(network);
      StreamedOutput stream = new StreamedOutput(network);
      for (int i = 0; i < right.length; i++) {
        INDArray next =
            frames
                .get(
                    NDArrayIndex.all(),
                    NDArrayIndex.all(),
                    NDArrayIndex.interval(i * piece, stepsAfter(i)),
                    NDArrayIndex.all(),
                    NDArrayIndex.all())
                .dup();
        long start = System.nanoTime();
        OutputOverTime answers = stream.feed(next);
        right[i] += answers.classes(answers.steps())[0] == label ? 1 : 0;
        if (recordings >= WARM_UP) {
          millis.add((System.nanoTime() - start) / NANOS);
        }
      }
      recordings++;
    }

    /** The number of steps seen after a piece. */
    int stepsAfter(int index) {
      return Math.min(steps, (index + 1) * piece);
    }

    /** The share of right answers after a piece. */
    double accuracy(int index) {
      return (double) right[index] / recordings;
    }

    /** The times of every timed piece in ms, ascending. */
    double[] latencies() {
      return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
  }
}
