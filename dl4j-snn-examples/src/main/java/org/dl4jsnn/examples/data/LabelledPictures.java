package org.dl4jsnn.examples.data;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Pictures with known classes. */
interface LabelledPictures {

  int size();

  /** All pictures in order. */
  DataSetIterator inOrder(int batch);
}
