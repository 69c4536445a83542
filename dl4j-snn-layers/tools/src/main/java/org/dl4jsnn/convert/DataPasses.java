package org.dl4jsnn.convert;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data that is read more than once. */
final class DataPasses {

  private DataPasses() {}

  /**
   * Starts a pass.
   *
   * @throws IllegalArgumentException if the data cannot be reset
   */
  static void begin(DataSetIterator data) {
    if (!data.resetSupported()) {
      throw new IllegalArgumentException(
          "data must be an iterator that can be reset, since it is read more than once, got "
              + data.getClass().getSimpleName()
              + ". Put its minibatches into a list: new ListDataSetIterator<>(…)");
    }
    data.reset();
  }
}
