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

/** Predicts how fast training on Spark gets with more workers. */
@Command(
    name = "scaling",
    description = "Predict training on Spark with many workers from what one of them does.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ScalingExample implements Callable<Integer> {

  private static final double BITS = 8;
  private static final double GIGA = 1e9;
  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;

  /** What was measured of a network on one core; docs/scale.md says how. */
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
      description = "${COMPLETION-CANDIDATES}: what was measured of it on one core.")
  private Measured network = Measured.LENET5;

  @Option(
      names = "--minibatch-seconds",
      description = "Of training with one minibatch on one worker; default: as measured.")
  private Double minibatchSeconds;

  @Option(
      names = "--megabytes",
      description = "Parameters and the updater's state; default: as measured.")
  private Double megabytes;

  @Option(names = "--batch", description = "Samples of a worker's minibatch.")
  private int batch = 64;

  @Option(names = "--gigabits", description = "Bandwidth of every machine's link, a second.")
  private double gigabits = 10;

  @Option(names = "--fixed-seconds", description = "Of a round, whatever the workers.")
  private double fixedSeconds = 0.1;

  @Option(names = "--task-seconds", description = "Of the driver for every worker's task.")
  private double taskSeconds = 0.011;

  @Option(
      names = "--copying-seconds",
      description = "To write a megabyte of parameters, read it and set a network up with it.")
  private double copyingSeconds = 0.0125;

  @Option(names = "--adding-seconds", description = "To read a megabyte of a result and add it up.")
  private double addingSeconds = 0.0097;

  @Option(names = "--depth", description = "Levels that results come back through.")
  private int depth = 2;

  @Option(names = "--averaging", split = ",", description = "Minibatches of a round.")
  private List<Integer> averaging = List.of(1, 5, 16, 64);

  @Option(names = "--workers", split = ",", description = "Workers.")
  private List<Integer> workers = List.of(4, 8, 16, 32, 64, 128, 256);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AveragingRound round = round();
    Output output = Output.of(spec);
    output.print(
        "%s: %.3f s a minibatch of %d, %.1f MB a worker each way, %.3g Gbit/s",
        network, round.minibatchSeconds(), batch, round.bytes() / MEGA, gigabits);
    output.print(
        "Samples/s, and the share of the time that workers train, by minibatches a round:");
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
