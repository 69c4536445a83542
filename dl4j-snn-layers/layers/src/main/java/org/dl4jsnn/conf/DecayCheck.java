package org.dl4jsnn.conf;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/** What the leaks, synaptic decays and gains of a {@link LeakyReadOut} must be. */
final class DecayCheck {

  private DecayCheck() {}

  /**
   * Checks λ, of all neurons or of every one, and β, of which any may be null; refuses, by an
   * IllegalArgumentException, an invalid number, or a count that does not match nOut, which is 0 if
   * not known yet.
   */
  static void check(Double leak, double[] leaks, double[] synaptic, long nOut) {
    Require.not(
        leak != null && leaks != null,
        "leak must be unset if leaks are set per neuron, got %s and %s",
        leak,
        Arrays.toString(leaks));
    if (leaks == null) {
      Require.share("leak", Require.given("leak", leak));
    } else {
      shares("leak", leaks);
      requireCount(leaks.length == nOut || nOut <= 0, "leaks must be", nOut, leaks);
    }
    if (synaptic != null) {
      shares("synaptic decay", synaptic);
      requireCount(
          synaptic.length == 1 || synaptic.length == nOut || nOut <= 0,
          "synaptic decays must be one for all neurons, or",
          nOut,
          synaptic);
    }
  }

  /** Checks G, which may be null, in the same way. */
  static void gains(double[] gains, long nOut) {
    if (gains == null) {
      return;
    }
    Require.atLeast("number of gains", gains.length, 1);
    for (double gain : gains) {
      Require.finite("gain", gain);
    }
    requireCount(
        gains.length == 1 || gains.length == nOut || nOut <= 0,
        "gains must be one for all neurons, or",
        nOut,
        gains);
  }

  private static void shares(String name, double[] values) {
    Require.atLeast("number of values of " + name, values.length, 1);
    for (double value : values) {
      Require.share(name, value);
    }
  }

  private static void requireCount(boolean holds, String rule, long nOut, double[] values) {
    Require.not(
        !holds,
        "%s one for each of nOut = %s neurons, got %s. Possible cause: nOut was"
            + " changed after the layer was built",
        rule,
        nOut,
        values.length);
  }
}
