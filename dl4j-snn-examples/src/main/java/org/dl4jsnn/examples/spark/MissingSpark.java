package org.dl4jsnn.examples.spark;

import java.util.List;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Replaces the Spark example if Maven's profile spark is not active. */
@Command(
    name = MissingSpark.NAME,
    description = "Train LeNet5 on a Spark cluster; only with Maven's profile spark.")
public final class MissingSpark implements Callable<Integer>, RunsAtOnce {

  public static final String NAME = "spark";

  /** Accepts any options, so that errors do not blame them. */
  @Unmatched private List<String> options;

  @Override
  public Integer call() {
    throw new UserError(
        "The example spark must run with Maven's profile spark, which downloads Spark: mvn -q -B"
            + " -Pspark compile exec:exec -Dexample=spark. Possible cause: -Pspark was left out");
  }
}
