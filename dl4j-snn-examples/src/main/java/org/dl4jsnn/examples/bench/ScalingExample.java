package org.dl4jsnn.examples.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predicts the speed of training on Spark with more workers. */
@Command(
    name = "scaling",
    description = "Predict training on Spark with many workers from the speed of one.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ScalingExample implements Callable<Integer> {

  private static final double BITS = 8;
  private static final double GIGA = 1e9;
  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;

  /** Measurements of a network on one core; docs/scale.md says how. */
  enum Measured {
    /** On digits at T = 20. */
    LENET5(0.154, 6.21),
    /** On colour pictures at T = 20. */
    VGG7(1.85, 105.7);

    private final double minibatchSeconds;
    private final double megabytes;

    Measured(double minibatchSeconds, double megabytes) {
      this.minibatchSeconds = minibatchSeconds;
      this.megabytes = megabytes;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--network",
      description = "${COMPLETION-CANDIDATES}: the network, as measured on one core.")
  private Measured network = Measured.LENET5;

  @Option(
      names = "--minibatch-seconds",
      description = "Time to train one minibatch on one worker; default: as measured.")
  private Double minibatchSeconds;

  @Option(
      names = "--megabytes",
      description = "Size of the parameters and the updater's state; default: as measured.")
  private Double megabytes;

  @Option(names = "--batch", description = "Samples per minibatch of a worker.")
  private int batch = 64;

  @Option(names = "--gigabits", description = "Bandwidth per second of every machine's link.")
  private double gigabits = 10;

  @Option(names = "--fixed-seconds", description = "Time per round, independent of the workers.")
  private double fixedSeconds = 0.1;

  @Option(names = "--task-seconds", description = "The driver's time per worker's task.")
  private double taskSeconds = 0.011;

  @Option(
      names = "--copying-seconds",
      description = "Time to write and read a megabyte of parameters and set up a network with it.")
  private double copyingSeconds = 0.0125;

  @Option(
      names = "--adding-seconds",
      description = "Time to read a megabyte of a result and add " + "it.")
  private double addingSeconds = 0.0097;

  @Option(names = "--depth", description = "Levels through which results return.")
  private int depth = 2;

  @Option(names = "--averaging", split = ",", description = "Minibatches per round.")
  private List<Integer> averaging = List.of(1, 5, 16, 64);

  @Option(names = "--workers", split = ",", description = "Workers.")
  private List<Integer> workers = List.of(4, 8, 16, 32, 64, 128, 256);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AveragingRound round = round();
    Output output = Output.of(spec);
    output.print(
        "%s: %.3f s per minibatch of %d, %.1f MB per worker each way, %.3g Gbit/s",
        network, round.minibatchSeconds(), batch, round.bytes() / MEGA, gigabits);
    output.print(
        "Samples/s, and the share of time in which workers train, by minibatches per round:");
    StringBuilder head = new StringBuilder("| workers |");
    StringBuilder rule = new StringBuilder("| --- |");
    for (int f : averaging) {
      head.append(' ').append(f).append(" |");
      rule.append(" --- |");
    }
    output.print("%s", head);
    output.print("%s", rule);
    for (int w : workers) {
      StringBuilder row = new StringBuilder("| ").append(w).append(" |");
      for (int f : averaging) {
        row.append(
            String.format(
                Locale.ROOT,
                " %,.0f (%.0f %%) |",
                round.samplesPerSecond(w, f, batch),
                PERCENT * round.efficiency(w, f)));
      }
      output.print("%s", row);
    }
    return 0;
  }

  private AveragingRound round() {
    double seconds = minibatchSeconds == null ? network.minibatchSeconds : minibatchSeconds;
    double size = megabytes == null ? network.megabytes : megabytes;
    OptionRules.positive("--minibatch-seconds", seconds);
    OptionRules.positive("--megabytes", size);
    OptionRules.positive("--gigabits", gigabits);
    OptionRules.notNegative("--fixed-seconds", fixedSeconds);
    OptionRules.notNegative("--task-seconds", taskSeconds);
    OptionRules.notNegative("--copying-seconds", copyingSeconds);
    OptionRules.notNegative("--adding-seconds", addingSeconds);
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.atLeast("--depth", depth, 1);
    averaging.forEach(value -> OptionRules.atLeast("--averaging", value, 1));
    workers.forEach(value -> OptionRules.atLeast("--workers", value, 1));
    return new AveragingRound(
        seconds,
        size * MEGA,
        fixedSeconds,
        taskSeconds,
        copyingSeconds / MEGA,
        addingSeconds / MEGA,
        gigabits * GIGA / BITS,
        depth);
  }
}
