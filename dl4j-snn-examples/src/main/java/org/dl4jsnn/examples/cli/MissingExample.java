package org.dl4jsnn.examples.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands for a command whose Maven profile is not active, and says how to get it. */
abstract class MissingExample implements Callable<Integer>, RunsAtOnce {

  /** Accepts any options, so that errors do not blame them. */
  @Unmatched private List<String> options;

  private final String profile;
  private final String dependency;
  private final String example;

  private MissingExample(String profile, String dependency, String example) {
    this.profile = profile;
    this.dependency = dependency;
    this.example = example;
  }

  @Override
  public Integer call() {
    throw UserError.of(
        "This command must run with Maven's profile %s, which downloads %s: mvn -q -B -P%s compile"
            + " exec:exec -Dexample=%s. Possible cause: -P%s was left out",
        profile, dependency, profile, example, profile);
  }

  @Command(description = "Train LeNet5 on a Spark cluster; only with Maven's profile spark.")
  static final class Spark extends MissingExample {
    Spark() {
      super("spark", "Spark", "spark");
    }
  }

  @Command(
      description =
          "Time a trained network beside the same layers without spikes in ONNX Runtime; only with"
              + " Maven's profile onnx.")
  static final class Rival extends MissingExample {
    Rival() {
      super("onnx", "ONNX Runtime", "rival -Dargs=\"--network lenet5\"");
    }
  }
}
