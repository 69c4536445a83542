package org.dl4jsnn.examples.support;

import org.dl4jsnn.runtime.EarlyExit;
import picocli.CommandLine.Option;

/** When an answer is sure enough to stop before the end of its window, as options. */
public final class SureOptions {

  @Option(
      names = "--until-sure",
      paramLabel = "LIMIT",
      description =
          "Stop after the first step whose answer is sure, by --sure-by: from this lead or "
              + "confidence on, or down from this entropy. snn bench steps --lose chooses it.")
  private Double limit;

  @Option(
      names = "--sure-by",
      description =
          "What tells how sure an answer is: ${COMPLETION-CANDIDATES}; the largest output less "
              + "the second, the largest probability, or the probabilities' entropy in nats. "
              + "Default: lead.")
  private EarlyExit.Measure measure;

  @Option(names = "--least-steps", description = "With --until-sure: stop after no fewer steps.")
  private Integer leastSteps;

  /** Refuses values that no policy has. */
  public void check() {
    OptionRules.atLeast("--least-steps", leastSteps, 1);
    OptionRules.apart("--sure-by", measure, limit == null, "without --until-sure");
    OptionRules.apart("--least-steps", leastSteps, limit == null, "without --until-sure");
    exit();
  }

  /** Whether answers may stop early. */
  public boolean isGiven() {
    return limit != null;
  }

  /** The policy; never sure if none is given. */
  public EarlyExit exit() {
    if (limit == null) {
      return EarlyExit.never();
    }
    EarlyExit.Measure by = measure == null ? EarlyExit.Measure.LEAD : measure;
    return UserError.explained(
        "--until-sure: ",
        () -> EarlyExit.of(by, limit).notBefore(leastSteps == null ? 1 : leastSteps));
  }
}
