package org.dl4jsnn.nir;

import java.util.function.Consumer;

/**
 * The settings of a dialect.
 *
 * @param timeStep dt, s
 * @param reset the reset; null for the program's
 * @param lateReset whether resets come one step late
 * @param ignored receives the names of parameters that the program ignores, such as "r"
 */
record DialectSettings(
    double timeStep, NirReset reset, boolean lateReset, Consumer<String> ignored) {

  /** Whether a spike subtracts the threshold, given the program's default. */
  boolean subtracts(boolean byProgram) {
    return reset == null ? byProgram : reset == NirReset.BY_SUBTRACTION;
  }

  /** Notes an ignored parameter if it differs from the value that the program assumes. */
  void ignores(String name, NirTensor tensor, double takenFor) {
    if (!NodeNumbers.isClose(tensor, takenFor)) {
      ignored.accept(name);
    }
  }
}
