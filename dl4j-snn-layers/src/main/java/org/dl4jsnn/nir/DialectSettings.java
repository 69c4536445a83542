package org.dl4jsnn.nir;

import java.util.function.Consumer;

/**
 * What a dialect was told.
 *
 * @param timeStep dt, s
 * @param reset what a spike does; null for what the program does
 * @param lateReset whether a reset comes a step late
 * @param ignored takes what the program ignores of a node, such as "r"
 */
record DialectSettings(
    double timeStep, NirReset reset, boolean lateReset, Consumer<String> ignored) {

  /** Whether a spike subtracts the threshold, in a program that does so or not. */
  boolean subtracts(boolean byProgram) {
    return reset == null ? byProgram : reset == NirReset.BY_SUBTRACTION;
  }

  /** Notes that a parameter is ignored where it is not what the program takes it for. */
  void ignores(String name, NirTensor tensor, double takenFor) {
    if (!NodeNumbers.isClose(tensor, takenFor)) {
      ignored.accept(name);
    }
  }
}
