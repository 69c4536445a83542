package org.dl4jsnn.examples.data;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Pictures whose classes are known. */
interface LabelledPictures {

  int size();

  /** All pictures in their order. */
  DataSetIterator inOrder(int batch);
}
