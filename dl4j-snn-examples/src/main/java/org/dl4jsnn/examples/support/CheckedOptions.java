package org.dl4jsnn.examples.support;

/** A command whose options can be checked before Deeplearning4j is loaded. */
public interface CheckedOptions {

  /**
   * Checks what takes no network and no array to check. The command checks it again by itself, so
   * that it need not be started by the program.
   *
   * @throws UserError if an option is not what it must be
   */
  void checkOptions();
}
