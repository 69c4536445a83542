package org.dl4jsnn.examples.support;

/** A command whose options can be checked before Deeplearning4j is loaded. */
public interface CheckedOptions {

  /**
   * Checks everything that needs no network or array. The command repeats the check, so it can also
   * be started without the program.
   */
  void checkOptions();
}
